import type { Span } from '../../../shared/anchoring/quote.ts';
import { toErrorData } from '../../../shared/errors.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { FolderDocument } from '../../formats/dossier/folder.ts';
import type { Pool } from '../../workers/pool.ts';

/** Time limits for drawing one page and all pages: unpacking a page's pictures can take long. */
const LIMITS = { timeoutMs: 60_000, totalMs: 5 * 60_000 };

interface Seeing {
  readonly pool: Pool;
  /** The path of the PDF; if it came in a web archive, of the PDF taken out of it. */
  readonly pdf: string;
  readonly signal: AbortSignal;
  readonly passwords: readonly string[];
}

/** A quotation that was found, with its place in the text as it is read now. */
export interface FoundQuote extends Span {
  readonly label: string;
}

interface Seen {
  readonly unseen: readonly { readonly label: string; readonly message: string }[];
  readonly remark: string | null;
}

/** A sentence if a quotation does not begin on the named page; null if it does, or if no page is named. */
export function otherPage({ pages }: LayerFile, { label, start }: FoundQuote, named: number | null): string | null {
  const is = pages.findLast((one) => one.start <= start)?.page;
  return named === null || is === undefined || is === named
    ? null
    : `The words of exhibit ${label} are on page ${is} of its original, not on page ${named}.`;
}

/**
 * Sentences on quotations that are in the text of a PDF but invisible on its page: in invisible ink, covered, or in a layer that is
 * switched off. In this way a forger can put any words into the text of a PDF. Other kinds of document are not checked; a remark names
 * pages that couldn’t be drawn. See docs/limits.md on what isn’t found.
 */
export async function notSeen(
  { pool, pdf, signal, passwords }: Seeing,
  { title }: FolderDocument,
  layer: LayerFile,
  quotes: readonly FoundQuote[],
): Promise<Seen> {
  if (layer.engine !== 'pdfium' || quotes.length === 0) return { unseen: [], remark: null };
  const text = layer.text();
  const parts = quotes.flatMap(({ label, start, end }) =>
    layer.pages.flatMap((page, at) => {
      const [from, to] = [Math.max(start, page.start), Math.min(end, page.end)];
      const on = { page: at, start: from - page.start, end: to - page.start, words: text.slice(from, to) };
      return from < to ? [{ label, number: page.page, on }] : [];
    }),
  );
  const input = { path: pdf, passwords, parts: parts.map(({ on }) => on) };
  const found = await pool.run('pdfHidden', input, { ...LIMITS, signal }).catch((thrown: unknown) => {
    const error = toErrorData(thrown);
    if (error.code === 'INTERNAL' || signal.aborted) throw thrown;
    return { ok: false as const, error };
  });
  if (!found.ok)
    return { unseen: [], remark: `Whether the words of “${title}” can be seen wasn’t checked: ${found.error.message}` };
  const unseen = parts.flatMap(({ label, number, on }, at) => {
    const words = (found.value[at] ?? []).map((span) => on.words.slice(span.start - on.start, span.end - on.start));
    if (words.length === 0) return [];
    const quoted = words.map((one) => `“${one}”`).join(', ');
    return [
      {
        label,
        message: `Words of exhibit ${label} are in the text of its original, but nobody can see them on page ${number}: ${quoted}.`,
      },
    ];
  });
  return { unseen, remark: null };
}
