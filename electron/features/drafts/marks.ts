import { keyOf, type NumberedSentence } from '../../../shared/drafts/sentences.ts';
import { type Eyes, isAuthor, type Mark } from '../../../shared/drafts/sentence-state.ts';
import { commitHash, draftMark, type PersonId } from '../../../shared/model/index.ts';
import type { Signed } from '../../db/types.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { Installations } from '../../project/people/installations.ts';
import { marksOfDraft, type MarkRow } from './queries.ts';
import { authorsOf, type Version } from './versions.ts';

/** The key of a sentence within a draft, the same in every version. */
export const placeOf = (text: string, nth: number | null): string => `${nth ?? 0} ${keyOf(text)}`;

/** The marks on a sentence, and those on the longer sentence that it was cut from: see `NumberedSentence`. */
export function saidOf<M extends Pick<Mark, 'at'>>(
  marks: ReadonlyMap<string, readonly M[]>,
  { text, nth, cutFrom }: Pick<NumberedSentence, 'text' | 'nth' | 'cutFrom'>,
): readonly M[] {
  const own = marks.get(placeOf(text, nth)) ?? [];
  const before = cutFrom === null ? undefined : marks.get(placeOf(cutFrom, 0));
  return before === undefined ? own : [...before, ...own].toSorted((one, other) => one.at - other.at);
}

export type PlacedMark = Mark & { readonly version: string };

const WRITTEN = ['draft', 'version', 'sentence', 'nth', 'state', 'comment', 'basis', 'person'];

/** The marks on the sentences of a draft, by sentence, oldest first. */
export function marksOf({ db, project }: ReadContext | WriteContext, { root }: Version): Map<string, PlacedMark[]> {
  const rows = db.all(marksOfDraft, { draft: root });
  const changes = Map.groupBy(
    project.log.changes(
      'draftmark',
      rows.map(({ id }) => id),
      [...WRITTEN, 'deleted'],
    ),
    ({ id }) => id,
  );
  return Map.groupBy(
    rows
      .flatMap((row) => markOf(row, changes.get(row.id) ?? []) ?? [])
      .map((mark) => mark)
      .toSorted((one, other) => one.at - other.at || (one.commit < other.commit ? -1 : 1)),
    ({ place }) => place,
  );
}

function markOf(row: MarkRow, changes: readonly Signed[]): (PlacedMark & { readonly place: string }) | null {
  const state = draftMark.safeParse(row.state).data;
  const said = changes.findLast(({ field }) => field === 'state');
  if (state === undefined || said === undefined || row.person === null) return null;
  // Only the author of a mark may withdraw or repeat it; otherwise the writer of a sentence could remove its return.
  const own = changes.findLast(({ field, person }) => field === 'deleted' && person === row.person);
  if (own?.value === true) return null;
  return {
    id: row.id,
    place: placeOf(row.sentence, row.nth),
    version: row.version ?? '',
    commit: said.commit,
    state,
    person: row.person,
    comment: row.comment ?? '',
    at: said.at,
    basis: row.basis ?? '',
    genuine: WRITTEN.every((name) => {
      const last = changes.findLast(({ field }) => field === name);
      return last === undefined || last.person === row.person;
    }),
  };
}

/** Which keys are treated as the same person in a draft. */
export function eyesOf(context: ReadContext | WriteContext, version: Version): Eyes {
  const { db, project } = context;
  const installations = new Installations(db);
  const oneWith = (person: string): ReadonlySet<string> => installations.oneWith(person);
  return {
    authors: authorsOf(context, version, oneWith),
    oneWith,
    saw: (later, earlier) => later === earlier || project.log.saw(commitHash.parse(later), commitHash.parse(earlier)),
  };
}

/** The reason why a person can accept no sentence of a draft; null if they can accept. */
export const barredOf = (eyes: Eyes, person: PersonId): ReturnType<typeof isAuthor> => isAuthor(person, eyes);
