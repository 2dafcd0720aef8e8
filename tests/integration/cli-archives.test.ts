import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';
import { gzippedWarc, response } from '../support/warc.ts';

it('adds pages of an archive by address, or all of them, and reports each page on a line of its own', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  const page = (name: string) =>
    response({ url: `https://county.example/${name}`, body: `<title>${name}</title>${name}` });
  writeFileSync(join(folder, 'crawl.warc.gz'), gzippedWarc([page('one'), page('two'), page('three')]));
  await sourcebook('new', 'crawled', '--codebook', 'empty');
  const add = (...options: string[]) => sourcebook.json('add', 'crawled', 'crawl.warc.gz', ...options);
  const unsaid = await add();
  expect([unsaid.code, unsaid.value.items[0].error.code]).toEqual([1, 'AMBIGUOUS']);
  const two = ['--page', 'https://county.example/one', '--page', 'https://county.example/two'];
  const some = await add(...two);
  expect([some.code, some.value.items.map((item: { page: string }) => item.page)]).toEqual([0, [two[1], two[3]]]);
  const all = await add('--all-pages');
  expect(all.value.items.map((item: { status: string }) => item.status)).toEqual(['duplicate', 'duplicate', 'added']);
  const gone = await add('--page', 'https://county.example/four');
  expect(gone.code).toBe(1);
  expect(gone.value.items.at(-1)).toMatchObject({
    page: 'https://county.example/four',
    error: { code: 'NOT_FOUND' },
  });
  expect((await add('--all-pages', ...two)).code).toBe(2);
  const { sources } = (await sourcebook.json('sources', 'crawled')).value;
  expect(sources).toHaveLength(3);
  expect(sources[0]).toMatchObject({ title: 'one', archive: { format: 'warc', url: 'https://county.example/one' } });
});
