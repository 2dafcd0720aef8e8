import { REVIEW_STATES, type CommitHash, type ReviewState, type ShownState } from '../model/index.ts';
import { aspectsChanged, type Basis, type BasisTranslation } from './basis.ts';
import type { Refused } from './refused.ts';
import type { Confirmed } from './second-coding.ts';

/** One move of a passage as the log has it. Moves are judged in the order of their commits. */
export interface Move {
  readonly id: string;
  readonly commit: CommitHash;
  readonly state: ReviewState;
  readonly comment: string;
  /** Null where none was kept, or what was kept is none. */
  readonly basis: Basis | null;
  /** Of a second coding: tags of others that its person confirmed. */
  readonly confirmed: readonly Confirmed[];
  /** Whom it names. */
  readonly person: string;
  readonly at: number;
  /** Whether the key it was signed with is that person's. */
  readonly genuine: boolean;
  /** Who took it back, where that is somebody else than its person; null where nobody did. */
  readonly removedBy: string | null;
  /** What its person had had a hand in when they made it, beyond what its ground says. */
  readonly touched: ReadonlySet<Touch>;
  /** What they touched after it: what they vouched for is not the work of others any more. */
  readonly after: ReadonlySet<Touch>;
}

/** What of a passage somebody can have had a hand in: their key signed it, or they are named as its author. */
export type Touch = 'place' | 'tags' | 'settings' | 'decision' | 'translation';

/** What counts of a passage's moves. */
export interface Counted {
  readonly valid: readonly Move[];
  readonly refused: ReadonlyMap<Move, Refused>;
}

/** States whose ground is kept, and looked at again. */
const GROUNDED: ReadonlySet<ReviewState> = new Set(['second-coded', 'translated', 'checked', 'approved', 'released']);
export const keepsBasis = (state: ReviewState): boolean => GROUNDED.has(state);
/** States that a change takes back: somebody vouched for what was there. */
const VOUCHED: ReadonlySet<ReviewState> = new Set(['checked', 'approved', 'released']);
export const isVouched = (state: ReviewState): boolean => VOUCHED.has(state);

/** How far a state is; `returned` is before everything: what was sent back may go on to any state. */
export const rankOf = (state: ReviewState): number => (state === 'returned' ? -1 : REVIEW_STATES.indexOf(state));

/** Those who made, tagged or decided what a basis shows. */
const taggersOf = ({ person, tags, decided }: Basis): Set<string> =>
  new Set([person, ...tags.map(([, by]) => by), ...(decided === null ? [] : [decided.person])]);

const isCoder = (person: string, basis: Basis, touched: ReadonlySet<Touch>): boolean =>
  taggersOf(basis).has(person) ||
  basis.settings.some(([, , by]) => by === person) ||
  [...touched].some((touch) => touch !== 'translation');
const isTranslator = (person: string, basis: Basis, touched: ReadonlySet<Touch>): boolean =>
  basis.translations.some((one) => one.person === person) || touched.has('translation');

/** Whoever checked since it was last sent back. */
export function checkersOf(valid: readonly Move[]): Set<string> {
  const since = valid.slice(valid.findLastIndex(({ state }) => state === 'returned') + 1);
  return new Set(since.filter(({ state }) => state === 'checked').map(({ person }) => person));
}

/** The approval that still holds for this ground: none came after it that sent it back, and nothing differs from it. */
export const approvalOf = (line: readonly Move[], now: Basis): Move | null => heldOf(line, 'approved', now);

function heldOf(line: readonly Move[], wanted: ReviewState, now: Basis): Move | null {
  const since = line.slice(line.findLastIndex(({ state }) => state === 'returned') + 1);
  return since.findLast((move) => move.state === wanted && stillHolds(move, now)) ?? null;
}

/** Who checked and who approved what is there, as it is there; nobody where the passage is reopened or not so far. */
export function vouchersOf(standing: Standing, now: Basis): { checker: string | null; approver: string | null } {
  const shown = shownOf(standing, () => now);
  const isThere = shown === standing.state && isVouched(shown);
  const held = (wanted: ReviewState): string | null => heldOf(standing.line, wanted, now)?.person ?? null;
  return {
    checker: isThere ? held('checked') : null,
    approver: isThere && shown !== 'checked' ? held('approved') : null,
  };
}

const isSame = (before: Basis, now: Basis): boolean => aspectsChanged(before, now).length === 0;
const stillHolds = ({ basis, after }: Move, now: Basis): boolean =>
  basis !== null && after.size === 0 && isSame(basis, now);

export type EyesBroken = 'coder' | 'only coder' | 'translator' | 'checker';

/**
 * How a move by this person to that state would break the rule that two pairs of eyes see everything; null where it does not.
 * `touched` is what they ever had a hand in, whatever stands by now.
 */
export function eyesBroken(
  person: string,
  to: ReviewState,
  basis: Basis,
  valid: readonly Move[],
  touched: ReadonlySet<Touch>,
): EyesBroken | null {
  switch (to) {
    case 'second-coded': {
      const taggers = taggersOf(basis);
      return taggers.size === 1 && taggers.has(person) ? 'only coder' : null;
    }
    case 'checked':
    case 'approved':
      if (isCoder(person, basis, touched)) return 'coder';
      if (isTranslator(person, basis, touched)) return 'translator';
      return to === 'approved' && checkersOf(valid).has(person) ? 'checker' : null;
    case 'draft':
    case 'coded':
    case 'translated':
    case 'released':
    case 'returned':
      return null;
  }
}

/**
 * Which of a passage's moves count. One does not that was not signed by whom it names, that breaks four eyes by its own
 * ground, or that releases what nobody approved as it was released: a changed program could have written any of them, and some
 * come about honestly, where people worked without knowing of each other.
 */
export function countedMoves(moves: readonly Move[]): Counted {
  const valid: Move[] = [];
  const refused = new Map<Move, Refused>();
  for (const move of moves) {
    const why = wrongWith(move, valid);
    if (why === null) valid.push(move);
    else refused.set(move, why);
  }
  return { valid, refused };
}

function wrongWith(move: Move, before: readonly Move[]): Refused | null {
  if (!move.genuine) return 'signature';
  if (move.removedBy !== null) return 'removed';
  if (!keepsBasis(move.state)) return null;
  if (move.basis === null) return 'ground';
  const broken = eyesBroken(move.person, move.state, move.basis, before, move.touched);
  if (broken !== null) return broken;
  return move.state === 'released' && !isApproved(before, move.basis) ? 'not approved' : null;
}

/** Why a move does not count where the passage stands; null where it does. */
export const refusedOf = (move: Move, { refused }: Counted, { line }: Standing): Refused | null =>
  refused.get(move) ?? (line.includes(move) ? null : 'superseded');

/** Whether it was approved as it then was; what its approver touched later is looked at as it is now. */
const isApproved = (before: readonly Move[], then: Basis): boolean =>
  approvalOf(
    before.map((move) => ({ ...move, after: NOTHING })),
    then,
  ) !== null;
const NOTHING: ReadonlySet<Touch> = new Set();

/** A passage's place in the review, and the move that put it there; null where none did. */
export interface Standing {
  readonly state: ReviewState;
  readonly move: Move | null;
  /** The moves that count and that this one did not supersede, in the order of their commits; it is one of them. */
  readonly line: readonly Move[];
}

/**
 * Where a passage stands. `register` is what the log says its state is; it counts where one of the moves stands behind it
 * that nobody has moved on from, knowing of it. Two people who moved it on without knowing of each other leave two such
 * moves, and whichever the register names counts. Else (it was written without a move) the newest of those moves does.
 */
export function standing(
  register: string | null,
  { valid }: Counted,
  tagged: boolean,
  saw: (later: Move, earlier: Move) => boolean,
): Standing {
  const last = valid.at(-1);
  if (last === undefined) return { state: tagged ? 'coded' : 'draft', move: null, line: [] };
  if (register === last.state) return at(last, valid, saw);
  const open = valid.filter((move) => !valid.some((later) => later !== move && saw(later, move)));
  const behind = open.findLast(({ state }) => state === register) ?? open.at(-1) ?? last;
  return at(behind, valid, saw);
}

/**
 * Of two people who moved it without knowing of each other, one sending it back, only one stands: a return that was decided
 * against is superseded, and where it was decided for, what was said beside it.
 */
function at(move: Move, valid: readonly Move[], saw: (later: Move, earlier: Move) => boolean): Standing {
  const before = new Set(valid.filter((one) => one === move || saw(move, one)));
  const returns = [...before].filter(({ state }) => state === 'returned');
  const line = valid.filter(
    (one) => before.has(one) || (one.state !== 'returned' && returns.every((sentBack) => saw(one, sentBack))),
  );
  return { state: move.state, move, line };
}

/** What is shown: `reopened` where what was vouched for is no longer what is there. */
export function shownOf({ state, move }: Standing, now: () => Basis): ShownState {
  if (move === null || move.basis === null || !isVouched(state)) return state;
  return stillHolds(move, now()) ? state : 'reopened';
}

/** Who checked, and how far it came, of a text as it stands. */
export function checkOf(
  text: BasisTranslation,
  valid: readonly Move[],
): { checker: string | null; state: 'draft' | 'checked' | 'approved' } {
  const since = valid.slice(valid.findLastIndex(({ state }) => state === 'returned') + 1);
  const seen = since.filter(
    ({ state, basis }) =>
      isVouched(state) &&
      basis !== null &&
      basis.translations.some(
        (one) => one.language === text.language && one.text === text.text && one.person === text.person,
      ),
  );
  const checker = seen.findLast(({ state }) => state === 'checked')?.person ?? null;
  if (seen.some(({ state }) => state !== 'checked')) return { checker, state: 'approved' };
  return { checker, state: seen.length > 0 ? 'checked' : 'draft' };
}
