import { expect, it } from 'vitest';
import { droppedOrder, movedOrder } from '../../../../../renderer/features/dossier/order.ts';
import type { DossierExhibit } from '../../../../../shared/contract/dossier.ts';
import { passageId, sourceId } from '../../../../../shared/model/index.ts';

const passage = (n: number) => passageId.parse(`00000000-0000-7000-8000-00000000000${String(n)}`);
const exhibit = (number: number, ...passages: number[]): DossierExhibit => ({
  number,
  label: String(number),
  passages: passages.map(passage),
  source: sourceId.parse('00000000-0000-7000-8000-0000000000a1'),
  title: 'Report',
  kind: 'pdf',
  page: 1,
  quote: 'Words',
  language: null,
  translation: 'none',
  picture: 'page',
  isProtected: false,
  state: 'coded',
  isDisputed: false,
  claims: [],
  isKept: false,
});
const EXHIBITS = [exhibit(1, 1), exhibit(2, 2, 3), exhibit(3, 4)];

it('an exhibit moves by one place with all passages on its words', () => {
  expect(movedOrder(EXHIBITS, 2, -1, false)).toEqual([2, 3, 1, 4].map(passage));
  expect(movedOrder(EXHIBITS, 2, 1, false)).toEqual([1, 4, 2, 3].map(passage));
});

it('the first does not move up, the last not down, and one that is not there not at all', () => {
  expect(movedOrder(EXHIBITS, 1, -1, false)).toBeNull();
  expect(movedOrder(EXHIBITS, 3, 1, false)).toBeNull();
  expect(movedOrder(EXHIBITS, 9, 1, false)).toBeNull();
});

it('where exhibits are numbered by document, one moves within it, and a whole document past another', () => {
  const [a, b] = ['00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-0000000000a2'].map((id) =>
    sourceId.parse(id),
  );
  if (a === undefined || b === undefined) throw new Error('There are two.');
  const all = [
    exhibit(1, 1),
    { ...exhibit(2, 2), source: a },
    { ...exhibit(3, 3), source: b },
    { ...exhibit(4, 4), source: b },
  ];
  expect(movedOrder(all, 1, 1, true)).toEqual([2, 1, 3, 4].map(passage));
  expect(movedOrder(all, 2, 1, true)).toEqual([3, 4, 1, 2].map(passage));
  expect(movedOrder(all, 3, -1, true)).toEqual([3, 4, 1, 2].map(passage));
  expect(movedOrder(all, 4, -1, true)).toEqual([1, 2, 4, 3].map(passage));
});

const numbers = (...of: Parameters<typeof droppedOrder>) => droppedOrder(...of)?.map(({ number }) => number) ?? null;

it('an exhibit that is dropped before or after another is there', () => {
  expect(numbers(EXHIBITS, 1, { number: 3, at: 'after' }, false)).toEqual([2, 3, 1]);
  expect(numbers(EXHIBITS, 3, { number: 1, at: 'before' }, false)).toEqual([3, 1, 2]);
  expect(numbers(EXHIBITS, 1, { number: 2, at: 'before' }, false)).toBeNull();
  expect(numbers(EXHIBITS, 2, { number: 2, at: 'after' }, false)).toBeNull();
  expect(numbers(EXHIBITS, 9, { number: 2, at: 'after' }, false)).toBeNull();
});

it('where exhibits are numbered by document, one that is dropped in another moves with all of its own', () => {
  const b = sourceId.parse('00000000-0000-7000-8000-0000000000a2');
  const all = [exhibit(1, 1), exhibit(2, 2), { ...exhibit(3, 3), source: b }, { ...exhibit(4, 4), source: b }];
  expect(numbers(all, 2, { number: 1, at: 'before' }, true)).toEqual([2, 1, 3, 4]);
  expect(numbers(all, 1, { number: 4, at: 'after' }, true)).toEqual([3, 4, 1, 2]);
});
