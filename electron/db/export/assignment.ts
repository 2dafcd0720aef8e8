import { Fault } from '../../../shared/errors.ts';
import { discard, writeNew } from '../fresh.ts';
import { toCommitHash } from '../log/history.ts';
import { type Change, HORIZON } from '../log/packet.ts';
import { Log } from '../log/log.ts';
import type { OpenLog } from '../log/open-log.ts';
import type { Committed, Show } from '../types.ts';
import { winners } from '../log/state-at.ts';
import { putChanges, signCommit, type SignedCommit } from '../log/write.ts';

/** When the log is opened again, a commit with more changes would be rejected; see merge/incoming-stream.ts. */
const MOST = 1 << 20;

/**
 * Writes a blind coder's log; see ExportDb.writeAssignment. One commit restates the current value of each field that may be seen,
 * in an order that does not show when it was written. Older commits are left out entirely: their headers alone would show how
 * often a passage was tagged. Faults: NOT_ALLOWED in a blind copy, BAD_INPUT if nothing may be seen, EXISTS, TOO_LARGE.
 */
export function writeAssignment(
  open: Pick<OpenLog, 'log' | 'author' | 'writing'>,
  target: string,
  label: string,
  show: Show,
): Committed {
  const { log, author } = open;
  if (log.horizon() !== null)
    throw new Fault('NOT_ALLOWED', 'This is a blind copy. Create assignments in the project it came from.');
  let written = false;
  try {
    return open.writing(() => {
      const changes = restated(log, show);
      const commit = signCommit(log, author, label, changes, HORIZON);
      // This log has every restated value already. It keeps the header, so that the coder's commits find their parent in a merge.
      log.append(commit.header, commit.hash, commit.sig, commit.own, commit.others, { seed: null, label: null });
      writeNew(target, (fresh) => {
        fresh.run('INSERT INTO project_(one, id) VALUES(1, ?)', log.project);
        begin(new Log(fresh), commit);
      });
      written = true;
      return { hash: toCommitHash(commit.hash), entities: [], label };
    });
  } catch (thrown) {
    // The commit was rolled back here, so work built on the file could never be merged.
    if (written) discard(target);
    throw thrown;
  }
}

function begin(log: Log, { header, hash, sig, body }: SignedCommit): void {
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
