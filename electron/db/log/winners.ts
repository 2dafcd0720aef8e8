import { idText } from '../ids.ts';
import type { Log } from './log.ts';
import { kindsOf, isEntity } from '../../../shared/changes/fields.ts';
import type { Show } from '../types.ts';

/** Where the standing value of a field was said: commit and place in it. */
export interface Winner {
  readonly c: number;
  readonly i: number;
}

interface Clocked {
  readonly clock: number;
  readonly hash: Buffer;
}

/**
 * The standing value of every field that `show` lets through, of the kinds of record and the fields this version knows: what a
 * newer version wrote besides cannot be judged, and is not restated; nor are the marks that open a question again.
 */
export function winners(log: Log, show: Show): Winner[] {
  const rows = log.store.sqlite
    .prepare<[], [ent: number, field: number, c: number, i: number]>(
      'SELECT ent, field, c, i FROM change_ ORDER BY ent, field',
    )
    .raw()
    .iterate();
  const wins = clocks(log);
  const out: Winner[] = [];
  let [standing, of, named] = [{ c: 0, i: 0 }, -1, -1];
  const put = (): void => void (isShown(log, of, named, show) && out.push(standing));
  for (const [ent, field, c, i] of rows) {
    const isSame = ent === of && field === named;
    if (isSame && !wins(c, standing.c)) continue;
    if (!isSame) put();
    [standing, of, named] = [{ c, i }, ent, field];
  }
  put();
  return out;
}

function isShown(log: Log, ent: number, field: number, show: Show): boolean {
  const record = ent < 0 ? null : log.record(ent);
  const name = log.fieldName(field)?.name;
  if (record === null || name === undefined || !isEntity(record.kind) || !kindsOf(record.kind).has(name)) return false;
  return show(record.kind, idText(record.id), name);
}

/** Whether commit `a` wins over `b`: the greater clock, then the greater hash. */
function clocks(log: Log): (a: number, b: number) => boolean {
  const kept = new Map<number, Clocked>();
  const of = (c: number): Clocked => {
    const known = kept.get(c);
    if (known !== undefined) return known;
    const read = log.store.get<Clocked>('SELECT clock, hash FROM commit_ WHERE c = ?', c) ?? NOBODY;
    if (kept.size >= KEPT) kept.clear();
    kept.set(c, read);
    return read;
  };
  return (a, b) => (of(a).clock - of(b).clock || Buffer.compare(of(a).hash, of(b).hash)) > 0;
}
const KEPT = 20_000;
const NOBODY: Clocked = { clock: 0, hash: Buffer.alloc(0) };
