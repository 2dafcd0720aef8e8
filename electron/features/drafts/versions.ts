import { conventionOf } from '../../../shared/drafts/conventions.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  day,
  draftId,
  type DraftId,
  personId,
  type PersonId,
  sha256,
  type Sha256,
} from '../../../shared/model/index.ts';
import type { LogReader, Readable } from '../../db/types.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { allDrafts, type DraftRow, people } from './queries.ts';

/** One version of a draft, as the log has it. */
export interface Version {
  readonly id: DraftId;
  readonly title: string;
  readonly fileName: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  /** The hash of its text layer’s file. */
  readonly text: Sha256;
  readonly published: string;
  readonly author: string;
  readonly writer: PersonId | null;
  /** The name of its citation style, which `conventionOf` reads. */
  readonly style: string;
  readonly replaces: DraftId | null;
  /** The first version: marks on sentences refer to it. */
  readonly root: DraftId;
  /** The number of the version, from 1. */
  readonly number: number;
  readonly isNewest: boolean;
  readonly createdAt: number;
}

/** The versions that are not in the trash. A version with a damaged record is left out: another person's log may have such records. */
export function versionsIn(db: Readable): Version[] {
  const rows = db.all(allDrafts, {});
  const byId = new Map(rows.map((row) => [row.id, row]));
  const live = rows.filter(({ deleted }) => deleted !== 1);
  const replaced = new Set(live.map(({ replaces }) => replaces));
  return live.flatMap((row): Version[] => {
    const line = lineOf(row, byId);
    const id = draftId.safeParse(row.id).data;
    const root = draftId.safeParse(line.at(-1)).data;
    const original = sha256.safeParse(row.sha256).data;
    const text = sha256.safeParse(row.text).data;
    if (id === undefined || root === undefined || original === undefined || text === undefined) return [];
    return [
      {
        id,
        title: row.title ?? row.fileName ?? '',
        fileName: row.fileName ?? '',
        sha256: original,
        bytes: row.bytes ?? 0,
        text,
        published: day.safeParse(row.published).data ?? '',
        author: row.author ?? '',
        writer: personId.safeParse(row.writer).data ?? null,
        // An unknown style, written by a newer Sourcebook, is read as the usual one.
        style: row.style === null || conventionOf(row.style) === null ? 'publisher-date' : row.style,
        replaces: draftId.safeParse(row.replaces).data ?? null,
        root,
        number: line.length,
        isNewest: !replaced.has(row.id),
        createdAt: row.createdAt,
      },
    ];
  });
}

/** A version and its predecessors, the first version last. Stops at a cycle, which a damaged log may have. */
function lineOf(row: DraftRow, byId: ReadonlyMap<string, DraftRow>): string[] {
  const line = [row.id];
  for (let at = row.replaces; at !== null && !line.includes(at);) {
    const before = byId.get(at);
    if (before === undefined) break;
    line.push(before.id);
    at = before.replaces;
  }
  return line;
}

/** The version with this id. Throws NOT_FOUND. */
export function versionOf(db: Readable, id: string): Version {
  const found = versionsIn(db).find((one) => one.id === id);
  if (found === undefined) throw new Fault('NOT_FOUND', 'No such draft. Choose one from the list.', { id });
  return found;
}

const folded = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();

/**
 * The people who wrote a version or an earlier one: its recorded writer, and everyone in the project whose present or former name is
 * among its printed authors. A person who removes their own name stays an author until somebody else corrects it.
 */
export function authorsOf(
  { db, project: { log } }: ReadContext | WriteContext,
  { id }: Version,
  oneWith: (person: string) => ReadonlySet<string>,
): Set<string> {
  const rows = new Map(db.all(allDrafts, {}).map((row) => [row.id, row]));
  const row = rows.get(id);
  const line = row === undefined ? [] : lineOf(row, rows);
  const isNamed = namesOf({ db, log });
  const changes = Map.groupBy(log.changes('draft', line, ['author', 'writer']), (change) => change.id);
  return new Set(
    line.flatMap((version) => {
      let [author, writer, authors] = ['', '', new Set<string>()];
      for (const { field, value, person: by } of changes.get(version) ?? []) {
        const said = typeof value === 'string' ? value : '';
        if (field === 'author') author = said;
        else writer = said;
        const own = [...authors].filter((one) => one === by || oneWith(one).has(by) || oneWith(by).has(one));
        authors = new Set([...(writer === '' ? [] : [writer]), ...isNamed(author), ...own]);
      }
      return [...authors];
    }),
  );
}

/** Returns a function from a printed author line to the people who have, or once had, one of its names. */
function namesOf({ db, log }: { readonly db: Readable; readonly log: LogReader }): (author: string) => string[] {
  const rows = db.all(people, {});
  const given = log.changes(
    'person',
    rows.map(({ id }) => id),
    ['name'],
  );
  const names = [...rows, ...given.flatMap(({ id, person, value }) => (id === person ? [{ id, name: value }] : []))];
  return (author) => {
    const printed = new Set([author, ...author.split(/[,;、，；&]|\band\b|和/u)].map(folded));
    printed.delete('');
    return names.flatMap(({ id, name }) => (typeof name === 'string' && printed.has(folded(name)) ? [id] : []));
  };
}
