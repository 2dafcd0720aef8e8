import type { Edit, Json, Readable } from '../../db/types.ts';
import { query } from '../../db/types.ts';

/** What a category had to let go when it came back, since another has it by now. */
export interface LetGo {
  readonly id: string;
  readonly name: string;
  readonly was: { readonly code: string; readonly letter: string | null };
  /** The code it has now; the one it had where that was free. */
  readonly code: string;
  readonly letter: string | null;
}

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly code: string | null;
  readonly shortcut: string | null;
  readonly archived: number | null;
  readonly deleted: number | null;
}
const categories = query<Record<string, never>, Row>(
  'engine.categorySigns',
  `SELECT id, name, code, shortcut, archived, deleted FROM p_category ORDER BY createdAt, id`,
);

/** What an undo or a restore is about to write: names of fields may be of a later version. */
interface OpenRequests {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
}

/**
 * What must be written besides (or instead of the same field), so that no category which these edits bring back has the
 * code or the letter of another: a code names one category, however it is written. Adding and editing refuse such a code;
 * what comes back must not fail for it, and takes a free one.
 */
export function freeTakenCodes(db: Readable, edits: readonly OpenRequests[]): { edits: Edit[]; letGo: LetGo[] } {
  const touched = Map.groupBy(
    edits.filter(({ entity }) => entity === 'category'),
    ({ id }) => id,
  );
  if (touched.size === 0) return { edits: [], letGo: [] };
  const live = db
    .all(categories, {})
    .map((row) => after(row, touched.get(row.id) ?? []))
    .filter((row) => row.deleted !== 1);
  const sets = (id: string, fields: readonly string[]): boolean =>
    (touched.get(id) ?? []).some(({ field }) => fields.includes(field));
  const [calls, presses] = [(id: string) => sets(id, CALLED_BY), (id: string) => sets(id, PRESSED_BY)];
  const codes = new Set(live.flatMap(({ id, code }) => (code === null || calls(id) ? [] : [code.toUpperCase()])));
  const wanted = new Set(live.flatMap(({ code }) => code?.toUpperCase() ?? []));
  const letters = new Set(live.flatMap((row) => (presses(row.id) ? [] : (letterOf(row) ?? []))));
  const letGo = live.flatMap((row): LetGo[] => {
    const was = { code: row.code ?? '', letter: letterOf(row) };
    const isCodeTaken = calls(row.id) && was.code !== '' && codes.has(was.code.toUpperCase());
    const code = isCodeTaken ? freeCode(was.code, new Set([...codes, ...wanted])) : was.code;
    const letter = presses(row.id) && was.letter !== null && letters.has(was.letter) ? null : was.letter;
    codes.add(code.toUpperCase());
    if (letter !== null) letters.add(letter);
    if (code === was.code && letter === was.letter) return [];
    return [{ id: row.id, name: row.name ?? was.code, was, code, letter }];
  });
  return { edits: letGo.flatMap(editsOf), letGo };
}

const CALLED_BY = ['deleted', 'code'];
const PRESSED_BY = ['deleted', 'shortcut', 'archived'];

/** An archived category keeps its letter in its record, and does not answer to it. */
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

/** 60 characters is the longest code. */
const MOST = 60;

function freeCode(code: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const end = `-${String(number)}`;
    const free = code.slice(0, MOST - end.length) + end;
    if (!taken.has(free.toUpperCase())) return free;
  }
}

const editsOf = ({ id, was, code, letter }: LetGo): Edit[] => [
  ...(code === was.code ? [] : [{ entity: 'category', id, field: 'code', value: code } as const]),
  ...(letter === was.letter ? [] : [{ entity: 'category', id, field: 'shortcut', value: letter } as const]),
];
