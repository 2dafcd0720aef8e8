import { expect, it } from 'vitest';
import { RecentBytes } from '../../../electron/db/log/recent.ts';
import { RecentRecords, RecordName } from '../../../electron/db/merge/incoming-rows.ts';

it('the cache returns a copy of the last value of a number, and nothing that was evicted', () => {
  const recent = new RecentBytes(2);
  recent.set(7, Buffer.from([1, 2]));
  const found = recent.get(7);
  expect(found).toEqual(Buffer.from([1, 2]));
  recent.set(7 + 2048, Buffer.from([3, 4]));
  expect([recent.get(7), recent.get(7 + 2048), found]).toEqual([undefined, Buffer.from([3, 4]), Buffer.from([1, 2])]);
  // A log may come from anybody: negative and huge numbers are numbers.
  for (const key of [-7, Number.MAX_SAFE_INTEGER, 0]) {
    expect(recent.get(key)).toBe(undefined);
    recent.set(key, Buffer.from([key & 255, 9]));
    expect(recent.get(key)).toEqual(Buffer.from([key & 255, 9]));
  }
  expect(() => recent.set(1, Buffer.alloc(3))).toThrow(RangeError);
});

it('the cache keeps a record’s kind with its id, and evicts records rather than mixing up their kinds', () => {
  const recent = new RecentRecords();
  const record = (kind: string, fill: number) => new RecordName(kind, Buffer.alloc(16, fill).toString('hex'));
  recent.set(1, record('tag', 1));
  recent.set(2, record('passage', 2));
  expect([1, 2, 1].map((ent) => recent.get(ent))).toMatchObject([
    record('tag', 1),
    record('passage', 2),
    record('tag', 1),
  ]);
  for (let kind = 0; kind < 70_000; kind++) recent.set(3, record(`made up ${kind}`, 3));
  expect(recent.get(3)).toMatchObject(record('made up 65533', 3));
});
