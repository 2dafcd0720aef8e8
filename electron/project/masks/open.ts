import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { wordsFinder } from '../../../shared/masks/words.ts';
import {
  type Anchor,
  type Area,
  layerId,
  type LayerId,
  passageId,
  type PassageId,
  type PersonId,
  personId,
  type SourceId,
  sourceId,
} from '../../../shared/model/index.ts';
import type { NotPrivate, OpenMask } from '../../../shared/contract/masks.ts';
import type { ReadContext } from '../context.ts';
import { Installations } from '../people/installations.ts';
import { openLayer } from '../sources/layers.ts';
import { textAnchors } from '../passages/anchors.ts';
import { areasOfMask, type Masking, wordsOf } from './masking.ts';
import { standingMarks } from './standing-marks.ts';
import { liveStatements, markedPassages, type MarkedRow } from './queries.ts';

type Context = Pick<ReadContext, 'db' | 'project' | 'files'>;

/** `again`: an earlier statement came from a key of the same installation, so both count as one person. */
type Statement = NotPrivate & { readonly again: boolean };

/** A passage that people marked as naming a private person. */
export interface MarkedPassage {
  readonly id: PassageId;
  readonly source: SourceId;
  readonly layer: LayerId;
  readonly anchor: Anchor;
  readonly markedBy: readonly PersonId[];
  /** The statements that count: their authors had seen every marking. */
  readonly notPrivate: readonly Statement[];
}

/** At least this many people must say that a passage names nobody. */
const PEOPLE = 2;
export const isAnswered = ({ notPrivate }: MarkedPassage): boolean =>
  notPrivate.filter(({ again }) => !again).length >= PEOPLE;

/**
 * The marked passages in reading order, source by source. Trashing a passage hides its mark only if the same person alone marked it;
 * otherwise a person could export a name by trashing a colleague’s passage. `trash`: also passages of sources in the trash.
 */
export function markedOf(context: Context, trash = false): MarkedPassage[] {
  const live = context.db.all(markedPassages, { trash: trash ? 1 : 0 });
  const standing = standingMarks(context, trash, live);
  const byPassage = Map.groupBy([...live, ...standing], ({ id }) => id);
  const trashed = [...byPassage].filter(([, rows]) => rows.some(({ deleted }) => deleted === 1)).map(([id]) => id);
  for (const { id, person } of context.project.log.changes('passage', trashed, ['deleted']))
    if ((byPassage.get(id) ?? []).every((row) => row.person === person)) byPassage.delete(id);
  if (byPassage.size === 0) return [];
  const said = statementsOf(context, byPassage);
  return [...byPassage].flatMap(([id, rows]): MarkedPassage[] => {
    const [row] = rows;
    const anchor = row === undefined ? null : readAnchor(row.anchor);
    const layer = layerId.safeParse(anchor?.layer ?? row?.layer).data;
    const source = sourceId.safeParse(row?.source).data;
    if (anchor === null || layer === undefined || source === undefined) return [];
    const markedBy = [...new Set(rows.flatMap(({ person }) => personId.safeParse(person).data ?? []))];
    return [{ id: passageId.parse(id), source, layer, anchor, markedBy, notPrivate: said.get(id) ?? [] }];
  });
}

/**
 * The statements that a passage names nobody, by passage. A statement counts only if its person signed it and had seen the marking. It
 * does not answer a marking made later, or elsewhere at the same time.
 */
function statementsOf(
  { db, project: { log } }: Context,
  marked: ReadonlyMap<string, readonly MarkedRow[]>,
): Map<string, Statement[]> {
  const statements = db.all(liveStatements, {}).filter(({ passage }) => marked.has(passage));
  if (statements.length === 0) return new Map();
  const said = Map.groupBy(
    log.changes(
      'notprivate',
      statements.map(({ id }) => id),
      ['passage', 'person', 'reason', 'deleted'],
    ),
    ({ id }) => id,
  );
  const settings = statements.flatMap(({ passage }) => marked.get(passage) ?? []);
  const markings = new Map(
    log
      .changes(
        'setting',
        settings.map(({ setting }) => setting),
        ['value', 'deleted'],
      )
      .map((change) => [change.id, change]),
  );
  const installations = new Installations(db);
  const oneWith = (a: string, b: string): boolean =>
    a === b || installations.oneWith(a).has(b) || installations.oneWith(b).has(a);
  const counted = new Map<string, string[]>();
  return Map.groupBy(
    statements.flatMap(({ id, passage, person, reason }) => {
      const all = said.get(id) ?? [];
      const by = all.findLast(({ field }) => field === 'reason');
      // If somebody else last set the passage, person or reason, or restored it, it is not this person's statement.
      const isOwn = ['passage', 'person', 'reason'].every((name) => {
        const last = all.findLast(({ field }) => field === name);
        return last === undefined || last.person === person;
      });
      const taken = all.findLast((one) => one.field === 'deleted' && one.person === person)?.value === true;
      const hasSeen =
        by !== undefined &&
        (marked.get(passage) ?? []).every(({ setting, marked: made = markings.get(setting)?.commit }) => {
          return made !== undefined && log.saw(by.commit, made);
        });
      if (by === undefined || !isOwn || taken || !hasSeen) return [];
      const people = counted.get(passage) ?? [];
      counted.set(passage, [...people, person]);
      const again = people.some((one) => oneWith(one, person));
      return [{ passage, person: by.person, reason: reason ?? '', at: by.at, again }];
    }),
    ({ passage }) => passage,
  );
}

/** The places that still need a mask, source by source. `sources`: only these; `trash`: also sources in the trash, whose masks `masking` has. */
export function openMasks(
  context: Context,
  masking: Masking,
  sources: ReadonlySet<string> | null = null,
  trash = false,
): OpenMask[] {
  const marked = markedOf(context, trash).filter(({ source }) => sources?.has(source) ?? true);
  const bare = marked
    .filter((passage) => !isCovered(masking, passage))
    .map((passage): OpenMask => ({
      kind: 'passage',
      source: passage.source,
      layer: passage.layer,
      anchor: passage.anchor,
      passage: passage.id,
      mask: null,
      refuses: !isAnswered(passage),
      markedBy: [...passage.markedBy],
      notPrivate: passage.notPrivate.map(({ person, reason, at }) => ({ person, reason, at })),
    }));
  const of = [...new Set(masking.all.map(({ source }) => source))].filter((source) => sources?.has(source) ?? true);
  return [...bare, ...of.flatMap((source) => sameWords(context, masking, source, marked))];
}

/** Places where masked words stand without a mask, in the current text and in the texts of marked passages. */
function sameWords(context: Context, masking: Masking, source: string, marked: readonly MarkedPassage[]): OpenMask[] {
  const own = masking.of(source);
  const here = marked.filter((passage) => passage.source === source);
  const layers = new Set([
    ...own.flatMap(({ current }) => layerId.safeParse(current).data ?? []),
    ...here.map(({ layer }) => layer),
  ]);
  return [...layers]
    .flatMap((layer): OpenMask[] => {
      const file = fileOf(context, layer);
      if (file === null) return [];
      const text = file.text();
      const spans = masking.spansIn(source, layer);
      const anchorOf = textAnchors(file);
      return own.flatMap((mask): OpenMask[] =>
        wordsFinder(wordsOf(mask))(text)
          .filter(({ start, end }) => !spans.some((span) => span.start < end && span.end > start))
          .map(({ start, end }): OpenMask => {
            const anchor = anchorOf({ start, end });
            const passage = here.find(
              (one) => one.layer === layer && !isAnswered(one) && isWithin({ start, end }, one.anchor),
            );
            return {
              kind: 'sameWords',
              source: mask.source,
              layer,
              anchor,
              passage: passage?.id ?? null,
              mask: mask.id,
              refuses: passage !== undefined,
              markedBy: [...(passage?.markedBy ?? [])],
              notPrivate: (passage?.notPrivate ?? []).map(({ person, reason, at }) => ({ person, reason, at })),
            };
          }),
      );
    })
    .filter((one, at, all) => all.findIndex((other) => samePlace(one, other)) === at);
}

const samePlace = (a: OpenMask, b: OpenMask): boolean =>
  a.layer === b.layer && a.anchor.kind === 'text' && b.anchor.kind === 'text' && a.anchor.start === b.anchor.start;

function fileOf(context: Context, layer: LayerId) {
  try {
    return openLayer(context, layer).file;
  } catch {
    return null;
  }
}

/** Whether a span overlaps a passage or its prefix and suffix, which are exported with it. */
function isWithin({ start, end }: { readonly start: number; readonly end: number }, anchor: Anchor): boolean {
  if (anchor.kind === 'area') return false;
  return start < anchor.end + anchor.suffix.length && end > anchor.start - anchor.prefix.length;
}

/** Whether a mask is in a passage, in the words quoted around it, or on the same part of the page. */
function isCovered(masking: Masking, { source, layer, anchor }: MarkedPassage): boolean {
  if (anchor.kind === 'text') {
    try {
      return masking.spansIn(source, layer).some((span) => isWithin(span, anchor));
    } catch {
      return false;
    }
  }
  // A word mask has coordinates on the text's page; an area mask counts only on its own layer, whose picture has other coordinates.
  return masking
    .of(source)
    .filter((mask) => mask.anchor.kind === 'text' || mask.layer === layer)
    .some((mask) => areasOfMask(mask).some(({ page, area }) => page === anchor.page && overlap(area, anchor.area)));
}

const overlap = (a: Area, b: Area): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
