import { describe, expect, it } from 'vitest';
import { newId } from '../../../../electron/db/index.ts';
import { cellsOf } from '../../../../renderer/features/drafts/Strip.tsx';
import { newestOf, nextOpen, segmentsOf, unresolved } from '../../../../renderer/features/drafts/state.ts';
import type { Draft, DraftDesk, DraftFinding, DraftSentence } from '../../../../shared/contract/drafts.ts';
import { draftId, sha256 } from '../../../../shared/model/index.ts';

const sentence = (number: number, more: Partial<DraftSentence> = {}): DraftSentence => ({
  number,
  nth: 0,
  isHeading: false,
  text: 'It counted 12,600.',
  start: 100,
  end: 118,
  lang: 'en',
  heading: null,
  paragraph: 0,
  state: 'open',
  by: [],
  marks: [],
  before: [],
  findings: [],
  links: [],
  refused: null,
  ...more,
});
const uncited = (key: string, weight: DraftFinding['weight'], start: number, end: number): DraftFinding => ({
  kind: 'uncited',
  key,
  weight,
  start,
  end,
  text: '',
  remedy: null,
  what: 'figure',
});
const desk = (sentences: DraftSentence[]): DraftDesk['sentences'] => sentences;

describe('the sentences on the desk', () => {
  it('are cut where a finding begins or ends, and every word is shown once', () => {
    const one = sentence(1, { findings: [uncited('a', 'warning', 111, 117), uncited('b', 'error', 114, 117)] });
    const segments = segmentsOf(one);
    expect(segments.map(({ text, weight }) => [text, weight])).toEqual([
      ['It counted ', null],
      ['12,', 'warning'],
      ['600', 'error'],
      ['.', null],
    ]);
    expect(segments.map(({ text }) => text).join('')).toBe(one.text);
  });

  it('are shown without the marks of Markdown', () => {
    const shown = (text: string): string =>
      segmentsOf(sentence(1, { text, start: 0, end: text.length }), true)
        .map((one) => one.text)
        .join('');
    expect(shown('> - *This* rests on **five** [reports](https://example.org/a_b) of `snake_case`')).toBe(
      'This rests on five reports of snake_case',
    );
    expect(shown('1. First, and [so] (on) it went_on.')).toBe('First, and [so] (on) it went_on.');
  });

  it('put errors before warnings, and leave out what somebody resolved', () => {
    const kept = { ...uncited('k', 'warning', 0, 1), remedy: { remedy: 'keep' as const, reason: '', person: null } };
    const one = sentence(1, { findings: [uncited('w', 'warning', 0, 1), kept, uncited('e', 'error', 0, 1)] });
    expect(unresolved(one).map(({ key }) => key)).toEqual(['e', 'w']);
  });

  it('lead to the next one in which the person has something to do, and from the last to the first', () => {
    const waits = { code: 'NOT_ALLOWED' as const, message: 'You accepted it.' };
    const all = desk([
      sentence(1, { state: 'once', refused: waits }),
      sentence(2),
      sentence(3, { state: 'accepted' }),
      sentence(4, { state: 'returned' }),
    ]);
    const from = (number: number) => nextOpen({ sentences: all } as DraftDesk, number)?.number;
    expect([from(1), from(2), from(4)]).toEqual([2, 4, 2]);
    expect(nextOpen({ sentences: desk([sentence(1)]) } as DraftDesk, 1)).toBeUndefined();
  });

  it('are a cell each, with a gap at headings; of a long draft a cell stands for several, and shows the worst', () => {
    const headings = [{ start: 0, end: 1, level: 1, text: 'Two' }];
    const few = cellsOf({ headings, sentences: [sentence(1), sentence(2, { heading: 0, state: 'accepted' })] });
    expect(few).toMatchObject([
      { number: 1, count: 1, isFirst: false, heading: null },
      { number: 2, count: 1, isFirst: true, heading: 'Two', state: 'accepted' },
    ]);
    const many = Array.from({ length: 300 }, (_, at) =>
      sentence(at + 1, { heading: at < 10 ? null : 0, state: at === 100 ? 'fails' : 'accepted' }),
    );
    const cells = cellsOf({ headings, sentences: many });
    expect(cells.length).toBeLessThanOrEqual(121);
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(300);
    expect(cells.filter(({ state }) => state === 'fails')).toHaveLength(1);
  });
});

describe('a newer version', () => {
  it('follows the newest one of its draft, whichever is shown', () => {
    const draft = (id: string, replaces: string | null): Draft => ({
      id: draftId.parse(id),
      title: '',
      fileName: '',
      sha256: sha256.parse('a'.repeat(64)),
      bytes: 1,
      published: '2024-06-03',
      author: '',
      writer: null,
      style: 'publisher-date',
      replaces: replaces === null ? null : draftId.parse(replaces),
      version: 1,
      newest: true,
      createdAt: 0,
      sentences: 0,
      open: 0,
      released: null,
      damaged: false,
    });
    const [one, two, three, other] = [newId(), newId(), newId(), newId()];
    const drafts = [draft(three, two), draft(two, one), draft(one, null), draft(other, null)];
    for (const from of drafts.slice(0, 3)) expect(newestOf(drafts, from).id).toBe(three);
    expect(newestOf(drafts, drafts[3] ?? draft(other, null)).id).toBe(other);
    const ring = [draft(one, two), draft(two, one)];
    expect([one, two]).toContain(newestOf(ring, ring[0] ?? draft(one, two)).id);
  });
});
