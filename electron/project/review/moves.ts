import { parsed } from '../../../shared/changes/canonical.ts';
import { reviewState } from '../../../shared/model/index.ts';
import { readBasis } from '../../../shared/review/basis.ts';
import { readConfirmed } from '../../../shared/review/second-coding.ts';
import type { PersonId } from '../../../shared/model/index.ts';
import type { Json, ProjectDb, Readable, Signed } from '../../db/types.ts';
import { perProject } from '../context.ts';
import { hasOnlyGrown, type ReadAt, readAt } from '../read-at.ts';
import { personIdOf } from '../people/people.ts';
import {
  type MoveRow,
  movesByIds,
  movesOfPassages,
  movesOfSeveralPassages,
  movesOfSeveralPassagesSince,
  passagesWithMoves,
  type Signature,
  signaturesOfMoves,
} from './queries.ts';
import type { Move } from '../../../shared/review/move.ts';

/** Reads a project's rows, and its log for who signed what. */
export interface ReviewReader {
  readonly db: Readable;
  readonly project: Pick<ProjectDb, 'log' | 'rewrites'>;
}

/** Moves by passage, those of each in the order of their commits. `ids` is a JSON list of passages. */
export function movesOf(reader: ReviewReader, ids: string): Map<string, Move[]> {
  const rows = [...reader.db.all(movesOfPassages, { ids }), ...movesFrom(reader, ids)];
  if (rows.length === 0) return new Map();
  const removers = removersOf(reader, rows);
  const signed = new Map(
    reader.db.all(signaturesOfMoves, { ids: JSON.stringify(rows.map(({ id }) => id)) }).map((row) => [row.id, row]),
  );
  const moves = rows.flatMap((row): Placed[] => {
    const by = signed.get(row.id);
    if (by === undefined) return [];
    const move = by.alone === 1 ? moveOf(row, by) : moveOfSeveralCommits(reader, row, by);
    if (move === null) return [];
    const remover = row.deleted === 1 ? (removers.get(row.id) ?? null) : null;
    // A person who undid their own step has not taken it.
    if (row.deleted === 1 && (remover === null || remover === move.person)) return [];
    return [{ move: { ...move, removedBy: remover }, passage: row.passage, clock: by.clock }];
  });
  moves.sort((a, b) => a.clock - b.clock || compare(a.move.commit, b.move.commit) || compare(a.move.id, b.move.id));
  const byPassage = new Map<string, Move[]>();
  for (const { move, passage } of moves) {
    const there = byPassage.get(passage);
    if (there === undefined) byPassage.set(passage, [move]);
    else there.push(move);
  }
  return byPassage;
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Caches the person of each key: a log has few keys and many signatures. */
const signers = new Map<string, PersonId>();
/** The person that a key in hex belongs to. */
export function signerOf(key: string): PersonId {
  const known = signers.get(key);
  if (known !== undefined) return known;
  const person = personIdOf(Buffer.from(key, 'hex'));
  if (signers.size > 1000) signers.clear();
  signers.set(key, person);
  return person;
}

/** Placeholder until withContributions fills it in. */
const NO_CONTRIBUTIONS: ReadonlySet<never> = new Set();

interface Placed {
  readonly move: Move;
  readonly passage: string;
  readonly clock: number;
}

function moveOf(row: MoveRow, by: Pick<Signature, 'commit' | 'key' | 'at'>): Move | null {
  const state = reviewState.safeParse(row.state);
  if (!state.success || row.person === null) return null;
  return {
    id: row.id,
    commit: by.commit,
    state: state.data,
    comment: row.comment ?? '',
    basis: readBasis(row.basis),
    confirmed: readConfirmed(row.confirmed),
    person: row.person,
    at: by.at,
    genuine: signerOf(by.key) === row.person,
    removedBy: null,
    contributed: NO_CONTRIBUTIONS,
    contributedAfter: NO_CONTRIBUTIONS,
  };
}

/**
 * A move is written once. If several commits changed it (it was undone and redone, or someone overwrote it), the version that
 * its own person signed in one commit counts; if there is none, it is shown as forged.
 */
function moveOfSeveralCommits(reader: ReviewReader, row: MoveRow, by: Signature): Move | null {
  const all = reader.project.log.changes(
    'review',
    [row.id],
    ['passage', 'state', 'comment', 'basis', 'confirmed', 'person', 'deleted'],
  );
  // Nobody else can restore a step that its own person took back.
  const own = all.findLast(({ field, person }) => field === 'deleted' && person === row.person);
  if (own?.value === true) return null;
  for (const [commit, changes] of Map.groupBy(all, (one) => one.commit)) {
    const written = rowOfCommit(row, changes);
    const signer = changes[0];
    if (signer === undefined || written?.person !== signer.person) continue;
    const move = moveOf(written, { ...by, commit, at: signer.at });
    if (move !== null) return { ...move, genuine: true };
  }
  const move = moveOf(row, by);
  return move === null ? null : { ...move, genuine: false };
}

/** A move as one commit wrote it; null if the commit wrote only a part of it, or another passage. */
function rowOfCommit(row: MoveRow, changes: readonly Signed[]): MoveRow | null {
  const of = (field: string): Json | undefined => changes.find((one) => one.field === field)?.value;
  const [passage, state, person, comment] = [of('passage'), of('state'), of('person'), of('comment')];
  if (passage !== row.passage || typeof state !== 'string' || typeof person !== 'string') return null;
  const textOf = (field: string): string | null => {
    const value = of(field);
    return value === undefined ? null : JSON.stringify(value);
  };
  return {
    id: row.id,
    passage: row.passage,
    state,
    person,
    comment: typeof comment === 'string' ? comment : '',
    basis: textOf('basis'),
    confirmed: textOf('confirmed'),
    deleted: row.deleted,
  };
}

/** Who removed each of these moves that was removed, by the log. */
function removersOf({ project }: ReviewReader, rows: readonly MoveRow[]): ReadonlyMap<string, PersonId> {
  const gone = rows.flatMap(({ id, deleted }) => (deleted === 1 ? id : []));
  if (gone.length === 0) return new Map();
  return new Map(project.log.changes('review', gone, ['deleted']).map(({ id, person }) => [id, person]));
}

/** Moves whose passage was changed, up to a commit. */
const movedElsewhere = perProject((): { at: ReadAt | null; ids: Set<string> } => ({ at: null, ids: new Set() }));

/**
 * Moves of these passages that someone has put on other passages since. Each still counts for the passage its own person wrote.
 * No version of Sourcebook writes such changes.
 */
function movesFrom({ db, project }: ReviewReader, ids: string): MoveRow[] {
  const elsewhere = writtenElsewhere({ db, project });
  if (elsewhere.length === 0) return [];
  const list = parsed(ids);
  const asked = new Set<Json>(Array.isArray(list) ? list : []);
  return elsewhere.filter(({ passage }) => asked.has(passage));
}

/** The passages that someone ever moved in review; of all others the tags alone say the state. */
export function passagesMoved(reader: ReviewReader): string[] {
  const moved = reader.db.all(passagesWithMoves, {}).map(({ passage }) => passage);
  return [...new Set([...moved, ...writtenElsewhere(reader).map(({ passage }) => passage)])];
}

/** Moves that are on another passage now, each with the passage that its own person wrote. */
function writtenElsewhere({ db, project }: ReviewReader): MoveRow[] {
  const known = movedElsewhere({ project });
  const now = readAt({ db, project });
  if (known.at === null || !hasOnlyGrown({ db }, known.at, now))
    known.ids = new Set(db.all(movesOfSeveralPassages, {}).map(({ id }) => id));
  else if (known.at.c !== now.c)
    for (const { id } of db.all(movesOfSeveralPassagesSince, { c: known.at.c })) known.ids.add(id);
  known.at = now;
  if (known.ids.size === 0) return [];
  const places = Map.groupBy(project.log.changes('review', [...known.ids], ['passage', 'person']), ({ id }) => id);
  return db.all(movesByIds, { ids: JSON.stringify([...known.ids]) }).flatMap((row): MoveRow[] => {
    const changes = places.get(row.id) ?? [];
    const own = changes.find(({ field, value, person }) => field === 'person' && value === person);
    const on = changes.find(({ field, commit }) => field === 'passage' && commit === own?.commit)?.value;
    return typeof on === 'string' && on !== row.passage ? [{ ...row, passage: on }] : [];
  });
}
