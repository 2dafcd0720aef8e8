import Database from 'better-sqlite3';
import { beforeEach, expect, it } from 'vitest';
import { Store } from '../../../electron/db/file/store.ts';
import { RowBatch } from '../../../electron/db/projection/row-batch.ts';

let store: Store;
beforeEach(() => {
  store = new Store(new Database(':memory:'));
  store.exec(
    'CREATE TABLE word(id TEXT PRIMARY KEY NOT NULL, length INTEGER) STRICT; CREATE INDEX by_length ON word(length)',
  );
  return () => store.close();
});

const addAll = (batch: RowBatch, ids: readonly number[]): void => {
  for (const id of ids) batch.add([`word ${id}`, id]);
  batch.flush();
};
const lengths = (): number[] => store.list<number>('SELECT length FROM word ORDER BY length');
/** One statement of many rows, and some rows by themselves. */
const MANY = Array.from({ length: 100 }, (_, id) => id);

it('rows are added, those of a last part of a batch too', () => {
  addAll(new RowBatch(store, 'word(id, length)', 2), MANY);
  expect(lengths()).toEqual(MANY);
});

it('a row that replaces takes the place of one that is there, and no other row of its statement is lost or doubled', () => {
  for (const id of [20, 90]) store.run('INSERT INTO word(id, length) VALUES(?, ?)', `word ${id}`, -1);
  addAll(new RowBatch(store, 'word(id, length)', 2, true), MANY);
  expect(lengths()).toEqual(MANY);
  expect(store.value('PRAGMA integrity_check')).toBe('ok');
});

it('without replacing, a row whose key is there is an error, and a transaction takes back every row', () => {
  store.run('INSERT INTO word(id, length) VALUES(?, ?)', 'word 20', -1);
  const batch = new RowBatch(store, 'word(id, length)', 2);
  expect(() => store.transaction(() => addAll(batch, MANY))).toThrow(/UNIQUE/);
  expect(lengths()).toEqual([-1]);
});

it('a value of the wrong type is an error where rows are replaced, too', () => {
  const batch = new RowBatch(store, 'word(id, length)', 2, true);
  batch.add(['word 1', 'long']);
  expect(() => batch.flush()).toThrow(/cannot store TEXT/);
});
