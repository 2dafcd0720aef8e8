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
import type { Readable } from '../../db/types.ts';
import { allDrafts, allReleases, type DraftRow, people } from './queries.ts';

/** One version of a draft, as the log has it. */
export interface Version {
  readonly id: DraftId;
  readonly title: string;
  readonly fileName: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  /** Its text layer’s file. */
  readonly text: Sha256;
  readonly published: string;
  readonly author: string;
  readonly writer: PersonId | null;
  /** As `conventionOf` reads it. */
  readonly style: string;
  readonly replaces: DraftId | null;
  /** The first version: what is said of sentences names it. */
  readonly root: DraftId;
  /** From 1. */
  readonly number: number;
  readonly isNewest: boolean;
  readonly createdAt: number;
}

/** The versions that are not in the trash; one whose record is damaged is left out, as a log from anyone may have. */
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
        // What a newer version wrote is read as the usual style.
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

/** A version and those before it, the first last. A damaged log may have a ring. */
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

/** NOT_FOUND. */
export function versionOf(db: Readable, id: string): Version {
  const found = versionsIn(db).find((one) => one.id === id);
  if (found === undefined) throw new Fault('NOT_FOUND', 'No such draft. Choose one from the list.', { id });
  return found;
}

const folded = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();

/** The people who wrote a draft: who it says, and everyone here whose name is among its printed authors. */
export function authorsOf(db: Readable, { author, writer }: Pick<Version, 'author' | 'writer'>): Set<string> {
  const printed = new Set([author, ...author.split(/[,;、，；&]|\band\b|和/u)].map(folded));
  const named = db.all(people, {}).filter(({ name }) => name !== null && printed.has(folded(name)));
  return new Set([...(writer === null ? [] : [writer]), ...named.map(({ id }) => id)]);
}

/** Who released each version. Only what its person signed counts. */
export function releasesIn(db: Readable): Map<string, { id: string; person: PersonId }> {
  return new Map(
    db.all(allReleases, {}).flatMap(({ id, draft, person }): [string, { id: string; person: PersonId }][] => {
      const by = personId.safeParse(person).data;
      return by === undefined ? [] : [[draft, { id, person: by }]];
    }),
  );
}
