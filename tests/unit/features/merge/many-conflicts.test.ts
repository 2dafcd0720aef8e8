import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import type { Person } from '../../../../electron/db/types.ts';
import { openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

it('A preview lists the first thousand conflicts and counts them all; the rest can be resolved after it', async () => {
  const [annIs, bobIs] = [somebody('Ann'), somebody('Bob')];
  const { engine, folder } = await testProject({ person: annIs });
  await engine.close();
  const memos = Array.from({ length: 1001 }, () => newId());
  const write = (at: string, person: Person, text: string): void => {
    const db = openProject({ folder: at, person });
    db.write.commit(
      text,
      memos.map((id) => ({ entity: 'memo', id, field: 'text', value: text })),
    );
    db.close();
  };
  write(folder, annIs, 'As it was');
  const bobAt = join(tempFolder(), 'Bobs.sourcebook');
  cpSync(folder, bobAt, { recursive: true });
  write(folder, annIs, 'As Ann has it');
  write(bobAt, bobIs, 'As Bob has it');

  const ann = await openFor(folder, annIs);
  const { conflicts, conflictsTotal } = await ann.call('merge.preview', { path: bobAt });
  expect([conflicts.length, conflictsTotal]).toEqual([1000, 1001]);
  expect(conflicts[0]).toMatchObject({ mine: { text: 'As Ann has it' }, incoming: { text: 'As Bob has it' } });
  const report = await ann.call('merge.apply', { path: bobAt });
  expect([report.conflicts, report.conflictsTotal]).toEqual([conflicts, 1001]);

  const first = await ann.call('merge.conflicts', {});
  const rest = await ann.call('merge.conflicts', { after: first.next ?? '' });
  const open = [...first.conflicts, ...rest.conflicts];
  expect([first.conflicts.length, first.total, rest.conflicts.length, rest.next]).toEqual([1000, 1001, 1, null]);
  expect(new Set(open.map(({ id }) => id)).size).toBe(1001);
  const last = open.at(-1);
  expect(conflicts).toEqual(open.slice(0, 1000));
  await ann.call('merge.resolve', { conflict: last?.id ?? '', keep: 'incoming' });
  expect(await ann.call('merge.conflicts', { limit: 0 })).toEqual({ conflicts: [], total: 1000, next: null });
  // The place of a conflict stays valid when it is resolved.
  await ann.call('merge.resolve', { conflict: open[999]?.id ?? '', keep: 'mine' });
  expect((await ann.call('merge.conflicts', { after: first.next ?? '' })).conflicts).toEqual([]);
  const [one] = open;
  const found = await ann.call('merge.conflicts', { startsWith: one?.id.slice(0, 12) ?? '' });
  expect([found.total, found.conflicts]).toEqual([1, [one]]);
});
