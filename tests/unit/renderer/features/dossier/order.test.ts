import { expect, it } from 'vitest';
import { movedOrder } from '../../../../../renderer/features/dossier/order.ts';
import type { DossierExhibit } from '../../../../../shared/contract/dossier.ts';
import { passageId, sourceId } from '../../../../../shared/model/index.ts';

const passage = (n: number) => passageId.parse(`00000000-0000-7000-8000-00000000000${String(n)}`);
const exhibit = (number: number, ...passages: number[]): DossierExhibit => ({
  number,
  passages: passages.map(passage),
  source: sourceId.parse('00000000-0000-7000-8000-0000000000a1'),
  title: 'Report',
  kind: 'pdf',
  page: 1,
  quote: 'Words',
  language: null,
  translation: 'none',
  picture: 'page',
  state: 'coded',
  isDisputed: false,
  claims: [],
  isKept: false,
});
const EXHIBITS = [exhibit(1, 1), exhibit(2, 2, 3), exhibit(3, 4)];

it('an exhibit moves by one place with all passages on its words', () => {
  expect(movedOrder(EXHIBITS, 2, -1)).toEqual([2, 3, 1, 4].map(passage));
  expect(movedOrder(EXHIBITS, 2, 1)).toEqual([1, 4, 2, 3].map(passage));
});

it('the first does not move up, the last not down, and one that is not there not at all', () => {
  expect(movedOrder(EXHIBITS, 1, -1)).toBeNull();
  expect(movedOrder(EXHIBITS, 3, 1)).toBeNull();
  expect(movedOrder(EXHIBITS, 9, 1)).toBeNull();
});
