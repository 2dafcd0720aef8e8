import {
  pagesOf,
  pageSpan,
  type AreaAnchor,
  type EdtfDate,
  type PageSpan,
  type Source,
  type TextAnchor,
} from '../../../shared/model/index.ts';
import { formatCaptured, formatCitedDay, formatCitedMonth } from '../format.ts';
import { say } from '../strings/use-translation.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { escaped } from '../../../shared/text/escape-html.ts';

/** A quotation as it is pasted into other programs: its words, then the source, page, date and the original’s hash. */
export interface Quotation {
  readonly plain: string;
  readonly html: string;
}

/** What is quoted: a passage, or words that are only selected. */
export interface Quoted {
  readonly anchor: Pick<TextAnchor, 'kind' | 'exact' | 'page' | 'quads'> | Pick<AreaAnchor, 'kind' | 'page'>;
  /** The last page, if the anchor has none. */
  readonly lastPage?: number;
}

/** The words of a passage with their source and page. The date is given as precisely as it is known. */
export function quotationOf({ anchor, lastPage }: Quoted, source: Source): Quotation {
  const pages = lastPage === undefined ? pagesOf(anchor) : pageSpan(anchor.page, lastPage);
  const lang = source.language === null ? '' : ` lang="${escaped(source.language)}"`;
  const title = source.title ?? source.fileName;
  const where = whereOf(pages, source);
  const rest = where.length === 0 ? '' : `, ${where.join(', ')}`;
  const cited = `<cite${lang}><bdi>${escaped(title)}</bdi></cite>${escaped(rest)}`;
  if (anchor.kind === 'area') {
    const area = source.kind === 'pdf' ? say('quotation.area', { page: pages.page }) : say('picture.area');
    return { plain: `${area}\n${title}${rest}`, html: `<p>${escaped(area)}</p><p>${cited}</p>` };
  }
  const words = quotedWords(anchor.exact, source.kind);
  return {
    plain: `“${words}”\n${title}${rest}`,
    html: `<blockquote${lang} dir="auto">${escaped(words).replaceAll('\n', '<br>')}</blockquote><p>${cited}</p>`,
  };
}

/** Copies a quotation, for text editors and word processors alike. Rejects if the clipboard cannot be written. */
export function copyQuotation({ plain, html }: Quotation): Promise<void> {
  const item = new ClipboardItem({
    'text/plain': new Blob([plain], { type: 'text/plain' }),
    'text/html': new Blob([html], { type: 'text/html' }),
  });
  return navigator.clipboard.write([item]);
}

/** What a reader needs to find the passage again: title, page, date and hash, as far as known. */
function whereOf(pages: PageSpan, source: Source): string[] {
  const date = source.dateOfDocument ?? source.dateOfPublication ?? source.dateOfAct;
  const captured = source.capture.time ?? source.dateOfCapture?.edtf ?? null;
  const { url, archiveLink } = source.capture;
  return [
    ...(source.author === null ? [] : [source.author]),
    ...(source.publisher === null ? [] : [source.publisher]),
    ...(date === null ? [] : [citedDate(date)]),
    ...(source.kind === 'pdf' ? [say('quotation.page', { ...pages })] : []),
    ...(url === null ? [] : [url]),
    ...(archiveLink === null ? [] : [archiveLink]),
    ...(captured === null ? [] : [say('quotation.captured', { when: formatCaptured(captured) })]),
    `sha256 ${source.sha256}`,
  ];
}

/**
 * A date as citations have it: `15 January 2023`, `January 2023`, `2023`. An inferred date is put in brackets. Others
 * (an interval, a decade, an uncertain day) stay as EDTF.
 */
export function citedDate({ edtf, implied }: EdtfDate): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?$/.exec(edtf) ?? [];
  const known = (part: string | undefined): part is string => part !== undefined && part !== 'XX';
  const at = (monthOf: string, dayOf: string): Date => new Date(`${year ?? ''}-${monthOf}-${dayOf}T00:00:00Z`);
  const text =
    year === undefined || (!known(month) && known(day))
      ? edtf
      : !known(month)
        ? year
        : known(day)
          ? formatCitedDay(at(month, day))
          : formatCitedMonth(at(month, '01'));
  return implied ? `[${text}]` : text;
}
