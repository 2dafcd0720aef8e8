import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

/** The beginning of a project's history is valid in itself: that its end was cut off shows only where somebody has seen it. */
async function passedOn() {
  const folder = tempFolder();
  const ann = commandLine(folder, tempFolder());
  const dee = commandLine(folder, tempFolder());
  writeFileSync(join(folder, 'report.txt'), '流转土地4.8万亩，完成年度任务。\n');
  await ann('--person', 'Ann', 'new', 'county');
  await ann('--person', 'Ann', 'add', 'county', 'report.txt');
  const [source] = (await ann.json('sources', 'county')).value.sources;
  await ann('export', 'county', 'early.sbk');
  cpSync(join(folder, 'county.sourcebook'), join(folder, 'cut.sourcebook'), { recursive: true });
  await ann('--person', 'Ann', 'highlight', 'county', source.id, '--quote', '流转土地');
  await ann('--person', 'Ann', 'highlight', 'county', source.id, '--quote', '年度任务');
  await ann('export', 'county', 'late.sbk');
  return { folder, ann, dee, source: source.id as string };
}

const LACKS = /Another copy of this project, seen on .*, has 2 edits that aren’t here \(of Ann 2 edits\)\./u;
const OLDER =
  /This copy of the project is in an older state than another one on .*: 2 edits are missing, and nothing is new/u;

it('verifying names edits of a person that were in another copy, in a folder and in a file', async () => {
  const { folder, ann, dee, source } = await passedOn();
  await dee('import', 'mine', 'late.sbk');
  expect((await dee('verify', 'mine')).err).toBe('');
  expect(await dee('verify', 'late.sbk')).toMatchObject({ code: 0, err: '' });
  expect(await dee('verify', 'early.sbk')).toMatchObject({ code: 0, err: expect.stringMatching(LACKS) });
  // Once at its first opening, and by verifying until the edits are here.
  expect((await dee('sources', 'cut')).err).toMatch(OLDER);
  expect((await dee('sources', 'cut')).err).toBe('');
  const { value } = await dee.json('verify', 'cut');
  expect(value).toMatchObject({ ok: true, remarks: [{ kind: 'commit', message: expect.stringMatching(LACKS) }] });
  // With an edit of its own it is another copy, no older one.
  await ann('--person', 'Mallory', 'highlight', 'cut', source, '--quote', '完成');
  cpSync(join(folder, 'cut.sourcebook'), join(folder, 'cut2.sourcebook'), { recursive: true });
  expect((await dee('sources', 'cut2')).err).toBe('');
  expect((await dee('verify', 'cut2')).err).toMatch(LACKS);
  await dee('merge', 'cut2', 'mine');
  expect((await dee('verify', 'cut2')).err).toBe('');
}, 180_000);

it('says nothing of a copy under pseudonyms, of one that was never seen, and of a state that is said to be right', async () => {
  const { folder, ann, dee } = await passedOn();
  await ann('export', 'county', 'names-out.sbk', '--pseudonyms');
  expect((await dee('verify', 'early.sbk')).err).toBe('');
  await dee('import', 'mine', 'late.sbk');
  expect((await dee('verify', 'names-out.sbk')).err).not.toMatch(/Another copy/u);
  await dee('verify', 'cut', '--accept-older');
  expect((await dee('verify', 'cut')).err).toBe('');
  expect(folder).not.toBe('');
}, 180_000);

it('what is kept of seen edits names no project, folder or person', async () => {
  const folder = tempFolder();
  const home = tempFolder();
  const ann = commandLine(folder, home);
  await ann('--person', 'Ann', 'new', 'county');
  const text = readFileSync(join(home, 'seen-edits.json'), 'utf8');
  expect(text).not.toMatch(/county|Ann|sourcebook/u);
  expect(Object.values(JSON.parse(text) as object)).toMatchObject([{ chains: [{ edits: 1 }] }]);
}, 60_000);
