import { copyFileSync, cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import { testHost } from '../../support/host.ts';
import { addFile, mark, newFolder, openFor, somebody } from '../../support/project.ts';

const WINDOW = 'main-1';

/** A host with a project in its window, and a colleague's project file with a passage more. */
async function withFile() {
  const host = testHost();
  // In the host's own folder, which goes after it was closed.
  const at = host.folder;
  const folder = newFolder({ at });
  const own = await openFor(folder, host.home.person());
  await own.call('projectFile.export', { path: join(at, 'base.sbk') });
  await own.close();
  const bob = somebody('Bob');
  const theirs = join(at, 'Bobs.sourcebook');
  await importProjectFile({ file: join(at, 'base.sbk'), folder: theirs, person: bob });
  const engine = await openFor(theirs, bob);
  const { id } = await addFile(engine, 'report.txt', '全县转移农村富余劳动力1234人次。\n');
  await mark(engine, id, '富余劳动力');
  const file = join(at, 'bobs.sbk');
  await engine.call('projectFile.export', { path: file });
  await engine.close();
  host.answers.project = folder;
  await host.calls['app.openProject'](WINDOW, {});
  return { host, file, theirs };
}
const offered = (host: ReturnType<typeof testHost>, path: string, release: () => void = () => undefined) =>
  host.workspace.offeredFiles.add(WINDOW, path, { release }).token;

it('merges a chosen file: previewed as often as wanted, merged once, and reported to the windows', async () => {
  const { host, file } = await withFile();
  host.answers.merge = file;
  const { offers } = await host.calls['app.pickMerge'](WINDOW, { what: 'file' });
  expect(offers).toMatchObject([{ name: 'bobs.sbk' }]);
  const from = { offer: offers[0]?.token ?? '' };
  const preview = await host.calls['app.previewMerge'](WINDOW, { from });
  expect(preview).toMatchObject({ kind: 'same', byPerson: [{ name: 'Bob' }], files: { originals: 1 } });
  expect(await host.calls['app.previewMerge'](WINDOW, { from })).toEqual(preview);
  const report = await host.calls['app.merge'](WINDOW, { from, restore: false });
  expect(report).toMatchObject({ adds: preview.adds, refused: [] });
  expect(host.told.map(({ event }) => event)).toEqual(expect.arrayContaining(['merge.progress', 'project.changed']));
  const later = await host.gate.call(WINDOW, 'app.merge', { from });
  expect(later).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  host.answers.merge = null;
  expect(await host.calls['app.pickMerge'](WINDOW, { what: 'folder' })).toEqual({ offers: [] });
});

it('keeps an upload until it is merged, for its own window only', async () => {
  const { host, file } = await withFile();
  const gone = join(host.folder, 'gone');
  const offer = offered(host, file, () => writeFileSync(gone, ''));
  await host.calls['app.previewMerge'](WINDOW, { from: { offer } });
  expect(existsSync(gone)).toBe(false);
  expect(await host.gate.call('main-2', 'app.previewMerge', { from: { offer } })).toMatchObject({ ok: false });
  await host.calls['app.merge'](WINDOW, { from: { offer }, restore: false });
  expect(existsSync(gone)).toBe(true);
});

it('can be stopped from the window, and started again; a recent project is merged from its folder', async () => {
  const { host, theirs } = await withFile();
  host.home.remember({ folder: theirs, title: 'Bobs', sources: 1 });
  const from = { recent: host.home.keyOf(theirs) };
  const running = host.gate.call(WINDOW, 'app.merge', { from });
  // Once it runs: before that there is nothing to stop.
  await host.event('merge.progress');
  await host.calls['app.cancelMerge'](WINDOW, {});
  const stopped = await running;
  if (!stopped.ok) expect(stopped.error.code).toBe('CANCELLED');
  expect(await host.gate.call(WINDOW, 'app.merge', { from })).toMatchObject({ ok: true });
  await host.calls['app.cancelMerge'](WINDOW, {});
  expect(await host.gate.call(WINDOW, 'app.previewMerge', { from: { recent: 'nowhere' } })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});

it('merges a conflict copy of the project’s database, without losing anyone’s work', async () => {
  const { host, theirs } = await withFile();
  const folder = host.answers.project ?? '';
  // What a service makes of two machines that wrote at once: the other's database, under a name beside ours, and its files in ours.
  copyFileSync(join(theirs, 'project.sqlite'), join(folder, 'project.sync-conflict-20260114-093012-ABCDEFG.sqlite'));
  for (const part of ['originals', 'layers']) cpSync(join(theirs, part), join(folder, part), { recursive: true });
  const [copy] = (await host.calls['app.conflictCopies'](WINDOW, {})).copies;
  const from = { copy: copy?.key ?? '' };
  const preview = await host.calls['app.previewMerge'](WINDOW, { from });
  expect(preview).toMatchObject({ kind: 'same', byPerson: [{ name: 'Bob' }], refused: [], files: { missing: [] } });
  await host.calls['app.merge'](WINDOW, { from, restore: false });
  expect(await host.gate.call(WINDOW, 'project.info', {})).toMatchObject({ value: { sources: 1, passages: 1 } });
  expect(await host.gate.call(WINDOW, 'project.verify', {})).toMatchObject({ value: { ok: true } });
  const again = await host.calls['app.merge'](WINDOW, { from, restore: false });
  expect(again).toMatchObject({ id: null, adds: 0, changes: 0 });
});
