import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId } from '../../electron/db/index.ts';
import { passageId, personId } from '../../shared/model/index.ts';
import { unzipped, zipped } from '../support/bag.ts';
import { commandLine } from '../support/cli.ts';
import { ANNOTATIONS, replaced } from '../support/edited-bag.ts';
import { categoriesOf, openFor, somebody } from '../support/project.ts';
import { moveEdits, writeBehind } from '../support/review.ts';
import { tempFolder } from '../support/temp.ts';

/** Ann's project with one passage, and Ben's copy of it on another machine. */
async function two() {
  const folder = tempFolder();
  writeFileSync(join(folder, 'report.txt'), '流转土地4.8万亩，完成年度任务。\n');
  const [ann, ben] = ['ann', 'ben'].map((name) => commandLine(folder, join(folder, `home of ${name}`), {}, true));
  if (ann === undefined || ben === undefined) throw new Error('Two');
  await ann('person', 'add', 'Ann');
  await ben('person', 'add', 'Ben');
  await ann('new', 'county');
  const source = (await ann.json('add', 'county', 'report.txt')).value.items[0].source;
  const marked = await ann.json('highlight', 'county', source, '--quote', '流转土地', '--category', 'TRF.PAIR');
  await ann('export', 'county', 'county.sbk');
  await ben('import', 'bens', 'county.sbk');
  return { folder, ann, ben, source, passage: passageId.parse(marked.value.passage.id) };
}

it(
  'a dry run and a merge warn of a step in another person’s name, and verifying fails',
  { timeout: 120_000 },
  async () => {
    const { folder, ann, passage } = await two();
    const persons = (await ann.json('person', 'list', 'county')).value.persons;
    const annId = personId.parse(persons.find(({ name }: { name: string }) => name === 'Ann').id);
    const mallory = somebody('Mallory');
    writeBehind(
      join(folder, 'bens.sourcebook'),
      mallory,
      'Approve passage',
      moveEdits(newId(), passage, 'approved', annId, null),
    );
    const said = /WARNING: not signed by the person named\. .*A review step in Ann’s name is signed by Mallory/;
    const look = await ann('merge', 'county', 'bens', '--dry-run');
    expect([look.code, look.err]).toEqual([0, expect.stringMatching(said)]);
    expect((await ann('verify', 'county')).code).toBe(0);
    const merged = await ann('merge', 'county', 'bens');
    expect([merged.code, merged.err]).toEqual([0, expect.stringMatching(said)]);
    const verified = await ann.json('verify', 'county');
    expect(verified.code).toBe(3);
    expect(verified.value).toMatchObject({ ok: false, failures: [{ kind: 'author' }] });
  },
);

it('tags left behind are in the dry run, and carry-tags moves or leaves them', { timeout: 120_000 }, async () => {
  const { folder, ann, ben, source } = await two();
  const own = await ben.json('highlight', 'bens', source, '--quote', '年度任务', '--category', 'TRF.PAIR');
  const tagged = async () =>
    (await ann.json('passages', 'county')).value.passages
      .find(({ id }: { id: string }) => id === own.value.passage.id)
      .tags.map(({ category }: { category: string }) => category);
  const cat = await openFor(join(folder, 'county.sourcebook'), somebody('Cat'));
  await cat.call('categories.archive', { ids: await categoriesOf(cat, 'TRF.PAIR'), archived: true });
  await cat.close();
  const look = await ann('merge', 'county', 'bens', '--dry-run');
  expect(look.out).toMatch(/left behind with .*TRF\.PAIR.*: 1 tag by .*Ben.*, added while .*Cat.* archived it/);
  expect((await ann.json('merge', 'county', 'bens', '--dry-run')).value.leftTags).toMatchObject([
    { category: { code: 'TRF.PAIR' }, how: 'archived', tags: 1, by: 'Cat', people: ['Ben'] },
  ]);
  expect((await ann('merge', 'county', 'bens')).out).toContain('sourcebook carry-tags county <category>');
  expect((await ann('carry-tags', 'county', 'TRF.PAIR')).code).toBe(2);
  expect((await ann('carry-tags', 'county', 'TRF.PAIR', '--keep', '--into', 'LND.RIGHTS')).code).toBe(2);
  const moved = await ann('carry-tags', 'county', 'TRF.PAIR', '--into', 'LND.RIGHTS');
  expect([moved.code, moved.out]).toEqual([0, 'Moved 1 tag.\n']);
  expect(await tagged()).toEqual(['LND.RIGHTS']);
  await ann('undo', 'county');
  expect((await ann('carry-tags', 'county', 'TRF.PAIR', '--keep')).out).toBe('They stay where they are.\n');
  expect(await tagged()).toEqual(['TRF.PAIR']);
  const none = await ann.json('carry-tags', 'county', 'TRF.PAIR', '--keep');
  expect([none.code, none.value.error.code]).toEqual([1, 'NOT_FOUND']);
});

it(
  'a dry run and a merge say that a file was changed, also if nothing in it is new',
  { timeout: 120_000 },
  async () => {
    const { folder, ann } = await two();
    await zipped(
      join(folder, 'edited.sbk'),
      replaced(await unzipped(join(folder, 'county.sbk')), ANNOTATIONS, '流转土地', '征收土地'),
    );
    const said =
      /^WARNING: what is merged was changed by another program after it was written\..*\n {2}.?The annotation of passage .* isn’t what the file’s signed history says\./m;
    const look = await ann('merge', 'county', 'edited.sbk', '--dry-run');
    expect([look.code, look.err]).toEqual([0, expect.stringMatching(said)]);
    const merged = await ann('merge', 'county', 'edited.sbk');
    expect([merged.code, merged.out, merged.err]).toEqual([0, 'Nothing new to merge.\n', expect.stringMatching(said)]);
    expect((await ann.json('merge', 'county', 'edited.sbk')).value.edited).toMatchObject([{ kind: 'annotations' }]);
    expect((await ann('merge', 'county', 'county.sbk')).err).not.toContain('WARNING');
  },
);
