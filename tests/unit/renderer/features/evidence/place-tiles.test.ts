import { expect, it } from 'vitest';
import { tilesOf } from '../../../../../renderer/features/evidence/place-tiles.ts';

const known = (id: string, level: 'province' | 'prefecture' | 'county', parent: string | null) => ({
  id,
  name: id,
  chinese: null,
  level,
  parent,
});
const ALL = [
  known('cn-xinjiang', 'province', null),
  known('hotan', 'prefecture', 'cn-xinjiang'),
  known('lop', 'county', 'hotan'),
  known('qira', 'county', 'hotan'),
  known('niya', 'county', 'hotan'),
  known('kashgar', 'prefecture', 'cn-xinjiang'),
  known('yarkand', 'county', 'kashgar'),
  known('city-of-its-own', 'county', 'cn-xinjiang'),
  known('cn-hubei', 'province', null),
  known('wuhan', 'county', 'cn-hubei'),
  // A merge made a ring of these.
  known('ring-a', 'county', 'ring-b'),
  known('ring-b', 'prefecture', 'ring-a'),
];
const counted = (place: string, total: number, ofPlace: number) => ({
  place,
  name: place,
  chinese: null,
  uyghur: null,
  parent: null,
  part: 'xinjiang' as const,
  total,
  own: total,
  sources: total,
  origins: total,
  ofPlace,
  unread: ofPlace,
});

it('counties stand under prefectures that have something, and those with nothing say whether there is a source', () => {
  const counts = [counted('cn-xinjiang', 9, 9), counted('hotan', 9, 3), counted('lop', 9, 1), counted('qira', 0, 2)];
  const groups = tilesOf(counts, ALL);
  expect(
    groups.map(({ name, tiles }) => [name, tiles.map(({ name: one, is, count }) => `${one} ${is} ${count}`)]),
  ).toEqual([['hotan', ['lop some 9', 'qira none 0', 'niya noSource 0']]]);
});

it('a county in no prefecture stands under Xinjiang, once it has something', () => {
  const counts = [counted('cn-xinjiang', 2, 0), counted('city-of-its-own', 2, 0), counted('wuhan', 2, 0)];
  expect(tilesOf(counts, ALL).map(({ name, tiles }) => [name, tiles.map(({ name: one }) => one)])).toEqual([
    ['cn-xinjiang', ['city-of-its-own']],
  ]);
});
