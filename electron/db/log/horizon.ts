import type { Header } from './packet.ts';

/**
 * A horizon is a commit (header kind 2) that restates a part of the project for a blind coder. The lead's log has its
 * parents and keeps its header alone: what it restates stands there already, and no body of it is ever taken.
 *
 * A log that begins with one has nothing older. No row can stand for its parents, so `commit_.own` is NULL and
 * `commit_.others` holds all their hashes, the own one (32 zero bytes for none) in front. Only such a commit is first in
 * its log and has parents, so this is unambiguous, and it is exported as it is.
 */
export const HORIZON = 2;

type Parents = Pick<Header, 'own' | 'others'>;
const NONE = Buffer.alloc(32);

/** What `commit_.others` holds of a horizon that a log begins with. */
export const beyondBytes = ({ own, others }: Parents): Buffer => Buffer.concat([own ?? NONE, ...others]);

/** The parents of a horizon that a log begins with, out of its {@link beyondBytes}, cut into hashes. */
export function readBeyond(hashes: readonly Buffer[]): Parents {
  const [own, ...others] = hashes;
  return { own: own === undefined || own.equals(NONE) ? null : own, others };
}

/** Whether commit `c` is the horizon its log begins with; `first` is the least number in the log. */
export const isBeginning = (kind: number, c: number, first: number): boolean => kind === HORIZON && c === first;
