import { REVIEW_STATES, type ReviewState, type ShownState } from '../model/index.ts';
import { aspectsChanged, type Basis, type BasisTranslation } from './basis.ts';
import type { ContributionKind, FourEyesViolation, Move, NotCounted, Surroundings } from './move.ts';

/** A passage's moves that count, and why the others do not. */
export interface Counted {
  readonly valid: readonly Move[];
  readonly notCounted: ReadonlyMap<Move, NotCounted>;
}

/** States that keep the basis they were reviewed on, so that later changes can be seen. */
const WITH_BASIS: ReadonlySet<ReviewState> = new Set(['second-coded', 'translated', 'checked', 'approved', 'released']);
export const keepsBasis = (state: ReviewState): boolean => WITH_BASIS.has(state);
/** States in which someone vouches for a passage, so that a later change reopens it. */
const VOUCHED: ReadonlySet<ShownState> = new Set(['checked', 'approved', 'released']);
export const isVouched = (state: ShownState): boolean => VOUCHED.has(state);

/** How far a state is; `returned` is before all others, since a returned passage may move on to any of them. */
export const stateRank = (state: ReviewState): number => (state === 'returned' ? -1 : REVIEW_STATES.indexOf(state));

/** Everyone who highlighted, tagged or decided what a basis shows. */
const taggersOf = ({ person, tags, decided }: Basis): Set<string> =>
  new Set([person, ...tags.map(([, by]) => by), ...(decided === null ? [] : [decided.person])]);

type People = ReadonlySet<string>;
const intersects = (some: People, others: People): boolean => [...some].some((one) => others.has(one));
const isCoder = (people: People, basis: Basis, contributed: ReadonlySet<ContributionKind>): boolean =>
  intersects(taggersOf(basis), people) ||
  basis.settings.some(([, , by]) => people.has(by)) ||
  [...contributed].some((kind) => kind !== 'translation');
const isTranslator = (people: People, basis: Basis, contributed: ReadonlySet<ContributionKind>): boolean =>
  basis.translations.some((one) => people.has(one.person)) || contributed.has('translation');

/** Everyone who checked it since it was last returned. */
export function checkersOf(valid: readonly Move[]): Set<string> {
  const since = valid.slice(valid.findLastIndex(({ state }) => state === 'returned') + 1);
  return new Set(since.filter(({ state }) => state === 'checked').map(({ person }) => person));
}

/** The approval that still holds for this basis: the passage was not returned since, and nothing differs from what was approved. */
export const approvalOf = (line: readonly Move[], now: Basis): Move | null => heldOf(line, 'approved', now);

function heldOf(line: readonly Move[], wanted: ReviewState, now: Basis): Move | null {
  const since = line.slice(line.findLastIndex(({ state }) => state === 'returned') + 1);
  return since.findLast((move) => move.state === wanted && stillHolds(move, now)) ?? null;
}

/** Who checked and who approved the present state; null if the passage is reopened or not that far. */
export function vouchersOf(position: ReviewPosition, now: Basis): { checker: string | null; approver: string | null } {
  const shown = shownOf(position, () => now);
  const isThere = shown === position.state && isVouched(shown);
  const held = (wanted: ReviewState): string | null => heldOf(position.line, wanted, now)?.person ?? null;
  return {
    checker: isThere ? held('checked') : null,
    approver: isThere && shown !== 'checked' ? held('approved') : null,
  };
}

const isSame = (before: Basis, now: Basis): boolean => aspectsChanged(before, now).length === 0;
const stillHolds = ({ basis, contributedAfter }: Move, now: Basis): boolean =>
  basis !== null && contributedAfter.size === 0 && isSame(basis, now);

export const NO_SURROUNDINGS: Surroundings = {
  beside: new Set(),
  checkedBeside: new Set(),
  sharing: new Set(),
  bySharing: new Set(),
};

/**
 * How a move by this person to that state would break the four-eyes rule; null if it would not. What is at one place is one
 * exhibit, so work on any passage there counts, and so does the work of keys that were used on the same installation.
 * `contributed` is everything they ever contributed, even if it has been replaced since.
 */
export function fourEyesViolation(
  person: string,
  to: ReviewState,
  basis: Basis,
  valid: readonly Move[],
  contributed: ReadonlySet<ContributionKind>,
  { beside, checkedBeside, sharing, bySharing }: Surroundings = NO_SURROUNDINGS,
): FourEyesViolation | null {
  const checkers = new Set([...checkersOf(valid), ...checkedBeside]);
  const all = new Set([...contributed, ...beside]);
  const own = violationOf(new Set([person]), to, basis, checkers, all);
  if (own !== null || sharing.size === 0) return own;
  const together = violationOf(new Set([person, ...sharing]), to, basis, checkers, new Set([...all, ...bySharing]));
  return together === null ? null : 'installation';
}

function violationOf(
  people: People,
  to: ReviewState,
  basis: Basis,
  checkers: People,
  contributed: ReadonlySet<ContributionKind>,
): FourEyesViolation | null {
  switch (to) {
    case 'second-coded':
      return [...taggersOf(basis)].every((one) => people.has(one)) ? 'only coder' : null;
    case 'checked':
    case 'approved':
      if (isCoder(people, basis, contributed)) return 'coder';
      if (isTranslator(people, basis, contributed)) return 'translator';
      return to === 'approved' && intersects(checkers, people) ? 'checker' : null;
    case 'draft':
    case 'coded':
    case 'translated':
    case 'released':
    case 'returned':
      return null;
  }
}

/**
 * Which of a passage's moves count. A move does not count if the person it names did not sign it, if it breaks the four-eyes
 * rule by its own basis, or if it releases something that no one approved in that form. A modified program could write any of
 * these; some also come about honestly, when two people work offline.
 */
export function countedMoves(moves: readonly Move[]): Counted {
  const valid: Move[] = [];
  const notCounted = new Map<Move, NotCounted>();
  for (const move of moves) {
    const why = reasonNotCounted(move, valid);
    if (why === null) valid.push(move);
    else notCounted.set(move, why);
  }
  return { valid, notCounted };
}

function reasonNotCounted(move: Move, before: readonly Move[]): NotCounted | null {
  if (!move.genuine) return 'signature';
  // Only its own author may take back a return: otherwise what was approved before it would count again.
  if (move.removedBy !== null && move.state !== 'returned') return 'removed';
  if (!keepsBasis(move.state)) return null;
  if (move.basis === null) return 'no basis';
  const broken = fourEyesViolation(move.person, move.state, move.basis, before, move.contributed, move.surroundings);
  if (broken !== null) return broken;
  return move.state === 'released' && !isApproved(before, move.basis) ? 'not approved' : null;
}

/** Why a move does not count towards the passage's position; null if it does. */
export const notCountedOf = (move: Move, { notCounted }: Counted, { line }: ReviewPosition): NotCounted | null =>
  notCounted.get(move) ?? (line.includes(move) ? null : 'superseded');

/** Whether this basis was approved at the time. What the approver contributed later does not count against it here. */
const isApproved = (before: readonly Move[], then: Basis): boolean =>
  approvalOf(
    before.map((move) => ({ ...move, contributedAfter: NOTHING })),
    then,
  ) !== null;
const NOTHING: ReadonlySet<ContributionKind> = new Set();

/** How far a passage has come in the review, and the move that brought it there; null if there was none. */
export interface ReviewPosition {
  readonly state: ReviewState;
  readonly move: Move | null;
  /** The moves that count and were not superseded, in the order of their commits; `move` is one of them. */
  readonly line: readonly Move[];
}

/**
 * A passage's position in the review. `register` is the passage's state field. It counts if one of the latest moves set it:
 * a move that no later move had seen. Two people who worked offline leave two latest moves, and the register decides between
 * them. If no latest move has that state (it was written without a move), the newest of them counts.
 */
export function reviewPosition(
  register: string | null,
  { valid }: Counted,
  tagged: boolean,
  saw: (later: Move, earlier: Move) => boolean,
): ReviewPosition {
  const last = valid.at(-1);
  if (last === undefined) return { state: tagged ? 'coded' : 'draft', move: null, line: [] };
  if (register === last.state) return at(last, valid, saw);
  const open = valid.filter((move) => !valid.some((later) => later !== move && saw(later, move)));
  const behind = open.findLast(({ state }) => state === register) ?? open.at(-1) ?? last;
  return at(behind, valid, saw);
}

/**
 * If one person returned the passage while another moved it on, only one of the two counts: if `move` is not the return, the
 * return is superseded; if it is, the move made at the same time is.
 */
function at(move: Move, valid: readonly Move[], saw: (later: Move, earlier: Move) => boolean): ReviewPosition {
  const before = new Set(valid.filter((one) => one === move || saw(move, one)));
  const returns = [...before].filter(({ state }) => state === 'returned');
  const line = valid.filter(
    (one) => before.has(one) || (one.state !== 'returned' && returns.every((sentBack) => saw(one, sentBack))),
  );
  return { state: move.state, move, line };
}

/** The state shown: `reopened` if what was vouched for has changed since. */
export function shownOf({ state, move }: ReviewPosition, now: () => Basis): ShownState {
  if (move === null || move.basis === null || !isVouched(state)) return state;
  return stillHolds(move, now()) ? state : 'reopened';
}

/** Who checked the present text, and its state. */
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
