import { Fault } from '../../../shared/errors.ts';
import { discard, writeNew } from '../fresh.ts';
import { toCommitHash } from '../log/history.ts';
import { HORIZON } from '../log/horizon.ts';
import { Log } from '../log/log.ts';
import type { Change } from '../log/packet.ts';
import type { MergeContext } from './context.ts';
import type { Committed, Show } from '../types.ts';
import { winners } from '../log/winners.ts';
import { putChanges, seal, type Sealed } from '../log/write.ts';

/** What a reader of logs takes in one commit; see incoming.ts. */
const MOST = 1 << 20;

/**
 * Writes a blind coder's log; see MergeDb.writeAssignment. One commit restates the standing value of each field that may be
 * seen, in an order that says nothing of when it was written: headers of older commits alone would tell how often a passage was
 * tagged. Faults: NOT_ALLOWED in a blind copy, BAD_INPUT where nothing may be seen, EXISTS, TOO_LARGE.
 */
export function writeAssignment(
  parts: Pick<MergeContext, 'log' | 'author' | 'writing'>,
  target: string,
  label: string,
  show: Show,
): Committed {
  const { log, author } = parts;
  if (log.horizon() !== null)
    throw new Fault('NOT_ALLOWED', 'This is a blind copy. Create assignments in the project it came from.');
  let written = false;
  try {
    return parts.writing(() => {
      const changes = restated(log, show);
      const sealed = seal(log, author, label, changes, HORIZON);
      // Here everything it restates stands already: its header alone lets what comes back find what it builds upon.
      log.append(sealed.header, sealed.hash, sealed.sig, sealed.own, sealed.others, { seed: null, label: null });
      writeNew(target, (fresh) => {
        fresh.run('INSERT INTO project_(one, id) VALUES(1, ?)', log.project);
        begin(new Log(fresh), sealed);
      });
      written = true;
      return { hash: toCommitHash(sealed.hash), entities: [], label };
    });
  } catch (thrown) {
    // The file was there before, or what it says was not kept here: nobody could merge what is built upon it.
    if (written) discard(target);
    throw thrown;
  }
}

function begin(log: Log, { header, hash, sig, body }: Sealed): void {
  const row = log.append(header, hash, sig, null, [], body);
  putChanges(log, row, body.changes);
}

function restated(log: Log, show: Show): Change[] {
  const changes = winners(log, show).flatMap(({ c, i }) => log.change(c, i) ?? []);
  if (changes.length === 0)
    throw new Fault('BAD_INPUT', 'Nothing to assign: the file would be empty. Choose other sources.');
  if (changes.length > MOST) throw new Fault('TOO_LARGE', 'This assignment is too large. Choose fewer sources.');
  return changes.sort((a, b) => compare(a.entity, b.entity) || Buffer.compare(a.id, b.id) || compare(a.field, b.field));
}
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
