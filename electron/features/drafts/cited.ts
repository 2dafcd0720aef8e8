import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import type { Citation } from '../../../shared/drafts/citations.ts';
import { dateBounds } from '../../../shared/model/dates.ts';
import { sourceId } from '../../../shared/model/index.ts';
import type { EvidenceSource, EvidenceSources } from '../../project/evidence/sources.ts';

/** A publisher's name for comparing, without a trailing bracket: “Liuquan County Government (archived)”. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/(?<=\S)\s*\([^()]{1,80}\)\s*$/u, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The source with this publisher and date, else the only source whose title is cited. Null if several fit: the program does not guess. */
export function citedSource(
  { publisher, date }: Pick<Citation, 'publisher' | 'date'>,
  sources: EvidenceSources,
): Extract<DraftFinding, { kind: 'citation' }>['source'] {
  const name = plain(publisher);
  if (name === '') return null;
  const named = sources.all.filter((one) => plain(one.publisher ?? '') === name || plain(one.title) === name);
  const dated = date === null ? named : named.filter((one) => isOf(one, date));
  const [only, ...more] = dated;
  const id = sourceId.safeParse(only?.id).data;
  if (only === undefined || more.length > 0 || id === undefined) return null;
  return { id, title: only.title, published: (only.dates.published ?? only.dates.document)?.edtf ?? null };
}

/** Whether a source was published, or dated, on a day of the printed date. */
function isOf({ dates }: EvidenceSource, printed: string): boolean {
  const wanted = dateBounds(printed);
  return [dates.published, dates.document].some(
    (date) =>
      date !== null &&
      wanted !== null &&
      (date.bounds.from ?? 0) <= (wanted.to ?? Infinity) &&
      (wanted.from ?? 0) <= (date.bounds.to ?? Infinity),
  );
}
