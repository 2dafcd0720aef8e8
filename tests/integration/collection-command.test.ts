import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

it('makes, fills, empties and removes collections, and says which there are where a name fits none', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  writeFileSync(join(folder, 'report.txt'), 'Land was transferred.');
  await sourcebook('new', 'county');
  const source = (await sourcebook.json('add', 'county', 'report.txt')).value.items[0].source;
  const made = await sourcebook.json('collection', 'new', 'county', 'Work reports');
  expect(made.value.collection).toMatchObject({ name: 'Work reports', sources: [] });
  const { id } = made.value.collection;
  const filled = await sourcebook.json('collection', 'add', 'county', 'work REPORTS', source.slice(0, 8));
  expect(filled.value.collection).toEqual({ id, name: 'Work reports', sources: [source] });
  const within = await sourcebook.json('sources', 'county', '--collection', 'Work reports');
  expect(within.value.sources).toMatchObject([{ id: source, collections: ['Work reports'] }]);
  for (const args of [
    ['sources', 'county', '--collection', 'Nothing'],
    ['collection', 'add', 'county', 'Nothing', source],
  ]) {
    const { code, value } = await sourcebook.json(...args);
    expect(code).toBe(1);
    expect(value.error).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/^No collection “.*Nothing.*”\. There are “.*Work reports.*”\.$/),
    });
  }
  const emptied = await sourcebook.json('collection', 'remove', 'county', id, source);
  expect(emptied.value.collection.sources).toEqual([]);
  expect((await sourcebook.json('collection', 'remove', 'county', id)).value).toEqual({ removed: id });
  expect((await sourcebook.json('collection', 'list', 'county')).value).toEqual({ collections: [] });
  const none = await sourcebook.json('sources', 'county', '--collection', 'Nothing');
  expect(none.value.error.message).toMatch(/This project has none\.$/);
  expect((await sourcebook.json('sources', 'county')).value.sources).toHaveLength(1);
});
