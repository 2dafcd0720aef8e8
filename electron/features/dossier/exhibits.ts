import { array, safeParse, string } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { needsPassword } from '../../../shared/model/layer-notes.ts';
import type { Claim } from '../../../shared/contract/claims.ts';
import type { Conflict } from '../../../shared/contract/merge.ts';
import { type Anchor, type DossierShows, type ExhibitPicture, type SourceKind } from '../../../shared/model/index.ts';
import type { Exhibit, Place } from '../../formats/dossier/model.ts';
import { outcomeOf, type ReportPassage } from '../../formats/report/model.ts';
import { query } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import type { Masking } from '../../project/masks/masking.ts';
import { memosOfTargets } from '../../project/passages/queries.ts';
import { custodyOf } from './custody.ts';
import type { Found } from './found.ts';

interface Row {
  readonly id: string;
  readonly anchor: string | null;
  readonly layer: string | null;
  readonly engine: string | null;
  readonly version: string | null;
  readonly notes: string | null;
}
const passagesOfDossier = query<{ ids: string }, Row>(
  'dossier.passages',
  `SELECT p.id, p.anchor, p.onLayer AS layer, l.engine, l.version, l.notes
   FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value LEFT JOIN p_layer l ON l.id = p.onLayer`,
);

interface Given {
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
  readonly names: ReadonlyMap<string, string>;
  readonly isPseudonymous: boolean;
  readonly shows: DossierShows;
  readonly masking: Masking;
}

/** The exhibits with their places, their history, and the list of what is not known of them. */
export function exhibitsOf(context: ReadContext, found: readonly Found[], given: Given): Exhibit[] {
  const { db } = context;
  const { claims, conflicts, names, shows, masking } = given;
  const ids = found.flatMap(({ passage }) => [passage.id, ...(passage.also ?? [])]);
  const rows = new Map(db.all(passagesOfDossier, { ids: JSON.stringify(ids) }).map((row) => [row.id, row]));
  const memos = Map.groupBy(
    shows.memos ? db.all(memosOfTargets, { ids: JSON.stringify(ids) }) : [],
    (one) => one.target,
  );
  const custody = custodyOf(context, found, given);
  const inConflict = Map.groupBy(conflicts, ({ passage }): string => passage ?? '');
  const nameOf = (id: string): string => names.get(id) ?? 'unknown';
  return found.flatMap(({ passage, source, label, isKept = false }): Exhibit[] => {
    const own = [passage.id, ...(passage.also ?? [])];
    const [row] = own.flatMap((id) => rows.get(id) ?? []);
    const whole = row === undefined || row.anchor === null ? null : readAnchor(row.anchor);
    const layer = row?.layer ?? null;
    const anchor = whole === null || layer === null ? whole : masking.anchor(source.id, layer, whole);
    if (row === undefined || anchor === null) return [];
    return [
      {
        number: passage.number,
        label,
        passage,
        document: source.id,
        place: placeOf(anchor, row),
        picture: pictureOf(anchor, source.kind, row.engine),
        isProtected: source.kind === 'pdf' && needsPassword(notesIn(row.notes)),
        claims: claims.flatMap(({ links }, at) =>
          links.filter((link) => own.some((id) => id === link.passage)).map(({ as }) => ({ number: at + 1, as })),
        ),
        isKept,
        isDisputed: outcomeOf(passage) === 'undecided',
        conflicts: own.flatMap((id) => inConflict.get(id) ?? []).map(({ about }) => about),
        custody: custody(passage, source),
        memos: own
          .flatMap((id) => memos.get(id) ?? [])
          .map((memo) => ({ memo: memo.text, by: nameOf(memo.person), at: new Date(memo.at).toISOString() })),
        notKnown: notKnownOf(passage),
      },
    ];
  });
}

function placeOf(anchor: Anchor, { engine, version }: Row): Place {
  const readBy = `${engine ?? 'unknown'} ${version ?? ''}`.trim();
  if (anchor.kind === 'area') {
    const none = { start: null, end: null, exact: null, prefix: null, suffix: null };
    return { page: anchor.page, ...none, boxes: [{ page: anchor.page, box: anchor.area }], readBy };
  }
  const { page, start, end, exact, prefix, suffix } = anchor;
  const boxes = anchor.quads.flatMap((on) => on.quads.map((quad) => ({ page: on.page, box: boxAround(quad) })));
  return { page, start, end, exact, prefix, suffix, boxes, readBy };
}

/** The rectangle around a quadrilateral: left, bottom, right, top. */
function boxAround(quad: readonly number[]): [number, number, number, number] {
  const [xs, ys] = [quad.filter((_, at) => at % 2 === 0), quad.filter((_, at) => at % 2 === 1)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function pictureOf(anchor: Anchor, kind: SourceKind, engine: string | null): ExhibitPicture {
  if (anchor.kind === 'text' && (anchor.quads.length === 0 || kind === 'page' || kind === 'text')) return 'words';
  if (engine === 'picture') return 'screenshot';
  if (kind === 'image') return 'image';
  return kind === 'pdf' ? 'page' : 'words';
}

const notesIn = (json: string | null): readonly string[] =>
  json === null ? [] : (safeParse(array(string()), parsed(json)).data ?? []);

function notKnownOf(passage: ReportPassage): string[] {
  const { coding, translations, second, checker, decided } = passage;
  return [
    ...(coding.length === 0 ? ['Nobody gave it a category.'] : []),
    ...(coding.length === 1 && second === null && decided === null
      ? ['One person coded it; whether another would have coded it the same is not known.']
      : []),
    ...(checker === null ? ['Nobody checked it, or what was checked has changed since.'] : []),
    ...(translations.length > 0 && translations.every(({ state }) => state !== 'approved')
      ? ['No translation of it is approved.']
      : []),
  ];
}
