import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { article, reprint } from '../support/copies.ts';
import { commandLine } from '../support/cli.ts';
import { seeded } from '../support/seeded.ts';
import { tempFolder } from '../support/temp.ts';

it('lists the copies that are found, confirms them, tells others apart and takes that back', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  const random = seeded(1);
  const text = article(random, 'english', 4);
  writeFileSync(join(folder, 'daily.txt'), text);
  writeFileSync(join(folder, 'weekly.txt'), reprint(random, text, 'english', 'edited'));
  writeFileSync(join(folder, 'other.txt'), article(random, 'english'));
  await sourcebook('new', 'county');
  const added = (await sourcebook.json('add', 'county', 'daily.txt', 'weekly.txt', 'other.txt')).value.items;
  const [daily, weekly, other] = added.map(({ source }: { source: string }) => source);
  const found = (await sourcebook.json('copies', 'county')).value;
  expect(found).toMatchObject({ groups: [], found: [{ sources: [{ how: 'same' }, { how: 'same' }] }] });
  // In the order in which they came in.
  const both: string[] = found.found[0].sources.map(({ source }: { source: string }) => source);
  expect(new Set(both)).toEqual(new Set([daily, weekly]));
  const { group } = (await sourcebook.json('copies', 'confirm', 'county', daily, weekly, '--origin', daily)).value;
  expect(group).toEqual({ sources: both, origin: daily, disputed: [], apart: [] });
  expect((await sourcebook.json('copies', 'county', '--no-look')).value).toMatchObject({
    groups: [{ sources: both, origin: daily }],
    found: [],
    looked: 3,
  });
  await sourcebook('copies', 'withdraw', 'county', weekly);
  await sourcebook('copies', 'apart', 'county', daily, weekly, other);
  expect((await sourcebook.json('copies', 'county')).value).toMatchObject({ groups: [], found: [] });
  expect((await sourcebook.json('copies', 'confirm', 'county', daily)).code).toBe(1);
});
