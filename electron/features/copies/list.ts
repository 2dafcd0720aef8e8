import { groupsOf } from '../../../shared/copies/groups.ts';
import type { ConfirmedCopies } from '../../../shared/contract/copies.ts';
import { sourceId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { decisionsOn, liveSourceIds } from '../../project/sources/copies.ts';

/** The groups that people confirmed, as the contract says them. */
export function listGroups({ db, project }: Pick<ReadContext, 'db' | 'project'>): ConfirmedCopies[] {
  const decisions = decisionsOn(db).filter(({ verdict }) => verdict === 'same');
  const signed = project.log.changes(
    'copy',
    decisions.map(({ id }) => id),
    ['verdict', 'origin'],
  );
  const newest = new Map(signed.map((change) => [change.id, change]));
  return groupsOf(decisionsOn(db), liveSourceIds(db)).map((group) => {
    const all = new Set(group.all);
    const last = decisions
      .filter(({ one }) => all.has(one))
      .flatMap(({ id }) => newest.get(id) ?? [])
      .toSorted((a, b) => b.at - a.at)[0];
    return {
      sources: group.members.map((id) => sourceId.parse(id)),
      origin: group.origin === null ? null : sourceId.parse(group.origin),
      disputed: group.disputed.map((id) => sourceId.parse(id)),
      apart: group.apart.map(([a, b]) => [sourceId.parse(a), sourceId.parse(b)]),
      person: last?.person ?? null,
      at: last?.at ?? 0,
    };
  });
}
