import { describe, expect, it } from 'vitest';
import { commitHash, personId, type ReviewState } from '../../../../shared/model/index.ts';
import { aspectsChanged, basisOf, readBasis, type Basis } from '../../../../shared/review/basis.ts';
import { mentionsIn } from '../../../../shared/review/mentions.ts';
import { secondCodingOf } from '../../../../shared/review/second-coding.ts';
import { countedMoves, shownOf, reviewPosition } from '../../../../shared/review/status.ts';
import { canonical } from '../../../../shared/changes/canonical.ts';
import type { Move } from '../../../../shared/review/move.ts';

const parts = {
  person: 'ann',
  anchor: { kind: 'text' as const, start: 1, end: 3, exact: '就业', prefix: '', suffix: '', page: 1, quads: [] },
  layer: 'one',
  current: 'one',
  tags: [
    { category: 'b', person: 'ann' },
    { category: 'a', person: 'ben' },
    { category: 'a', person: 'ben' },
  ],
  settings: [],
  translations: [{ language: 'en', text: 'Work', person: 'cat', method: 'human' as const }],
  memos: [{ person: 'ann', text: 'Mu' }],
  source: { title: 'Report', publisher: 'County', captureUrl: null },
  decided: null as Basis['decided'],
};
const basis = basisOf(parts);
let count = 0;
const move = (state: ReviewState, person: string, more: Partial<Move> = {}): Move => ({
  id: `${++count}`,
  commit: commitHash.parse(String(count).padStart(64, '0')),
  state,
  comment: '',
  basis,
  confirmed: [],
  person,
  at: count,
  genuine: true,
  removedBy: null,
  contributed: new Set(),
  contributedAfter: new Set(),
  ...more,
});
const states = (moves: readonly Move[]): ReviewState[] => moves.map(({ state }) => state);
const never = (): boolean => false;

describe('a basis', () => {
  it('has one text for one state, and is read from the log unchanged', () => {
    const other = basisOf({ ...parts, tags: parts.tags.toReversed() });
    expect(aspectsChanged(basis, other)).toEqual([]);
    const text = canonical(JSON.parse(JSON.stringify(basis)));
    expect(readBasis(text)).toEqual(basis);
    expect(aspectsChanged(readBasis(text) ?? other, basis)).toEqual([]);
    for (const bad of [
      null,
      '',
      '7',
      '[]',
      '{"v":1}',
      text.replace('"v":1', '"v":2'),
      text.replace('"human"', '"other"'),
    ])
      expect(readBasis(bad)).toBeNull();
  });

  it('differs only in what changed', () => {
    const changes: [string, Partial<typeof parts>][] = [
      ['layer', { layer: 'two' }],
      ['layer', { current: 'two' }],
      ['tags', { tags: [] }],
      ['tags', { person: 'dan' }],
      ['tags', { decided: { person: 'dan', categories: ['a'] } }],
      ['translation', { translations: [] }],
      ['memo', { memos: [{ person: 'ann', text: 'Hectares' }] }],
      ['source', { source: { ...parts.source, title: 'Another report' } }],
      ['place', { anchor: { ...parts.anchor, start: 2, end: 4 } }],
      ['quote', { anchor: { ...parts.anchor, exact: '转移', start: 2, end: 4 } }],
    ];
    for (const [aspect, change] of changes)
      expect(aspectsChanged(basis, basisOf({ ...parts, ...change }))).toEqual([aspect]);
  });
});

describe('a basis from before memos and details were recorded', () => {
  it('differs in neither, since they are unknown', () => {
    const { memos: _memos, source: _source, ...older } = basis;
    const read = readBasis(canonical(JSON.parse(JSON.stringify(older))));
    expect(read).toMatchObject({ memos: null, source: null });
    expect(read === null ? null : aspectsChanged(read, basis)).toEqual([]);
    expect(readBasis(canonical({ ...JSON.parse(JSON.stringify(basis)), memos: ['x'] }))).toBeNull();
  });
});

describe('counted steps', () => {
  it('exclude those signed by someone else, those against four eyes, and a release without approval', () => {
    const { valid, notCounted } = countedMoves([
      move('checked', 'ann'),
      move('checked', 'cat'),
      move('second-coded', 'ben'),
      move('checked', 'eve'),
      move('approved', 'eve'),
      move('released', 'eve'),
      move('approved', 'fay', { genuine: false }),
      move('approved', 'fay', { basis: null }),
      move('approved', 'fay'),
      move('released', 'eve'),
      move('returned', 'ann'),
      move('released', 'eve'),
      // Since it was sent back, her check is over.
      move('approved', 'eve'),
    ]);
    expect(states(valid)).toEqual(['second-coded', 'checked', 'approved', 'released', 'returned', 'approved']);
    expect([...notCounted.values()]).toEqual([
      'coder',
      'translator',
      'checker',
      'not approved',
      'signature',
      'no basis',
      'not approved',
    ]);
  });

  it('exclude those by anyone who contributed to what they vouch for', () => {
    for (const kind of ['place', 'tags', 'settings', 'decision', 'translation'] as const)
      expect(countedMoves([move('checked', 'eve', { contributed: new Set([kind]) })]).valid).toEqual([]);
    expect(countedMoves([move('checked', 'eve', { contributedAfter: new Set(['place']) })]).valid).toHaveLength(1);
    const set = basisOf({ ...parts, settings: [{ dimension: 'd', value: 'v', person: 'eve' }] });
    expect(countedMoves([move('approved', 'eve', { basis: set })]).valid).toEqual([]);
  });
});

describe('a second coding', () => {
  it('confirms only existing tags, by category and person', () => {
    const confirming = (person: string) => secondCodingOf(move('second-coded', 'eve', { confirmed: [['b', person]] }));
    expect(confirming('ann')).toMatchObject({ how: 'confirmed', confirmed: [['b', 'ann']] });
    expect(confirming('ben')).toMatchObject({ how: 'unsaid', confirmed: [] });
  });
});

describe('a passage’s state', () => {
  it('is that of its last step, whatever the field says without a step', () => {
    const counted = countedMoves([move('checked', 'eve'), move('returned', 'ann')]);
    const seen = (later: Move, earlier: Move): boolean => later.at > earlier.at;
    expect(reviewPosition('returned', counted, true, never).state).toBe('returned');
    expect(reviewPosition('checked', counted, true, seen).state).toBe('returned');
    expect(reviewPosition(null, counted, true, seen).state).toBe('returned');
    expect(reviewPosition('released', countedMoves([]), true, seen)).toEqual({ state: 'coded', move: null, line: [] });
    expect(reviewPosition(null, countedMoves([]), false, seen).state).toBe('draft');
  });

  it('follows the field if two steps were taken concurrently', () => {
    const counted = countedMoves([move('checked', 'eve'), move('returned', 'ann')]);
    expect(reviewPosition('checked', counted, true, never).state).toBe('checked');
    expect(reviewPosition('released', counted, true, never).state).toBe('returned');
  });

  it('is reopened exactly when what was approved has changed', () => {
    const changed = (): Basis => basisOf({ ...parts, tags: [] });
    const at = (state: ReviewState) => ({ state, move: move(state, 'eve'), line: [] });
    expect(shownOf(at('checked'), changed)).toBe('reopened');
    expect(shownOf(at('checked'), () => basis)).toBe('checked');
    expect(shownOf(at('translated'), changed)).toBe('translated');
    // A person who edited the passage afterwards, even to restore it, no longer counts as the second person.
    const touched = { ...at('checked'), move: move('checked', 'eve', { contributedAfter: new Set(['place']) }) };
    expect(shownOf(touched, () => basis)).toBe('reopened');
  });
});

describe('a mention', () => {
  it('is a role or a person, the longer of two matching names, and no one in an e-mail address', () => {
    const id = (n: number) => personId.parse(`00000000-0000-7000-8000-00000000000${n}`);
    const people = [
      { id: id(1), name: 'Ann' },
      { id: id(2), name: 'Ann Lee' },
      { id: id(3), name: 'Émile' },
    ];
    expect(mentionsIn('@ann lee, @ANN, @emile: see @translator', people)).toEqual([id(2), id(1), id(3), 'translator']);
    expect(mentionsIn('@annette, ann, x@ann, @', people)).toEqual([]);
  });
});
