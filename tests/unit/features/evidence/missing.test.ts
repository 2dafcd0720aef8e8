import { expect, it } from 'vitest';
import type { EvidenceRow } from '../../../../shared/contract/evidence.ts';
import { MISSING, type Missing } from '../../../../shared/query/fields.ts';
import { readQuery } from '../../../../shared/query/parse.ts';
import { readBack } from '../../../../shared/query/read-back.ts';

import { recordId } from '../../../../shared/model/index.ts';
import { addFile, categoriesOf, mark, testProject } from '../../../support/project.ts';

/** Whether a row of the table lacks it, by what the row shows. */
const LACKS: Readonly<Record<Missing, (row: EvidenceRow) => boolean>> = {
  translation: ({ translation }) => translation === null,
  category: ({ categories }) => categories.length === 0,
  memo: ({ memo }) => !memo,
  review: ({ state }) => ['draft', 'coded', 'second-coded', 'translated'].includes(state),
  date: ({ dates }) => Object.values(dates).every((date) => date === null),
  act: ({ dates }) => dates.act === null,
  published: ({ dates }) => dates.published === null,
  publisher: ({ publisher }) => publisher === null,
  type: ({ type }) => type === null,
  lang: ({ language }) => language === null,
  grade: ({ grade }) => grade === null,
};

it('finds what is missing, of passages and of their sources, as the rows themselves show it', async () => {
  const { engine } = await testProject();
  const one = await addFile(engine, 'a.txt', '流转土地。转移就业。培训。');
  const other = await addFile(engine, 'b.txt', 'Land was transferred. People were moved.');
  await engine.call('sources.edit', {
    id: one.id,
    patch: {
      publisher: '日报',
      dateOfAct: { edtf: '2023-05', implied: false },
      grade: 'B',
      gradeReason: 'A paper of record.',
    },
  });
  const [land] = await categoriesOf(engine, 'LND');
  if (land === undefined) throw new Error('No such category.');
  const tagged = await mark(engine, one.id, '流转土地', { categories: [land] });
  await mark(engine, one.id, '培训');
  const noted = await mark(engine, other.id, 'People were moved');
  await engine.call('memos.set', { target: { kind: 'passage', id: recordId.parse(noted.id) }, text: 'Who?' });
  await engine.call('translations.set', { passage: tagged.id, text: 'Land was transferred.' });
  const found = async (query: string) =>
    (await engine.call('evidence.rows', { query })).rows.map(({ passage }) => passage);
  const { rows } = await engine.call('evidence.rows', {});
  for (const detail of MISSING) {
    const expected = rows.filter(LACKS[detail]).map(({ passage }) => passage);
    expect([detail, await found(`missing:${detail}`)]).toEqual([detail, expected]);
  }
  expect(await found('missing:(translation, act)')).toEqual(
    rows.filter((row) => LACKS.translation(row) || LACKS.act(row)).map(({ passage }) => passage),
  );
  expect(await found('NOT missing:memo')).toEqual([noted.id]);
  // What sources lack leaves sources out of the coverage, too; what passages lack says nothing of sources.
  expect((await engine.call('evidence.coverage', { query: 'missing:publisher' })).read.total).toBe(1);
  expect((await engine.call('evidence.coverage', { query: 'missing:memo' })).unused).toEqual(['missing']);
  const { query: read } = readQuery('missing:(translation, act)', []);
  expect(read === null ? null : readBack(read)).toBe('missing translation or date of the act');
  const wrong = await engine.call('evidence.rows', { query: 'missing:everything' });
  expect(wrong.faults.map(({ sentence }) => sentence)).toEqual(['There is no detail “everything” here.']);
});
