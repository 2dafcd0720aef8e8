import type { Edit, Json, Readable } from '../../db/types.ts';
import { type WholeCategory, wholeCategories } from './categories.ts';

/** A restored category that got another code, or no shortcut, since another category has its own by now. */
export interface ChangedCode {
  readonly id: string;
  readonly name: string;
  readonly was: { readonly code: string; readonly letter: string | null };
  /** Its new code; unchanged if only the shortcut was taken. */
  readonly code: string;
  readonly letter: string | null;
}

type Row = Pick<WholeCategory, 'id' | 'name' | 'code' | 'shortcut' | 'archived' | 'deleted'>;

/** An edit that an undo or a restore is about to write. Its field may be of a later version. */
interface OpenRequests {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
}

/**
 * Edits to write as well (or instead, for the same field), so that no category that these edits restore has the code or shortcut
 * of another: a code names one category, in any case of letters. Adding and editing reject such a code; a restored category must
 * not fail for it, and gets a free one.
 */
export function freeTakenCodes(
  db: Readable,
  edits: readonly OpenRequests[],
): { edits: Edit[]; changed: ChangedCode[] } {
  const touched = Map.groupBy(
    edits.filter(({ entity }) => entity === 'category'),
    ({ id }) => id,
  );
  if (touched.size === 0) return { edits: [], changed: [] };
  const live = db
    .all(wholeCategories, {})
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map((row) => after(row, touched.get(row.id) ?? []))
    .filter((row) => row.deleted !== 1);
  const sets = (id: string, fields: readonly string[]): boolean =>
    (touched.get(id) ?? []).some(({ field }) => fields.includes(field));
  const [calls, presses] = [(id: string) => sets(id, CALLED_BY), (id: string) => sets(id, PRESSED_BY)];
  const codes = new Set(live.flatMap(({ id, code }) => (code === null || calls(id) ? [] : [code.toUpperCase()])));
  const wanted = new Set(live.flatMap(({ code }) => code?.toUpperCase() ?? []));
  const letters = new Set(live.flatMap((row) => (presses(row.id) ? [] : (letterOf(row) ?? []))));
  const changed = live.flatMap((row): ChangedCode[] => {
    const was = { code: row.code ?? '', letter: letterOf(row) };
    const isCodeTaken = calls(row.id) && was.code !== '' && codes.has(was.code.toUpperCase());
    const code = isCodeTaken ? freeCode(was.code, new Set([...codes, ...wanted])) : was.code;
    const letter = presses(row.id) && was.letter !== null && letters.has(was.letter) ? null : was.letter;
    codes.add(code.toUpperCase());
    if (letter !== null) letters.add(letter);
    if (code === was.code && letter === was.letter) return [];
    return [{ id: row.id, name: row.name ?? was.code, was, code, letter }];
  });
  return { edits: changed.flatMap(editsOf), changed };
}

const CALLED_BY = ['deleted', 'code'];
const PRESSED_BY = ['deleted', 'shortcut', 'archived'];

/** An archived category keeps its shortcut in its record, but the key does nothing. */
const letterOf = ({ archived, shortcut }: Row): string | null => (archived === 1 ? null : shortcut);

const textOr = (value: Json | undefined, before: string | null): string | null =>
  value === undefined ? before : typeof value === 'string' ? value : null;
const flagOr = (value: Json | undefined, before: number | null): number | null =>
  value === undefined ? before : Number(value === true);

function after(row: Row, edits: readonly OpenRequests[]): Row {
  const to = new Map(edits.map(({ field, value }) => [field, value]));
  return {
    id: row.id,
    name: textOr(to.get('name'), row.name),
    code: textOr(to.get('code'), row.code),
    shortcut: textOr(to.get('shortcut'), row.shortcut),
    archived: flagOr(to.get('archived'), row.archived),
    deleted: flagOr(to.get('deleted'), row.deleted),
  };
}

/** Characters of the longest code. */
const MOST = 60;

function freeCode(code: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const end = `-${String(number)}`;
    const free = code.slice(0, MOST - end.length) + end;
    if (!taken.has(free.toUpperCase())) return free;
  }
}

const editsOf = ({ id, was, code, letter }: ChangedCode): Edit[] => [
  ...(code === was.code ? [] : [{ entity: 'category', id, field: 'code', value: code } as const]),
  ...(letter === was.letter ? [] : [{ entity: 'category', id, field: 'shortcut', value: letter } as const]),
];
