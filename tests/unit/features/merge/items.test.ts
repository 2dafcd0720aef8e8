import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { IncomingFilter, IncomingItem } from '../../../../shared/contract/merge.ts';
import { openProject } from '../../../../electron/db/index.ts';
import { type Edit, type Person, query } from '../../../../electron/db/types.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import {
  addFile,
  categoriesOf,
  contentsOf,
  copyFor,
  mark,
  openFor,
  somebody,
  testProject,
} from '../../../support/project.ts';

const REPORT = '全县转移农村富余劳动力1234人次。\n流转土地4.8万亩，完成年度任务。\n组织培训三期。\n';

/** Everything that is to come, asked for page by page. */
async function itemsOf(engine: Engine, filter: IncomingFilter = {}, limit = 2): Promise<IncomingItem[]> {
  const items: IncomingItem[] = [];
  for (let after: number | null | undefined; after !== null;) {
    const page: { items: IncomingItem[]; next: number | null } = await engine.call('merge.items', {
      ...filter,
      limit,
      ...(after === undefined ? {} : { after }),
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}
function edit(folder: string, person: Person, edits: readonly Edit[]): void {
  const db = openProject({ folder, person });
  db.write.commit('Edit', edits);
  db.close();
}
const tagging = query<{ passage: string; category: string }, { id: string }>(
  'test.tag',
  'SELECT id FROM p_tag WHERE passage = $passage AND category = $category',
);
function tagOf(folder: string, person: Person, of: { readonly passage: string; readonly category: string }): string {
  const db = openProject({ folder, person });
  const id = db.read.get(tagging, { ...of })?.id ?? '';
  db.close();
  return id;
}
const looked = (folder: string): string[] =>
  readdirSync(join(folder, 'cache')).filter((name) => existsSync(join(folder, 'cache', name, 'looked-at.sqlite')));

async function two() {
  const { engine: ann, folder: annAt } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', REPORT);
  const kept = await mark(ann, source, '流转土地', {
    categories: await categoriesOf(ann, 'LND.RIGHTS', 'FIG.ACT'),
    memo: 'Mu?',
  });
  const { engine: bob, folder: bobAt, person: bobIs } = await copyFor(ann, 'Bob');
  return { ann, annAt, bob, bobAt, bobIs, source, kept };
}

it('A preview lists the changes item by item: passages, tags, texts before and after, removals; by kind, person, source and category', async () => {
  const { ann, annAt, bob, bobAt, bobIs, source, kept } = await two();
  const [rights] = await categoriesOf(bob, 'LND.RIGHTS');
  const [figures] = await categoriesOf(bob, 'FIG.ACT');
  const added = await mark(bob, source, '组织培训', { categories: rights === undefined ? [] : [rights] });
  await bob.close();
  const gone = tagOf(bobAt, bobIs, { passage: kept.id, category: String(figures) });
  edit(bobAt, bobIs, [
    { entity: 'tag', id: gone, field: 'deleted', value: true },
    { entity: 'category', id: rights ?? '', field: 'definition', value: 'Land that changes hands' },
  ]);

  const before = await contentsOf(ann);
  const { categories } = await ann.call('codebook.get', {});
  const definition = categories.find(({ id }) => id === rights)?.definition;
  const preview = await ann.call('merge.preview', { path: bobAt });
  const items = await itemsOf(ann);
  // Each once, and as many as the preview counts.
  expect(new Set(items.map(({ record }) => record)).size).toBe(items.length);
  expect(items.filter(({ how }) => how === 'added')).toHaveLength(preview.adds);
  expect(items.filter(({ how }) => how !== 'added')).toHaveLength(preview.changes);
  const said = items.map(({ entity, how, words, tag, quote, fields, person }) => ({
    what: `${how} ${entity}`,
    words,
    tag: tag?.name ?? null,
    quote,
    fields,
    person,
  }));
  const bobs = { fields: [], person: 'Bob' };
  expect(said).toEqual(
    expect.arrayContaining([
      { what: 'added person', words: 'Bob', tag: null, quote: '', ...bobs },
      { what: 'added passage', words: '“组织培训”, page 1', tag: null, quote: '', ...bobs },
      { what: 'added tag', words: '', tag: expect.stringMatching(/./), quote: '“组织培训”, page 1', ...bobs },
      { what: 'removed tag', words: '', tag: expect.stringMatching(/./), quote: '“流转土地”, page 1', ...bobs },
      {
        what: 'changed category',
        words: expect.stringMatching(/./),
        tag: null,
        quote: '',
        fields: [{ field: 'definition', before: definition, after: 'Land that changes hands' }],
        person: 'Bob',
      },
    ]),
  );
  expect(said).toHaveLength(5);

  const records = async (filter: IncomingFilter) =>
    (await itemsOf(ann, filter)).map(({ entity, how }) => `${how} ${entity}`);
  expect(await records({ kind: 'tag' })).toEqual(['removed tag', 'added tag']);
  expect(await records({ kind: 'tag', how: 'added' })).toEqual(['added tag']);
  expect((await itemsOf(ann, { kind: 'passage' })).map(({ record }) => `${record}`)).toEqual([`${added.id}`]);
  expect(await records(rights === undefined ? {} : { category: rights })).toEqual(['added tag']);
  expect((await records({ source })).toSorted()).toEqual(['added passage', 'added tag', 'removed tag']);
  const [who] = preview.byPerson;
  expect(await records(who === undefined || who.person === null ? {} : { person: who.person })).toHaveLength(5);

  // Nothing was written, and what was kept for it goes with the merge.
  expect(await contentsOf(ann)).toEqual(before);
  expect(looked(annAt)).toHaveLength(1);
  await ann.call('merge.apply', { path: bobAt });
  await expect(ann.call('merge.items', {})).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
  expect(looked(annAt)).toEqual([]);
});

it('A preview leaves out what would change nothing, and ends when the project is closed', async () => {
  const { ann, annAt, bob, bobAt, bobIs } = await two();
  const [rights = null] = await categoriesOf(bob, 'LND.RIGHTS');
  await bob.close();
  edit(bobAt, bobIs, [{ entity: 'category', id: String(rights), field: 'name', value: 'Older' }]);
  const annIs = somebody('Cy');
  await ann.close();
  edit(annAt, annIs, [{ entity: 'category', id: String(rights), field: 'name', value: 'Newer: it stands' }]);
  const cy = await openFor(annAt, annIs);
  await cy.call('merge.preview', { path: bobAt });
  expect((await itemsOf(cy)).map(({ entity }) => entity)).toEqual(['person']);
  expect(looked(annAt)).toHaveLength(1);
  await cy.close();
  expect(looked(annAt)).toEqual([]);
});
