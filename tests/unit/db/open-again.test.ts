import { describe, expect, it } from 'vitest';
import { newIdBytes } from '../../../electron/db/ids.ts';
import { rebuildProjections } from '../../../electron/db/projection/rebuild.ts';
import type { CommitRow } from '../../../electron/db/log/log.ts';
import type { Json } from '../../../electron/db/types.ts';
import { Oracle } from '../../support/log-oracle.ts';
import { edit, newId, newSigner, Replica, stateOf, withhold } from '../../support/logs.ts';

/** Two people who wrote one title without knowing of each other, and what both have then. */
function disagreement(deletes = false) {
  const project = newIdBytes();
  const id = newId();
  let at = 1e12;
  const now = (): number => (at += 1000);
  const [ann, ben, cat] = [newSigner(), newSigner(), newSigner()].map((one) => new Replica(project, one, now));
  if (ann === undefined || ben === undefined || cat === undefined) throw new RangeError('Three people');
  const both = (): void => {
    for (const [into, from] of [
      [ann, ben],
      [ben, ann],
      [cat, ann],
    ] as const)
      into.take(from.packets());
  };
  ann.commit('Add', [edit('source', id, 'title', 'one')]);
  both();
  ann.commit('Ann’s', [deletes ? edit('source', id, 'deleted', true) : edit('source', id, 'title', 'Ann’s')]);
  ben.commit('Ben’s', [edit('source', id, 'title', 'Ben’s')]);
  both();
  const say = (who: Replica, value: Json, field = 'title'): CommitRow => {
    const row = who.commit('Say', [edit('source', id, field, value)]);
    if (row === null) throw new Error('Nothing was written');
    return row;
  };
  /** Everything a replica has is what the rules give, and what a rebuild gives. */
  const holds = (who: Replica): void => {
    const oracle = new Oracle();
    for (const packet of who.packets()) oracle.add(packet);
    expect(stateOf(who)).toBe(oracle.state());
    expect(rebuildProjections(who.log)).toBe(0);
  };
  const sides = (who: Replica, field = 'title'): string[] => {
    const mark = ` ${field} ! `;
    const line = stateOf(who)
      .split('\n')
      .find((one) => one.includes(mark));
    return line === undefined
      ? []
      : line
          .slice(line.indexOf(mark) + mark.length)
          .split(' | ')
          .map((one) => one.slice(64))
          .sort();
  };
  const title = (who: Replica): string | null => who.currentValue('source', id, 'title');
  return { ann, ben, cat, both, say, holds, sides, title };
}

describe('undoing the resolution of a conflict', () => {
  it('reopens the conflict on every replica, even if the value kept was already the current one', () => {
    for (const kept of ['Ann’s', 'Ben’s', 'A third']) {
      const { ann, ben, both, say, holds, sides, title } = disagreement();
      const stood = title(ann);
      expect(sides(ann)).toEqual(['"Ann’s"', '"Ben’s"']);
      const resolved = say(ann, kept);
      expect(sides(ann)).toEqual([]);
      const undone = ann.undo(resolved);
      expect(undone.left).toEqual([]);
      expect([title(ann), sides(ann)]).toEqual([stood, ['"Ann’s"', '"Ben’s"']]);
      both();
      expect(stateOf(ben)).toBe(stateOf(ann));
      holds(ann);
      holds(ben);
      const redone = ann.undo(undone.commit, 'redoes');
      expect([title(ann), sides(ann)]).toEqual([JSON.stringify(kept), []]);
      ann.undo(redone.commit);
      expect(sides(ann)).toEqual(['"Ann’s"', '"Ben’s"']);
      both();
      say(ben, 'Settled');
      both();
      expect([title(ann), sides(ann)]).toEqual(['"Settled"', []]);
      holds(ann);
      for (const one of [ann, ben]) one.close();
    }
  });

  it('reopens a conflict between a deletion and an edit', () => {
    const { ann, ben, both, say, holds, sides } = disagreement(true);
    expect(sides(ann, 'deleted')).toEqual(['"Ben’s"', 'true']);
    const resolved = say(ann, false, 'deleted');
    expect(sides(ann, 'deleted')).toEqual([]);
    ann.undo(resolved);
    expect(sides(ann, 'deleted')).toEqual(['"Ben’s"', 'true']);
    both();
    holds(ben);
    expect(stateOf(ben)).toBe(stateOf(ann));
  });

  it('also reopens the conflict with a concurrent value that another person wrote meanwhile', () => {
    const { ann, ben, cat, both, say, holds, sides } = disagreement();
    cat.take(ann.packets());
    say(cat, 'Cat’s');
    const resolved = say(ann, 'A third');
    ann.take(cat.packets());
    ann.undo(resolved);
    expect(sides(ann)).toContain('"Cat’s"');
    holds(ann);
    both();
    holds(ben);
    expect(stateOf(ben)).toBe(stateOf(ann));
  });

  it('reopens nothing if there was no conflict', () => {
    const { ann, ben, both, say, sides } = disagreement();
    say(ann, 'Settled');
    const changed = say(ann, 'Changed');
    ann.undo(changed);
    both();
    expect([...sides(ann), ...sides(ben)]).toEqual([]);
  });

  it('reopens the conflict on a replica that receives the withheld changes later', () => {
    const { ann, ben, say, holds, sides } = disagreement();
    ann.undo(say(ann, 'A third'));
    const whole = ann.packets();
    ben.take(whole.map((packet) => withhold(packet, ({ field }) => field !== 'title-open')));
    holds(ben);
    expect(sides(ben)).toEqual([]);
    ben.take(whole);
    holds(ben);
    expect(sides(ben)).toEqual(['"Ann’s"', '"Ben’s"']);
  });
});
