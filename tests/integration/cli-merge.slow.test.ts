import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';
import { unzipped, zipped } from '../support/bag.ts';

const REPORT =
  '柳泉县2023年政府工作报告（虚构样本）\n全年农村富余劳动力转移就业1234人次。\n2023年全县流转土地4.8万亩。\n';

/** Two analysts with copies of one project, and a lead; each on their own machine. */
async function team() {
  const folder = tempFolder();
  writeFileSync(join(folder, 'report.txt'), REPORT);
  const on = (name: string): CommandLine => commandLine(folder, join(folder, `home of ${name}`));
  const [lead, lin, mehmet] = [on('lead'), on('lin'), on('mehmet')];
  await lead('new', 'county', '--title', 'County reports', '--person', 'Lead');
  const source = (await lead.json('add', 'county', 'report.txt', '--person', 'Lead')).value.items[0].source;
  const mark = async (quote: string, ...more: string[]) =>
    (await lead.json('highlight', 'county', source, '--quote', quote, '--person', 'Lead', ...more)).value.passage.id;
  const land = await mark('流转土地4.8万亩', '--category', 'LND.RIGHTS');
  const labour = await mark('转移就业1234人次', '--memo', 'Persons or trips?');
  await lead('export', 'county', 'county.sbk', '--person', 'Lead');
  await lin('import', 'lins', 'county.sbk', '--person', 'Lin');
  await mehmet('import', 'mehmets', 'county.sbk', '--person', 'Mehmet');
  return { folder, lead, lin, mehmet, source, land, labour };
}

/** Every byte of a project but its cache. */
function bytesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((one) => join(one.parentPath, one.name)).filter((path) => !path.includes('/cache/'));
  return Object.fromEntries(
    paths
      .sort()
      .map((path) => [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

it('merges two analysts’ work: both conflicts are listed, A+B equals B+A, a dry run changes no byte, and the merge can be undone', async () => {
  const { folder, lead, lin, mehmet, land, labour } = await team();
  // Both people retagged the same passage; one of them is the lead, who worked on two machines.
  await lin('tag', 'lins', land, '--remove', 'LND.RIGHTS', '--add', 'FIG.ACT', '--person', 'Lin');
  await mehmet('tag', 'mehmets', land, '--add', 'SYS.PALT', '--person', 'Mehmet');
  await lead('tag', 'county', land, '--remove', 'LND.RIGHTS', '--add', 'TRF.PAIR', '--person', 'Lead');
  await lin('export', 'lins', 'lins.sbk', '--person', 'Lin');
  await mehmet('export', 'mehmets', 'mehmets.sbk', '--person', 'Mehmet');
  cpSync(join(folder, 'county.sourcebook'), join(folder, 'other.sourcebook'), { recursive: true });

  const before = bytesOf(join(folder, 'county.sourcebook'));
  const look = await lead.json('merge', 'county', 'mehmets.sbk', '--dry-run', '--person', 'Lead');
  expect(bytesOf(join(folder, 'county.sourcebook'))).toEqual(before);
  expect(look.code).toBe(0);
  // Mehmet's tag, and who he is.
  expect(look.value).toMatchObject({ adds: 2, changes: 0, refused: [], kind: 'same' });
  expect(look.value.conflicts).toEqual([
    expect.objectContaining({ entity: 'passage', record: land, field: 'tags', kind: 'tags' }),
  ]);

  for (const [project, ...files] of [
    ['county', 'mehmets.sbk', 'lins.sbk'],
    ['other', 'lins.sbk', 'mehmets.sbk'],
  ] as const)
    for (const file of files) expect((await lead('merge', project, file, '--person', 'Lead')).code).toBe(0);
  const passages = async (project: string) => (await lead.json('passages', project)).value.passages;
  expect(await passages('county')).toEqual(await passages('other'));
  const listed = await lead.json('conflicts', 'county', '--person', 'Lead');
  expect(listed.value).toEqual((await lead.json('conflicts', 'other', '--person', 'Lead')).value);
  expect(listed.value.conflicts[0]).toMatchObject({
    mine: expect.stringContaining('Removed Land-use-rights transfer'),
    sides: { mine: { person: 'Lead' } },
  });

  const again = await lead.json('merge', 'county', 'lins.sbk', '--person', 'Lead');
  expect(again.value).toMatchObject({ adds: 0, changes: 0, merge: null });
  const [{ id }] = (await lead.json('merges', 'county')).value.merges;
  expect((await lead.json('take-back', 'county', id, '--person', 'Lead')).value).toMatchObject({ left: [] });
  const offered = await lead.json('merge', 'county', 'lins.sbk', '--dry-run', '--person', 'Lead');
  expect(offered.value).toMatchObject({ adds: 0, takenBack: id });
  // Merging it again reports that it was undone, and how to restore it.
  const undone = await lead.json('merge', 'county', 'lins.sbk', '--person', 'Lead');
  expect(undone.value).toMatchObject({ adds: 0, restored: false, takenBack: id });
  expect((await lead('merge', 'county', 'lins.sbk', '--person', 'Lead')).out).toMatch(
    new RegExp(`merged before, then undone here[^]*restore-merge county ${id}`),
  );
  const restored = await lead.json('merge', 'county', 'lins.sbk', '--restore', '--person', 'Lead');
  expect(restored.value).toMatchObject({ restored: true, adds: 0, putBack: { records: 1, left: 0 } });
  expect(await passages('county')).toEqual(await passages('other'));
  expect((await lead.json('verify', 'county')).value).toMatchObject({ ok: true });
  expect(labour).not.toBe(land);
}, 180_000);

it('lists a conflict between deleting and editing a memo, and resolves it; work can go on before that', async () => {
  const { lead, lin, labour } = await team();
  // One person at two machines: memos are edited by whom they are.
  const copied = await lead('import', 'home', 'county.sbk', '--person', 'Lead');
  expect(copied.code).toBe(0);
  await lead('memo', 'home', labour, '', '--person', 'Lead');
  await lead('memo', 'county', labour, 'Person-times, see the table', '--person', 'Lead');
  const merged = await lead.json('merge', 'county', 'home', '--person', 'Lead');
  const [conflict] = merged.value.conflicts;
  expect(conflict).toMatchObject({
    entity: 'memo',
    field: 'deleted',
    mine: 'Person-times, see the table',
    // What it said for the one who removed it: the other text is not theirs.
    theirs: 'In trash. Last text: Persons or trips?',
  });
  expect((await lead('tag', 'county', labour, '--add', 'FIG.ACT', '--person', 'Lead')).code).toBe(0);
  const resolved = await lead.json('resolve', 'county', conflict.id, '--keep', 'mine', '--person', 'Lead');
  expect(resolved.value).toEqual({ conflict: conflict.id, open: 0 });
  expect((await lead.json('resolve', 'county', conflict.id, '--keep', 'mine')).value.error.code).toBe('NOT_FOUND');
  expect((await lead.json('resolve', 'county', conflict.id)).code).toBe(2);
  await lin('merge', 'lins', 'county', '--person', 'Lin');
  expect((await lin.json('conflicts', 'lins')).value.conflicts).toEqual([]);
}, 180_000);

it('exits 3 where something in the file is rejected, also in a preview, and 0 where nothing is', async () => {
  const { folder, lead } = await team();
  const whole = await unzipped(join(folder, 'county.sbk'));
  await zipped(join(folder, 'more.sbk'), [...whole, ['county/data/more.txt', Buffer.from('x')]]);
  for (const dry of [['--dry-run'], []]) {
    expect((await lead('merge', 'county', 'county.sbk', '--person', 'Lead', ...dry)).code).toBe(0);
    const { code, value } = await lead.json('merge', 'county', 'more.sbk', '--person', 'Lead', ...dry);
    expect([code, value.refused.map(({ id }: { id: string }) => id)]).toEqual([3, ['data/more.txt']]);
  }
});
