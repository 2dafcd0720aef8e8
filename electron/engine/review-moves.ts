import { reviewState } from '../../shared/model/index.ts';
import { readBasis } from '../../shared/review/basis.ts';
import type { Move } from '../../shared/review/standing.ts';
import type { PersonId } from '../../shared/model/index.ts';
import type { Json, Signed } from '../db/types.ts';
import { personIdOf } from './people.ts';
import { type MoveRow, movesOfPassages, type Signature, signaturesOfMoves } from './review-queries.ts';
import type { ReviewReader } from './review-state.ts';

/** Moves by passage, those of each in the order of their commits. `ids` is a JSON list of passages. */
export function movesOf(reader: ReviewReader, ids: string): Map<string, Move[]> {
  const rows = reader.db.all(movesOfPassages, { ids });
  if (rows.length === 0) return new Map();
  const signed = new Map(
    reader.db.all(signaturesOfMoves, { ids: JSON.stringify(rows.map(({ id }) => id)) }).map((row) => [row.id, row]),
  );
  const moves = rows.flatMap((row): Placed[] => {
    const by = signed.get(row.id);
    if (by === undefined) return [];
    const move = by.alone === 1 ? moveOf(row, by) : toldTwice(reader, row, by);
    return move === null ? [] : [{ move, passage: row.passage, clock: by.clock }];
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

/** A log has few keys and many signatures. */
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

/** Until it is known whose hands the passage went through. */
const UNTOUCHED: ReadonlySet<never> = new Set();

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
    person: row.person,
    at: by.at,
    genuine: signerOf(by.key) === row.person,
    touched: UNTOUCHED,
    after: UNTOUCHED,
  };
}

/**
 * A move is written once. Where more than one commit spoke of it (it was undone and redone, or somebody wrote over it), it is
 * what its own person said in one commit; else it is shown as forged.
 */
function toldTwice(reader: ReviewReader, row: MoveRow, by: Signature): Move | null {
  const said = reader.project.team.said('review', [row.id], ['passage', 'state', 'comment', 'basis', 'person']);
  for (const [commit, changes] of Map.groupBy(said, (one) => one.commit)) {
    const told = moveSaid(row, changes);
    const signer = changes[0];
    if (signer === undefined || told?.person !== signer.person) continue;
    const move = moveOf(told, { ...by, commit, at: signer.at });
    if (move !== null) return { ...move, genuine: true };
  }
  const move = moveOf(row, by);
  return move === null ? null : { ...move, genuine: false };
}

/** One commit's whole word on a move; null where it says but a part, or that it is another passage's. */
function moveSaid(row: MoveRow, changes: readonly Signed[]): MoveRow | null {
  const of = (field: string): Json | undefined => changes.find((one) => one.field === field)?.value;
  const [passage, state, person, comment] = [of('passage'), of('state'), of('person'), of('comment')];
  if (passage !== row.passage || typeof state !== 'string' || typeof person !== 'string') return null;
  const basis = changes.find((one) => one.field === 'basis');
  return {
    id: row.id,
    passage: row.passage,
    state,
    person,
    comment: typeof comment === 'string' ? comment : '',
    basis: basis === undefined ? null : JSON.stringify(basis.value),
  };
}
