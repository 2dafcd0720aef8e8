import { expect, it } from 'vitest';
import { apartOf } from '../../../../../renderer/common/sources/sources.ts';
import { sourceId } from '../../../../../shared/model/index.ts';

const id = (last: number) => sourceId.parse(`0b0b0b0b-0b0b-8b0b-8b0b-0b0b0b0b0b0${String(last)}`);
const named = (
  last: number,
  title: string | null,
  fileName: string,
  addedAt = 0,
  deleted = false,
  more: { readonly date?: string; readonly publisher?: string } = {},
) => ({
  id: id(last),
  dateOfAct: null,
  dateOfPublication: more.date === undefined ? null : { edtf: more.date, implied: false },
  publisher: more.publisher ?? null,
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

it('tells them apart by the date first, then by the publisher, if no other of the name has it', () => {
  const apart = apartOf([
    named(1, 'Report', 'a.pdf', 0, false, { date: '2018', publisher: 'Hotan' }),
    named(2, 'Report', 'b.pdf', 0, false, { date: '2019', publisher: 'Hotan' }),
    named(3, 'Report', 'c.pdf', 0, false, { date: '2019', publisher: 'Aksu' }),
    named(4, 'Notice', 'd.pdf', 0, false, { date: '2019' }),
  ]);
  expect([...apart]).toEqual([
    [id(1), '2018'],
    [id(2), 'b.pdf'],
    [id(3), 'Aksu'],
  ]);
});
