import type { Inverse } from '../../../shared/changes/inverse.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { withSteps } from '../log/in-effect.ts';
import type { Log, SaidRow } from '../log/log.ts';
import type { Kept } from './merge-memory.ts';
import { inverseOfAll } from '../log/undo.ts';

/**
 * What takes a merge back: each field that its commits won gets what stands without them. What anybody changed since stays,
 * and so does what others built upon. Taking it back and restoring it, and undoing either, are part of it, not later work.
 */
export function inverseOfMerge(log: Log, kept: Kept, supplied: ReadonlySet<string>): Inverse {
  const own = withSteps(log, kept.backs);
  const came = (said: SaidRow): boolean =>
    (said.c >= kept.first && said.c <= kept.last) || supplied.has(`${said.c} ${said.i}`);
  const changed = log.store.list<number>(
    'SELECT DISTINCT ent FROM change_ WHERE c BETWEEN ? AND ?',
    kept.first,
    kept.last,
  );
  return inverseOfAll(log, [...new Set([...changed, ...suppliedRecords(log, supplied)])], {
    isMine: (said) => came(said) || own.has(said.c),
    wasBefore: () => true,
    // A value that lost when it came was never anything to take back.
    touched: (said) => {
      const then = said.find((one) => one.c <= kept.last);
      return then !== undefined && came(then);
    },
    wasSeen: (tie) => tie.c <= kept.last || own.has(tie.c),
  });
}

function suppliedRecords(log: Log, supplied: ReadonlySet<string>): number[] {
  return [...supplied].flatMap((name) => {
    const [c = 0, i = 0] = name.split(' ').map(Number);
    return log.store.value<number>('SELECT ent FROM change_ WHERE c = ? AND i = ?', c, i) ?? [];
  });
}

/** What undoes the taking back of a merge: just what that one commit did. */
export function inverseOfTaking(log: Log, kept: Kept, takenBack: CommitHash): Inverse {
  const target = log.byHash(Buffer.from(takenBack, 'hex'));
  if (target === null) return { edits: [], left: [] };
  const own = withSteps(log, [takenBack, ...kept.restored]);
  const ents = log.store.list<number>('SELECT DISTINCT ent FROM change_ WHERE c = ?', target.c);
  return inverseOfAll(log, ents, {
    isMine: (said) => own.has(said.c),
    wasBefore: (said) => log.causality.saw(target, said),
    touched: (said) => said.some((one) => one.c === target.c),
    wasSeen: (tie) => own.has(tie.c) || log.causality.saw(target, tie),
  });
}
