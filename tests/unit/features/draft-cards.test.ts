import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import type { DraftId, SourceId } from '../../../shared/model/index.ts';
import { deskOf, openText, sentenceOf } from '../../support/draft.ts';
import { addFile, copyFor, mark, testProject } from '../../support/project.ts';

const REPORT = '2023年，洛浦县转移就业12613人次，完成年度任务11678人次的108%。其中妇女2000人。\n';
const DRAFT = `In 2023 Lop County transferred 12,613 person-times.
Of them 2,100 were women workers.
The county counted 12,613 persons.
It transferred 12,600 person-times, completing 108 percent of its quota of 11,700 person-times.
In 2021 Lop County transferred 12,613 person-times.
The plan of the township was 40 households.
`;

async function withCards() {
  const project = await testProject();
  const { engine } = project;
  const source = await addFile(engine, 'report.txt', REPORT);
  const draft = await openText(engine, { text: DRAFT });
  return { ...project, source, draft };
}

async function confirm(engine: Engine, source: SourceId, text: string): Promise<void> {
  const { figures } = await engine.call('figures.ofSource', { source });
  const found = figures.find((one) => one.text === text);
  if (found === undefined) throw new Error(`No figure “${text}” among ${figures.map((one) => one.text).join(', ')}`);
  const { sourceId, layer, start, end } = found;
  await engine.call('figures.confirm', { at: { source: sourceId, layer, start, end } });
}

const link = async (engine: Engine, id: DraftId, beginning: string, passage: string): Promise<void> => {
  const { text } = sentenceOf(await deskOf(engine, id), beginning);
  const { passages } = await engine.call('passages.list', {});
  const to = passages.filter((one) => one.id === passage).map((one) => one.id);
  await engine.call('drafts.link', { draft: id, text, passages: to });
};

type Of<K extends DraftFinding['kind']> = Extract<DraftFinding, { kind: K }>;
async function found<K extends DraftFinding['kind']>(engine: Engine, id: DraftId, beginning: string, kind: K) {
  const { findings } = sentenceOf(await deskOf(engine, id), beginning);
  return findings.filter((one): one is Of<K> => one.kind === kind);
}

describe('a figure of a draft', () => {
  it('has the card of its value, unit, period and place beside it, and stands on it once a person confirmed that', async () => {
    const { engine, source, draft } = await withCards();
    expect((await found(engine, draft.id, 'In 2023', 'figure'))[0]).toMatchObject({ weight: 'unchecked', cards: [] });
    await confirm(engine, source.id, '12613人次');
    expect((await found(engine, draft.id, 'In 2023', 'figure'))[0]).toMatchObject({
      text: '12,613',
      weight: 'fine',
      cards: [
        {
          text: '12613人次',
          value: '12613',
          unit: 'person-time',
          state: 'confirmed',
          source: source.id,
          place: expect.stringMatching(/Lop/),
          because: null,
          differs: [],
        },
      ],
    });
    // The same number of another year, or in another unit, is another figure: nothing says that this card is meant.
    expect((await found(engine, draft.id, 'In 2021', 'figure'))[0]).toMatchObject({ cards: [], weight: 'unchecked' });
    expect((await found(engine, draft.id, 'The county counted', 'figure'))[0]).toMatchObject({ cards: [] });
  });

  it('is an open point with both values where the card that the sentence rests on says otherwise', async () => {
    const { engine, source, draft } = await withCards();
    const passage = await mark(engine, source.id, '转移就业12613人次，完成年度任务11678人次的108%。其中妇女2000人。');
    await confirm(engine, source.id, '2000人');
    await link(engine, draft.id, 'Of them', passage.id);
    expect(await found(engine, draft.id, 'Of them', 'figure')).toMatchObject([
      { text: '2,100', weight: 'error', cards: [{ value: '2000', because: 'linked', differs: ['value'] }] },
    ]);
    const sentence = sentenceOf(await deskOf(engine, draft.id), 'Of them');
    expect(sentence).toMatchObject({ state: 'fails', refused: { code: 'NOT_ALLOWED' } });
    const { html } = await engine.call('drafts.report', { id: draft.id });
    expect(html).toContain('the figure card says otherwise');
    // The number is right, and what is counted is not.
    await confirm(engine, source.id, '12613人次');
    await link(engine, draft.id, 'The county counted', passage.id);
    expect(await found(engine, draft.id, 'The county counted', 'figure')).toMatchObject([
      { weight: 'error', cards: [{ value: '12613', unit: 'person-time', differs: ['unit'] }] },
    ]);
    await link(engine, draft.id, 'In 2021', passage.id);
    expect(await found(engine, draft.id, 'In 2021', 'figure')).toMatchObject([
      { weight: 'warning', cards: [{ differs: ['period'] }] },
    ]);
  });

  it('is no card that people dismissed, and what was accepted is reopened once a card says otherwise', async () => {
    const { engine, source, draft, person } = await withCards();
    const passage = await mark(engine, source.id, '其中妇女2000人');
    await link(engine, draft.id, 'Of them', passage.id);
    const { text } = sentenceOf(await deskOf(engine, draft.id), 'Of them');
    await engine.call('drafts.accept', { draft: draft.id, text });
    expect(sentenceOf(await deskOf(engine, draft.id), 'Of them')).toMatchObject({ state: 'once', by: [person.id] });
    const cat = await copyFor(engine, 'Cat');
    await confirm(cat.engine, source.id, '2000人');
    expect(sentenceOf(await deskOf(cat.engine, draft.id), 'Of them')).toMatchObject({
      state: 'fails',
      marks: [{ notCounted: 'changed' }],
    });
    await engine.call('merge.apply', { path: cat.folder });
    const [{ id, sourceId, layer, start, end } = { id: '' }] = (await engine.call('figures.cards', {})).figures;
    expect(id).not.toBe('');
    if (sourceId === undefined || layer === undefined || start === undefined || end === undefined) return;
    await cat.engine.call('figures.withdraw', {
      id: (await cat.engine.call('figures.cards', {})).figures[0]?.id ?? id,
    });
    await cat.engine.call('figures.dismiss', { at: { source: sourceId, layer, start, end }, reason: 'A heading.' });
    expect(await found(cat.engine, draft.id, 'Of them', 'figure')).toMatchObject([{ cards: [], weight: 'unchecked' }]);
  });
});

describe('a relation of a draft', () => {
  it('is recomputed from the cards where they have more than the draft prints', async () => {
    const { engine, source, draft } = await withCards();
    const before = await found(engine, draft.id, 'It transferred', 'relation');
    expect(before.map(({ relation, fromCards }) => [relation, fromCards])).toContainEqual(['completion', null]);
    for (const text of ['12613人次', '11678人次']) await confirm(engine, source.id, text);
    const passage = await mark(engine, source.id, '转移就业12613人次，完成年度任务11678人次的108%');
    await link(engine, draft.id, 'It transferred', passage.id);
    const again = (await found(engine, draft.id, 'It transferred', 'relation')).find(
      (one) => one.relation === 'completion',
    );
    expect(again?.fromCards).toMatchObject({ verdict: 'rounds', inputs: expect.arrayContaining(['12,613']) });
  });
});
