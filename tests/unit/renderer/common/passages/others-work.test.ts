import { expect, it } from 'vitest';
import { namesOf, othersWorkOn } from '../../../../../renderer/common/passages/passage-acts.ts';
import { passage, personId, type Passage } from '../../../../../shared/model/index.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ME, ANN, BO] = [1, 2, 3].map((n) => personId.parse(id(n)));
if (ME === undefined || ANN === undefined || BO === undefined) throw new Error('nobody');
const by = (person: string, taggers: readonly string[], memos: readonly string[] = []): Passage =>
  passage.parse({
    id: id(9),
    source: id(8),
    layer: id(7),
    anchor: { kind: 'area', page: 1, area: [0, 0, 1, 1] },
    origin: null,
    person,
    createdAt: 0,
    tags: taggers.map((tagger, n) => ({ category: id(20 + n), person: tagger, at: 0 })),
    settings: [],
    memos: memos.map((writer, n) => ({ id: id(30 + n), text: 'x', person: writer, at: 0 })),
    state: 'draft',
    translations: [],
    comments: 0,
    deleted: false,
  });

it('names everyone else who has work on a passage, and what they did', () => {
  expect(othersWorkOn(by(ME, [ME], [ME]), ME)).toBeNull();
  expect(othersWorkOn(by(ANN, [ANN, ME]), ME)).toEqual({ how: 'tagged', people: [ANN] });
  expect(othersWorkOn(by(ME, [BO]), ME)).toEqual({ how: 'tagged', people: [BO] });
  expect(othersWorkOn(by(ANN, []), ME)).toEqual({ how: 'marked', people: [ANN] });
  expect(othersWorkOn(by(ANN, [BO]), ME)).toEqual({ how: 'worked', people: [ANN, BO] });
  expect(othersWorkOn(by(ME, [], [BO]), ME)).toEqual({ how: 'worked', people: [BO] });
  const people = [{ id: ANN, name: 'A. Lindqvist', fingerprint: '' }];
  expect(namesOf([ANN, BO], people)).toBe('A. Lindqvist and 00000000');
});
