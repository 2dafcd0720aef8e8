import { describe, expect, it } from 'vitest';
import { addFile, codeOf, testProject } from '../../support/project.ts';

const TEXT = '2023年，于田县转移就业12.6万人次，完成年度任务12万人次的105%。其中妇女两千余人。';

describe('figures of a source', () => {
  it('are read in a worker with unit, period, place and interval, at the offsets of its text', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'a.txt', TEXT);
    const { figures, relations, unpaired, more } = await engine.call('figures.find', { source: source.id });
    expect(figures.map(({ text, value, unit, qualifier, kind }) => [text, value, unit, qualifier, kind])).toEqual([
      ['12.6万人次', '126000', 'person-time', 'exact', 'actual'],
      ['12万人次', '120000', 'person-time', 'exact', 'quota'],
      ['105%', '105', 'percent', 'exact', 'comparison'],
      ['两千余人', '2000', 'person', 'over', 'actual'],
    ]);
    for (const { start, end, text } of figures) expect(TEXT.slice(start, end)).toBe(text);
    expect(figures[0]).toMatchObject({
      interval: { low: '125500', high: '126500', reason: 'last-digit' },
      place: 'xj-yutian-co',
      source: { value: 'printed', unit: 'printed', place: 'printed', period: 'outside-clause' },
      period: { from: '2023-01-01', to: '2023-12-31' },
    });
    expect(figures[3]?.interval).toEqual({ low: '2000', high: null, reason: 'bound' });
    expect(relations).toMatchObject([
      { kind: 'completion', verdict: 'exact', computed: '105', figures: ['f1', 'f2', 'f3'] },
    ]);
    expect(unpaired).toEqual([]);
    expect(more).toBe(0);
  });

  it('can be asked for in one language', async () => {
    const { engine } = await testProject();
    const { id } = await addFile(engine, 'b.txt', '转移就业300人。\n\nThey hired 40 workers.');
    const texts = async (language: 'en' | 'zh') =>
      (await engine.call('figures.find', { source: id, language })).figures.map(({ text }) => text);
    expect(await texts('zh')).toEqual(['300人']);
    expect(await texts('en')).toEqual(['40']);
  });

  it('of a source that is not in the project are refused', async () => {
    const { engine } = await testProject();
    const { engine: other } = await testProject();
    const { id } = await addFile(other, 'c.txt', '300 workers.');
    expect(await codeOf(engine.call('figures.find', { source: id }))).toBe('NOT_FOUND');
  });
});
