import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { categoryId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { facetOf } from '../../project/evidence/facets.ts';
import type { Evidence } from '../../project/evidence/read-set.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { placeOfSource } from '../../project/evidence/place-facet.ts';
import { sourcesRead } from '../../project/evidence/sources-read.ts';
import { restingOn, type Selection, selectionOf } from '../../project/evidence/selection.ts';
import { summaryOf } from './rows.ts';

type Coverage = CallOutput<'evidence.coverage'>;

export const coverage = (context: ReadContext, input: CallArgs<'evidence.coverage'>): Promise<Coverage> =>
  withPlaces(context, input, (evidence) => coverageOf(context, evidence, input));

function coverageOf(context: ReadContext, evidence: Evidence, input: CallArgs<'evidence.coverage'>): Coverage {
  const selection = selectionOf(context.db, evidence, input);
  return {
    ...summaryOf(evidence, selection),
    unused: [...selection.filter.ofPassages],
    ...howFarRead(context, evidence, selection, input.by),
    categories: restsOf(evidence, selection.rows),
  };
}

function howFarRead(
  context: ReadContext,
  evidence: Evidence,
  { filter }: Selection,
  by: CallArgs<'evidence.coverage'>['by'],
): Pick<Coverage, 'read' | 'bars'> {
  const read = sourcesRead(context, evidence);
  const tagged = sourcesTagged(evidence);
  const facet = facetOf(evidence, by);
  const bars = new Map(facet.values.map(({ value, label }) => [value, { value, label, ...noSource() }]));
  const all = noSource();
  const valuesOf = isLevel(by) ? placeOfSource(evidence, by) : facet.ofSource;
  for (const source of evidence.sources.all.filter(filter.source)) {
    const how = tagged.has(source.id) ? 'tagged' : read.has(source.id) ? 'read' : 'unread';
    const own = new Set(valuesOf?.(source) ?? []);
    for (const count of [all, ...[...own].map((value) => bars.get(value) ?? bars.get(''))]) {
      if (count === undefined) continue;
      count.total += 1;
      count[how] += 1;
    }
  }
  return { read: all, bars: [...bars.values()].filter(({ total }) => total > 0) };
}

const isLevel = (by: CallArgs<'evidence.coverage'>['by']) =>
  by === 'county' || by === 'prefecture' || by === 'province';
const noSource = () => ({ total: 0, tagged: 0, read: 0, unread: 0 });

/** Sources with a tagged passage, whatever the query: they were read and something was found. */
function sourcesTagged({ set, order }: Evidence): ReadonlySet<string> {
  const tagged = new Set<number>();
  for (const row of order) if (set.tags.count(row) > 0) tagged.add(set.sourceAt(row));
  return new Set([...tagged].map((number) => set.sources.text(number)));
}

/** What each category rests on: its passages, their sources, and the publishers and origins of those. */
function restsOf(evidence: Evidence, rows: Uint32Array): Coverage['categories'] {
  const own = counted(evidence, rows, 'category');
  const below = counted(evidence, rows, 'below');
  return evidence.codebook.categories.flatMap(({ id, archived }, at) =>
    archived && below(at).passages === 0 ? [] : [{ category: categoryId.parse(id), own: own(at), below: below(at) }],
  );
}

type Rests = Coverage['categories'][number]['own'];

function counted(evidence: Evidence, rows: Uint32Array, by: 'category' | 'below'): (at: number) => Rests {
  const { set, sourceOf } = evidence;
  const facet = facetOf(evidence, by);
  const width = sourceOf.length;
  const passages = new Uint32Array(facet.values.length);
  const seen = new Uint8Array(facet.values.length * width);
  for (const row of rows) {
    const source = set.sourceAt(row);
    facet.each(row, (at) => {
      passages[at] = (passages[at] ?? 0) + 1;
      seen[at * width + source] = 1;
    });
  }
  return (at) => {
    return { passages: passages[at] ?? 0, ...restingOn(sourceOf.filter((_, n) => seen[at * width + n] === 1)) };
  };
}
