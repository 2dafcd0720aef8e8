import type { FieldOf } from '../../../shared/changes/fields.ts';
import { pageAt } from '../../../shared/anchoring/anchor.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { TextHit } from '../../../shared/contract/search.ts';
import { Fault } from '../../../shared/errors.ts';
import { type PassageId, passageId } from '../../../shared/model/index.ts';
import { lineEndsOf, type Stretch } from '../../../shared/text/blocks.ts';
import { type HitUnit, unitFinder } from '../../../shared/text/clauses.ts';
import { counted } from '../../../shared/text/counted.ts';
import { shortened } from '../../../shared/query/faults.ts';
import type { Edit } from '../../db/types.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { textAnchors } from '../../project/passages/anchors.ts';
import { layerFor, namesOf, tagEdits } from '../../project/passages/edits.ts';
import type { StoredLayer } from '../../project/sources/layers.ts';
import { listed } from '../../project/undo-labels.ts';
import { placesOfSource } from './queries.ts';

type Spans = CallOutput<'search.spans'>['spans'];
type Made = CallOutput<'search.makePassages'>;

/** Words shown around a hit, UTF-16 code units. */
const AROUND = 200;

/** What hits in one text are and would become. */
class HitsOfText {
  readonly layer: StoredLayer;
  readonly text: string;
  private readonly find: (hit: Stretch, unit: HitUnit) => Stretch;
  private readonly there: readonly { readonly id: string; readonly start: number; readonly end: number }[];

  /** Faults as of {@link layerFor}. */
  constructor(context: ReadContext | WriteContext, { source, layer }: Pick<TextHit, 'source' | 'layer'>) {
    this.layer = layerFor(context, source, layer);
    this.text = this.layer.file.text();
    this.find = unitFinder(this.text, lineEndsOf(this.layer.file.engine, this.text));
    this.there = context.db.all(placesOfSource, { source, layer });
  }
  /** Null for a place that the text does not have. */
  spanOf({ start, end }: TextHit, unit: HitUnit): Stretch | null {
    return start >= end || end > this.text.length ? null : this.find({ start, end }, unit);
  }
  /** The passage that has the hit, or all that it would become, within it. */
  passageWith(hit: Stretch): PassageId | null {
    const found = this.there.find(({ start, end }) => start <= hit.start && end >= hit.end);
    return passageId.safeParse(found?.id).data ?? null;
  }
}

/** See shared/contract/search.ts. */
export function spansOfHits(
  context: ReadContext,
  { hits, unit }: CallArgs<'search.spans'>,
): CallOutput<'search.spans'> {
  const spans: Spans = hits.map(() => null);
  for (const group of bySource(hits)) {
    const of = textOf(context, group.hits[0]);
    if (of instanceof Fault) continue;
    for (const [n, hit] of group.hits.entries()) {
      const span = of.spanOf(hit, unit);
      const at = group.at[n];
      if (span === null || at === undefined) continue;
      spans[at] = {
        ...span,
        before: whole(of.text.slice(Math.max(0, span.start - AROUND), span.start)),
        text: of.text.slice(span.start, span.end),
        after: whole(of.text.slice(span.end, span.end + AROUND)),
        page: pageAt(of.layer.file.pages, span.start),
        passage: of.passageWith(hit),
      };
    }
  }
  return { spans };
}
/** Without half a character at its edges. */
const whole = (text: string): string => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/gu, '');

const GONE = 'The text has no such place. Search again.';

/** See shared/contract/search.ts. */
export function makePassages(
  context: WriteContext,
  { hits, unit, categories, query }: CallArgs<'search.makePassages'>,
): Made {
  if (isBlind(context))
    throw new Fault(
      'NOT_ALLOWED',
      'In a copy for blind coding, hits are not made passages: what is coded there is what the coder reads. Mark the words on the page.',
      {},
    );
  const names = namesOf(context, categories);
  const passages: PassageId[] = [];
  const edits: Edit[] = [];
  const refused: Made['refused'] = [];
  let already = 0;
  for (const { hits: group } of bySource(hits)) {
    const of = textOf(context, group[0]);
    if (of instanceof Fault) {
      refused.push(...group.map((hit) => ({ ...hit, why: of.data.message })));
      continue;
    }
    const anchorAt = textAnchors(of.layer.file);
    const made = new Set<string>();
    for (const hit of group) {
      const span = of.spanOf(hit, unit);
      if (span === null) refused.push({ ...hit, why: GONE });
      else if (of.passageWith(hit) !== null) already++;
      else if (!made.has(`${span.start} ${span.end}`)) {
        made.add(`${span.start} ${span.end}`);
        try {
          const anchor = anchorAt(span);
          const id = passageId.parse(context.newId());
          passages.push(id);
          edits.push(...passageEdits(context, id, { ...hit, anchor, query }));
        } catch (thrown) {
          if (!(thrown instanceof Fault)) throw thrown;
          refused.push({ ...hit, why: thrown.data.message });
        }
      }
    }
  }
  const tags = tagEdits(context, passages, categories, []).flatMap((one) => one.edits);
  const tagged = names.length === 0 ? '' : `, tagged ${listed(names)}`;
  if (passages.length > 0)
    context.db.commit(`Make ${counted(passages.length, 'passage')} from hits of “${shortened(query)}”${tagged}`, [
      ...edits,
      ...tags,
    ]);
  return { passages, already, refused };
}

function passageEdits(
  { person }: WriteContext,
  id: PassageId,
  { source, layer, anchor, query }: TextHit & { anchor: ReturnType<ReturnType<typeof textAnchors>>; query: string },
): Edit[] {
  const set = (field: FieldOf<'passage'>, value: Edit['value']): Edit => ({ entity: 'passage', id, field, value });
  return [
    set('source', source),
    set('layer', layer),
    set('anchor', anchor),
    set('person', person.id),
    set('query', query),
  ];
}

/** The text of hits, or why it cannot be read. */
function textOf(context: ReadContext | WriteContext, hit: TextHit | undefined): HitsOfText | Fault {
  if (hit === undefined) return new Fault('NOT_FOUND', GONE, {});
  try {
    return new HitsOfText(context, hit);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}

/** The hits of one text together, with where each was in the list. */
function bySource(hits: readonly TextHit[]): { readonly hits: readonly TextHit[]; readonly at: readonly number[] }[] {
  const groups = Map.groupBy(hits.entries(), ([, { source, layer }]) => `${source} ${layer}`);
  return [...groups.values()].map((group) => ({ hits: group.map(([, hit]) => hit), at: group.map(([at]) => at) }));
}
