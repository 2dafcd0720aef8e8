import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { type Edit, query } from '../../../../electron/db/types.ts';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { signedAgain, signedForOthers } from '../../../../electron/project/people/signers.ts';
import { addFile, categoriesOf, copyFor, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

const edits = (entity: Edit['entity'], id: string, fields: Record<string, string | object>): Edit[] =>
  Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }) as Edit);

const tagOf = query<{ passage: string; category: string }, { id: string }>(
  'test.tagOf',
  'SELECT id FROM p_tag WHERE passage = $passage AND category = $category',
);

/** Ann’s project with what Mallory’s program forged, merged after the evidence was read. */
async function forged() {
  const { engine: ann, folder, person } = await testProject();
  const source = await addFile(ann, 'report.txt', '流转土地4.8万亩。组织培训。转移就业。\n');
  const [pair = '', rights = '', act = ''] = await categoriesOf(ann, 'TRF.PAIR', 'LND.RIGHTS', 'FIG.ACT');
  const own = await mark(ann, source.id, '流转土地', { categories: await categoriesOf(ann, 'TRF.PAIR', 'FIG.ACT') });
  await ann.call('translations.set', { passage: own.id, text: 'Land was transferred.' });
  const { translations } = await ann.call('review.get', { passage: own.id });
  const untagged = await mark(ann, source.id, '组织培训');
  const mallory = await copyFor(ann, 'Mallory');
  const hers = await mark(mallory.engine, source.id, '转移就业', { categories: await categoriesOf(ann, 'FIG.ACT') });
  await mallory.engine.close();
  const db = openProject({ folder: mallory.folder, person: mallory.person });
  const changed = db.read.get(tagOf, { passage: own.id, category: act })?.id ?? '';
  db.close();
  const { anchor, layer } = untagged;
  writeBehind(mallory.folder, mallory.person, 'x', [
    ...edits('tag', newId(), { passage: untagged.id, category: pair, person: person.id }),
    ...edits('tag', changed, { category: rights }),
    ...edits('passage', newId(), { source: source.id, layer, anchor, person: person.id }),
    ...edits('translation', translations[0]?.id ?? '', {
      draft: { text: 'Nothing was.', person: person.id, method: 'human' },
    }),
  ]);
  await found(ann, 'person:Ann');
  await ann.call('merge.apply', { path: mallory.folder });
  return { ann, folder, person, mallory, own, hers, untagged };
}

const found = async (engine: Engine, query: string): Promise<number> => {
  const { faults, total } = await engine.call('evidence.rows', { query, count: 0 });
  expect(faults).toEqual([]);
  return total;
};

/** Each category of each row with who gave it, and who made the passage. */
async function shown(engine: Engine) {
  const { categories } = await engine.call('codebook.get', {});
  const { people } = await engine.call('people.list', {});
  const codeOf = (id: string) => categories.find((one) => one.id === id)?.code;
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? id;
  const { rows } = await engine.call('evidence.rows', {});
  return rows
    .map(({ quote, person, categories: given }) =>
      [
        `${quote} ${nameOf(person)}:`,
        ...given.map((one) => `${codeOf(one.category)} ${one.people.map(nameOf).join()}`),
      ].join(' '),
    )
    .toSorted();
}
const SHOWN = [
  '流转土地 Ann: TRF.PAIR Ann LND.RIGHTS Mallory',
  '组织培训 Ann: TRF.PAIR Mallory',
  '组织培训 Mallory:',
  '转移就业 Mallory: FIG.ACT Mallory',
].toSorted();

it('counts what somebody else signed in a person’s name as of who signed it: rows, filters, groups, matrix and files', async () => {
  const { ann, folder, person } = await forged();
  const check = async (engine: Engine): Promise<void> => {
    expect(await shown(engine)).toEqual(SHOWN);
    expect(await found(engine, 'person:Ann category:LND.RIGHTS NOT category:TRF.PAIR')).toBe(0);
    expect(await found(engine, 'person:Ann')).toBe(2);
    expect(await found(engine, 'person:Mallory')).toBe(4);
    const { groups } = await engine.call('evidence.rows', { group: 'tagger' });
    expect(groups.map(({ label, count }) => [label, count])).toEqual(
      expect.arrayContaining([
        ['Ann', 1],
        ['Mallory', 3],
      ]),
    );
    const { columns, rows } = await engine.call('evidence.matrix', { columns: 'tagger' });
    const at = columns.findIndex(({ value }) => value === person.id);
    const [pair, rights] = await categoriesOf(engine, 'TRF.PAIR', 'LND.RIGHTS');
    const ofAnn = (category: string | undefined) => rows.find((row) => row.category === category)?.own[at];
    expect([ofAnn(pair), ofAnn(rights)]).toEqual([1, 0]);
    const path = join(tempFolder(), 'rows.csv');
    await engine.call('evidence.write', { columns: ['quote', 'category', 'person'], path });
    const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n').slice(1);
    expect(lines.map((line) => line.split(',').slice(0, 4).join()).toSorted()).toEqual(
      [
        '流转土地,"TRF.PAIR; LND.RIGHTS","Ann; Mallory",Ann',
        '组织培训,TRF.PAIR,Mallory,Ann',
        '组织培训,,,Mallory',
        '转移就业,FIG.ACT,Mallory,Mallory',
      ].toSorted(),
    );
  };
  await check(ann);
  await ann.close();
  const again = await openFor(folder, person);
  await check(again);
  await again.close();
});

it('says in a report who signed a translation, a tag and a passage, and not whose name is on it', async () => {
  const { ann } = await forged();
  const path = join(tempFolder(), 'report.csv');
  await ann.call('report.write', { path, format: 'csv' });
  const [head = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split('\r\n');
  const columns = head.split(',').slice(7);
  const said = (quote: string, of: string) => {
    const cells =
      rows
        .find((one) => one.includes(quote))
        ?.replaceAll(/"[^"]*"/g, 'several')
        .split(',')
        .slice(7) ?? [];
    return cells[columns.indexOf(of)];
  };
  expect(
    ['coded by Ann', 'coded by Mallory', 'translator', 'highlighted by'].map((of) => said('流转土地', of)),
  ).toEqual(['TRF.PAIR', 'LND.RIGHTS', 'Mallory', 'Ann']);
  expect(['coded by Ann', 'coded by Mallory'].map((of) => said('组织培训', of))).toEqual(['', 'TRF.PAIR']);
});

it('leaves work from another project, of another’s merged category and under pseudonyms in the names that it has', async () => {
  const { engine: ann } = await testProject();
  const other = await testProject({ person: somebody('Bob'), title: 'Other county', at: tempFolder() });
  const source = await addFile(other.engine, 'other.txt', '组织培训。\n');
  await mark(other.engine, source.id, '组织培训', { categories: await categoriesOf(other.engine, 'TRF.PAIR') });
  await other.engine.close();
  await ann.call('merge.apply', { path: other.folder, add: { sources: [source.id] } });
  const [pair, rights] = await categoriesOf(ann, 'TRF.PAIR', 'LND.RIGHTS');
  if (pair === undefined || rights === undefined) throw new Error('The codebook has them');
  await ann.call('categories.merge', { ids: [pair], into: rights });
  expect(await shown(ann)).toEqual(['组织培训 Bob: LND.RIGHTS Bob']);
  const file = join(tempFolder(), 'shared.sbk');
  await ann.call('projectFile.export', { path: file, options: { pseudonyms: true } });
  await ann.close();
  const folder = join(tempFolder(), 'Eves.sourcebook');
  await importProjectFile({ file, folder, person: somebody('Eve') });
  const eve = await openFor(folder, somebody('Eve'));
  expect(await shown(eve)).toEqual(['组织培训 Coder 2: LND.RIGHTS Coder 2']);
  await eve.close();
});

it('looks for such tags in the log’s order, and through an index', async () => {
  const { engine, folder, person } = await testProject();
  await engine.close();
  const db = openProject({ folder, person });
  expect(db.read.plan(signedForOthers)).toContain('SEARCH m USING INTEGER PRIMARY KEY');
  expect(db.read.plan(signedForOthers)).toContain('SEARCH h USING PRIMARY KEY (c=?)');
  expect(db.read.plan(signedAgain)).toContain('SEARCH h USING COVERING INDEX change_by_field (ent>? AND ent<?)');
  db.close();
});
