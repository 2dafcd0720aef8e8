import { parsed } from '../../../shared/changes/canonical.ts';
import type { CategoryPart } from '../../../shared/contract/search.ts';
import { term } from '../../../shared/model/index.ts';
import type { Span } from '../../../shared/text/search-query.ts';

/** What a category says, as its row has it. */
export interface CategoryText {
  readonly name: string | null;
  readonly definition: string | null;
  readonly include: string | null;
  readonly exclude: string | null;
  readonly termsZh: string | null;
  readonly termsEn: string | null;
}
interface Part {
  readonly part: CategoryPart;
  readonly text: string;
}

/** A sign that nobody types, so that no phrase runs from one part into the next. */
const APART = '\n\u001f\n';

/** All that a category says, as one text. */
export const categoryText = (row: CategoryText): string =>
  partsOf(row)
    .map(({ text }) => text)
    .join(APART);

/** The part of a category that a span of its text is in, with the span in the part. */
export function partAt(row: CategoryText, { start, end }: Span): Part & { readonly span: Span } {
  let from = 0;
  for (const part of partsOf(row)) {
    if (start < from + part.text.length)
      return { ...part, span: { start: start - from, end: Math.min(end - from, part.text.length) } };
    from += part.text.length + APART.length;
  }
  return { part: 'name', text: row.name ?? '', span: { start: 0, end: 0 } };
}

function partsOf({ name, definition, include, exclude, termsZh, termsEn }: CategoryText): Part[] {
  const written: readonly (readonly [CategoryPart, string | null])[] = [
    ['name', name],
    ['definition', definition],
    ['include', include],
    ['exclude', exclude],
    ...[termsZh, termsEn].flatMap(termsOf).map((text) => ['term', text] as const),
  ];
  return written.flatMap(([part, text]) => (typeof text === 'string' && text !== '' ? [{ part, text }] : []));
}

/** A log from elsewhere may have anything as terms. */
function termsOf(json: string | null): string[] {
  const terms = json === null ? undefined : term.array().safeParse(parsed(json)).data;
  return (terms ?? []).map((one) => one.term);
}
