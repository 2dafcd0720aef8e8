import type { EvidenceColumn, EvidenceFacet, EvidenceMark } from '../../../shared/contract/evidence.ts';
import type { ReadContext } from '../context.ts';
import { readParagraphs } from './paragraphs.ts';
import { readPlaces } from './places.ts';
import { type Evidence, withEvidence } from './read-set.ts';

const FACETS: ReadonlySet<string> = new Set([
  'places',
  'placesWithin',
  'county',
  'prefecture',
  'province',
] satisfies EvidenceFacet[]);

/** The parts of a call that may ask for the places of passages. */
interface Asked {
  readonly query?: string;
  readonly within?: readonly EvidenceMark[];
  readonly sort?: readonly { readonly column: EvidenceColumn }[];
  readonly group?: EvidenceFacet | null;
  readonly columns?: string | readonly EvidenceColumn[];
  readonly lanes?: string;
  readonly by?: string;
  readonly together?: string;
  readonly places?: boolean;
}

/** Whether a call needs the places of passages: only then are they read. */
export function asksForPlaces({
  query = '',
  within = [],
  sort = [],
  group = null,
  columns = [],
  ...asked
}: Asked): boolean {
  const named = typeof columns === 'string' ? [columns] : columns;
  return (
    asked.places === true ||
    /place\s*[:：]/iu.test(query) ||
    [...within.map(({ by }) => by), ...named, group ?? '', asked.lanes ?? '', asked.by ?? ''].some((by) =>
      FACETS.has(by),
    ) ||
    sort.some(({ column }) => column === 'places')
  );
}

/** Whether a call needs to know which passages are in one paragraph: only then are their texts read. */
const asksForParagraphs = ({ within = [], together }: Asked): boolean =>
  together === 'paragraph' || within.some(({ by, value }) => by === 'together' && value.startsWith('paragraph '));

/** {@link withEvidence}, once the places and paragraphs of its passages are read if the call asks for them. */
export async function withPlaces<T>(context: ReadContext, asked: Asked, work: (evidence: Evidence) => T): Promise<T> {
  if (asksForPlaces(asked)) {
    const { reading } = await withEvidence(context, {}, (evidence) => ({ reading: readPlaces(context, evidence) }));
    await reading;
  }
  if (asksForParagraphs(asked)) {
    const { reading } = await withEvidence(context, {}, (evidence) => ({ reading: readParagraphs(context, evidence) }));
    await reading;
  }
  return withEvidence(context, asked, work);
}
