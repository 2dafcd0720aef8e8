import { expect, it } from 'vitest';
import { apartOf } from '../../../../../renderer/common/sources/sources.ts';
import { sourceId } from '../../../../../shared/model/index.ts';

const id = (last: number) => sourceId.parse(`0b0b0b0b-0b0b-8b0b-8b0b-0b0b0b0b0b0${String(last)}`);
const named = (last: number, title: string | null, fileName: string, addedAt = 0, deleted = false) => ({
  id: id(last),
  title,
  fileName,
  addedAt,
  deleted,
});

it('tells sources of one name apart by their files, else by number; a unique name needs neither', () => {
  const apart = apartOf([
    named(1, null, 'text.txt', 2),
    named(2, null, 'text.txt', 1),
    named(3, 'Report', 'a.pdf'),
    named(4, 'Report', 'b.pdf'),
    named(5, 'Notice', 'c.pdf'),
    named(6, 'Notice', 'd.pdf', 0, true),
  ]);
  expect([...apart]).toEqual([
    [id(2), '1'],
    [id(1), '2'],
    [id(3), 'a.pdf'],
    [id(4), 'b.pdf'],
  ]);
});
