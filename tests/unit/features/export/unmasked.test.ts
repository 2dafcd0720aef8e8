import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CallInput } from '../../../../shared/contract/index.ts';
import { markPrivate, maskWords } from '../../../support/masks.ts';
import { addFile, codeOf, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { tempFolder } from '../../../support/temp.ts';
import { plainWarc, response } from '../../../support/warc.ts';
import { desk, folderOf } from '../sources/support.ts';

type Options = CallInput<'projectFile.export'>['options'];

/** Two sources; a passage in the news is marked as naming a private person. */
async function naming() {
  const { engine, folder, person } = await testProject();
  const news = await addFile(engine, 'news.txt', 'The villager Zulhayat sews. She earns 2,300.');
  const plan = await addFile(engine, 'plan.txt', 'The plan says 2,300 yuan.');
  const passage = await mark(engine, news.id, 'villager Zulhayat');
  await mark(engine, plan.id, 'The plan');
  await markPrivate(engine, passage.id);
  const out = tempFolder();
  let made = 0;
  const write = (options?: Options) =>
    engine.call('projectFile.export', {
      path: join(out, `${made++}.sbk`),
      ...(options === undefined ? {} : { options }),
    });
  return { engine, folder, person, news, plan, passage, out, write };
}

it('is refused while one of its sources has a passage that names a private person and isn’t masked, and leaves no file', async () => {
  const { engine, news, plan, passage, out, write } = await naming();
  await expect(write()).rejects.toMatchObject({
    data: { code: 'UNMASKED', context: { passages: [passage.id], sources: [news.id] } },
  });
  expect(await codeOf(write({ only: { sources: [news.id] } }))).toBe('UNMASKED');
  expect(await codeOf(write({ protection: { passphrase: 'four plain words here' } }))).toBe('UNMASKED');
  expect(readdirSync(out)).toEqual([]);
  expect(await engine.call('projectFile.masks', {})).toEqual({ masks: 0, leftOut: 0, unmasked: 1 });
  // Another source can’t show who is named in this one.
  const only = { sources: [plan.id] };
  expect(await engine.call('projectFile.masks', { only })).toEqual({ masks: 0, leftOut: 0, unmasked: 0 });
  await write({ only });
  // For teammates who mask them.
  await write({ unmasked: true });
  await maskWords(engine, news.id, 'Zulhayat');
  expect(await engine.call('projectFile.masks', {})).toEqual({ masks: 1, leftOut: 0, unmasked: 0 });
  await write();
  expect(readdirSync(out)).toHaveLength(3);
});

it('is refused for a part whose own passages name nobody: the original goes with it', async () => {
  const { engine, news, write } = await naming();
  const { id } = await mark(engine, news.id, 'She earns 2,300');
  const [category] = (await engine.call('codebook.get', {})).categories;
  if (category === undefined) throw new Error('The codebook is empty');
  await engine.call('tags.change', { passages: [id], add: [category.id], remove: [] });
  expect(await codeOf(write({ only: { categories: [category.id] } }))).toBe('UNMASKED');
});

it('is refused where the source that names somebody is in the trash, since the file has it too; but not under pseudonyms', async () => {
  const { engine, news, write } = await naming();
  await engine.call('sources.remove', { ids: [news.id] });
  expect(await codeOf(write())).toBe('UNMASKED');
  expect((await engine.call('projectFile.masks', {})).unmasked).toBe(1);
  expect((await engine.call('projectFile.masks', { pseudonyms: true })).unmasked).toBe(0);
  await write({ pseudonyms: true });
  await engine.call('sources.restore', { ids: [news.id] });
  await maskWords(engine, news.id, 'Zulhayat');
  await engine.call('sources.remove', { ids: [news.id] });
  await write();
});

it('under pseudonyms is refused even if that is meant, and has no source of which something is masked', async () => {
  const { engine, news, plan, out, write } = await naming();
  expect(await codeOf(write({ pseudonyms: true, unmasked: true }))).toBe('UNMASKED');
  await maskWords(engine, news.id, 'Zulhayat');
  expect(await engine.call('projectFile.masks', { pseudonyms: true })).toEqual({ masks: 0, leftOut: 1, unmasked: 0 });
  const { leftOut, path } = await write({ pseudonyms: true });
  expect([leftOut, readdirSync(out)]).toEqual([1, ['1.sbk']]);
  const folder = join(tempFolder(), 'Theirs.sourcebook');
  const eve = somebody('Eve');
  await importProjectFile({ file: path, folder, person: eve });
  const theirs = await openFor(folder, eve);
  expect((await theirs.call('sources.list', {})).sources.map(({ id }) => id)).toEqual([plan.id]);
  expect(await codeOf(write({ pseudonyms: true, only: { sources: [news.id] } }))).toBe('NOT_FOUND');
});

it('is not refused in a copy for blind coding: what a coder submits goes back to whoever has the originals', async () => {
  const { engine } = await testProject();
  const { id: source } = await addFile(engine, 'news.txt', 'The villager Zulhayat sews.');
  await mark(engine, source, 'The villager');
  const file = join(tempFolder(), 'blind.sbk');
  await engine.call('assignments.create', { path: file, coder: 'Ben', sample: 'sources' });
  const folder = join(tempFolder(), 'Blind.sourcebook');
  const ben = somebody('Ben');
  await importProjectFile({ file, folder, person: ben });
  const blind = await openFor(folder, ben);
  await markPrivate(blind, (await mark(blind, source, 'villager Zulhayat')).id);
  const write = (name: string, options?: Options) =>
    blind.call('projectFile.export', { path: join(tempFolder(), name), ...(options === undefined ? {} : { options }) });
  expect((await blind.call('projectFile.masks', {})).unmasked).toBe(0);
  await write('submitted.sbk');
  expect((await blind.call('projectFile.masks', { pseudonyms: true })).unmasked).toBe(1);
  expect(await codeOf(write('others.sbk', { pseudonyms: true }))).toBe('UNMASKED');
});

it('under pseudonyms has no page of an archive of which another page has a mask', async () => {
  const { engine } = await desk();
  const page = (name: string) =>
    response({
      url: `https://county.example/${name}`,
      date: '2024-05-06T07:08:09Z',
      body: `<!doctype html><html><head><title>${name}</title></head><body><p>Here is ${name}.</p></body></html>`,
    });
  const folder = folderOf({ 'crawl.warc': plainWarc([page('one'), page('two')]) });
  await engine.call('import.run', { job: 'job', paths: [join(folder, 'crawl.warc')], allPages: true });
  const [one, two] = (await engine.call('sources.list', {})).sources;
  if (one === undefined || two === undefined) throw new Error('Both pages are sources');
  await maskWords(engine, one.id, 'Here');
  const other = await addFile(engine, 'plan.txt', 'The plan.');
  expect(other.id).not.toBe(two.id);
  const path = join(tempFolder(), 'out.sbk');
  expect(await engine.call('projectFile.export', { path, options: { pseudonyms: true } })).toMatchObject({
    leftOut: 2,
  });
});
