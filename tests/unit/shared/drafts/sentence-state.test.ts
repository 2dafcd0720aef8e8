import { describe, expect, it } from 'vitest';
import { draftSentences, keyOf } from '../../../../shared/drafts/sentences.ts';
import { basisOf, type Eyes, type Mark, stateFromMarks } from '../../../../shared/drafts/sentence-state.ts';

const NOW = basisOf({ links: [], remedies: [], citations: [], cards: [] });
const alone: Eyes = { authors: new Set(['ann']), oneWith: () => new Set(), saw: (later, earlier) => later >= earlier };

/** Marks as “who: what”, each in a commit that has seen those before it. */
const said = (...marks: readonly [person: string, state: Mark['state'], more?: Partial<Mark>][]): Mark[] =>
  marks.map(([person, state, more], at) => ({
    id: `m${at}`,
    commit: `c${at}`,
    state,
    person,
    comment: '',
    at,
    basis: NOW,
    genuine: true,
    ...more,
  }));
const stateOf = (marks: readonly Mark[], eyes: Eyes = alone) => stateFromMarks(marks, NOW, eyes).state;

describe('a sentence', () => {
  it('is accepted by two people; one who accepts twice is one', () => {
    expect(stateOf([])).toBe('open');
    expect(stateOf(said(['bob', 'accepted']))).toBe('once');
    expect(stateOf(said(['bob', 'accepted'], ['bob', 'accepted']))).toBe('once');
    expect(stateOf(said(['bob', 'accepted'], ['cat', 'accepted']))).toBe('accepted');
  });

  it('is accepted neither by its author, nor in the name of somebody who did not sign it', () => {
    const marks = said(['ann', 'accepted'], ['bob', 'accepted'], ['cat', 'accepted', { genuine: false }]);
    expect(stateFromMarks(marks, NOW, alone)).toMatchObject({
      state: 'once',
      by: ['bob'],
      notCounted: new Map([
        ['m0', 'author'],
        ['m2', 'signature'],
      ]),
    });
  });

  it('takes keys of one installation as one person: the author’s, and those of two who accept', () => {
    const pair = (one: string, other: string): Eyes => ({
      ...alone,
      oneWith: (person) => new Set(person === one ? [other] : person === other ? [one] : []),
    });
    const both = said(['bob', 'accepted'], ['cat', 'accepted']);
    expect(stateFromMarks(both, NOW, pair('bob', 'cat'))).toMatchObject({ state: 'once', by: ['bob'] });
    expect(stateFromMarks(both, NOW, pair('ann', 'bob'))).toMatchObject({
      by: ['cat'],
      notCounted: new Map([['m0', 'installation']]),
    });
  });

  it('is returned until somebody who has seen the return answers it; what was accepted before counts no more', () => {
    const sentBack = said(['bob', 'accepted'], ['cat', 'returned']);
    expect(stateOf(sentBack)).toBe('returned');
    expect(stateOf([...sentBack, ...said(['dan', 'accepted', { id: 'm9', commit: 'c9' }])])).toBe('once');
    // Dan worked elsewhere, and had not seen it.
    const unseen: Eyes = { ...alone, saw: (later, earlier) => later === earlier };
    expect(stateOf([...sentBack, ...said(['dan', 'accepted', { id: 'm9', commit: 'c9' }])], unseen)).toBe('returned');
    // The author may return a sentence, too.
    expect(stateOf(said(['bob', 'accepted'], ['ann', 'returned']))).toBe('returned');
  });

  it('counts no acceptance of what was linked, decided or dated otherwise', () => {
    const marks = said(['bob', 'accepted'], ['cat', 'accepted']);
    const later = basisOf({ links: [['passage', 'p', 'words', '']], remedies: [], citations: [], cards: [] });
    expect(stateFromMarks(marks, later, alone)).toMatchObject({
      state: 'open',
      notCounted: new Map([
        ['m0', 'changed'],
        ['m1', 'changed'],
      ]),
    });
  });

  it('has nothing to prove once somebody besides the author says so', () => {
    expect(stateOf(said(['ann', 'nothing']))).toBe('open');
    expect(stateOf(said(['bob', 'nothing']))).toBe('nothing');
  });
});

describe('the sentences of a draft', () => {
  it('are cut at headings, which are none, and numbered among those that are the same', () => {
    const text = '# One\nIt was so. It was so.\n## Two ##\n\nIt  was\u00a0so. 3.\n\n***\n\n#hash is no heading.';
    const { headings, sentences } = draftSentences(text, 'hard');
    expect(headings.map(({ level, text: words }) => [level, words])).toEqual([
      [1, 'One'],
      [2, 'Two'],
    ]);
    expect(sentences.map(({ text: words, nth, heading }) => [keyOf(words), nth, heading])).toEqual([
      ['It was so.', 0, 0],
      ['It was so.', 1, 0],
      ['It was so.', 2, 1],
      ['3. ***', 0, 1],
      ['#hash is no heading.', 0, 1],
    ]);
    for (const { start, end, text: words } of sentences) expect(text.slice(start, end)).toBe(words);
  });
});
