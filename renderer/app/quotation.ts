import type { Passage, Source } from '../../shared/model/index.ts';

/** A quotation as it is pasted elsewhere: its words, then the source, page, date and the original's hash. */
export interface Quotation {
  readonly plain: string;
  readonly html: string;
}

/** The words of a passage with where they stand. The date is the document's as it is known, never more exact than that. */
export function quotationOf(passage: Pick<Passage, 'anchor'>, source: Source): Quotation {
  const words = passage.anchor.kind === 'text' ? passage.anchor.exact : '';
  const date = source.dateOfDocument ?? source.dateOfPublication;
  const where = [
    source.title ?? source.fileName,
    ...(source.author === null ? [] : [source.author]),
    ...(source.publisher === null ? [] : [source.publisher]),
    ...(date === null ? [] : [date.edtf]),
    ...(source.kind === 'pdf' ? [`p. ${passage.anchor.page}`] : []),
    ...(source.capture.url === null ? [] : [source.capture.url]),
    `sha256 ${source.sha256}`,
  ].join(', ');
  const lang = source.language === null ? '' : ` lang="${escaped(source.language)}"`;
  return {
    plain: `“${words}”\n${where}`,
    html: `<blockquote${lang} dir="auto">${escaped(words).replaceAll('\n', '<br>')}</blockquote><p>${escaped(where)}</p>`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/gu, (sign) => ENTITIES[sign] ?? sign);
