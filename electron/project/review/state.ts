import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import {
  passageId,
  personId,
  translationDraft,
  translationId,
  type PersonId,
  type ShownState,
  type Translation,
} from '../../../shared/model/index.ts';
import { basisOf, type Basis, type BasisTranslation } from '../../../shared/review/basis.ts';
import {
  checkOf,
  countedMoves,
  isVouched,
  shownOf,
  reviewPosition,
  type Counted,
  type ReviewPosition,
} from '../../../shared/review/status.ts';
import type { Readable } from '../../db/types.ts';
import { definitionDigest, definitionOf } from '../codebook/digest.ts';
import { memosOfTargets, settingsOfPassages, tagsOfPassages } from '../passages/queries.ts';
import { type AroundPassage, type Contribution, contributionsOf, withContributions } from './contributors.ts';
import { Installations } from '../people/installations.ts';
import { asSigned } from '../people/own-words.ts';
import { passagesAt } from '../passages/places.ts';
import { movesOf, type ReviewReader } from './moves.ts';
import {
  commentCounts,
  citedRecords,
  decisionsOfPassages,
  definitionsOfCategories,
  type BasisRow,
  basisRowsOfPassages,
  timesOfDrafts,
  type TranslationRow,
  translationsOfPassages,
} from './queries.ts';
import type { Move } from '../../../shared/review/move.ts';

/** The review of one passage. */
export interface Reviewed {
  readonly state: ShownState;
  readonly position: ReviewPosition;
  /** The present basis; null unless someone vouched for the passage’s state. */
  readonly basis: Basis | null;
  /** In the order of their commits; `counted` says which of them count. */
  readonly moves: readonly Move[];
  readonly counted: Counted;
  readonly translations: readonly Translation[];
  /** The number of live comments. */
  readonly comments: number;
}

const NOTHING: Counted = { valid: [], notCounted: new Map() };
const nothingOn = (state: 'draft' | 'coded'): Reviewed => ({
  state,
  position: { state, move: null, line: [] },
  basis: null,
  moves: [],
  counted: NOTHING,
  translations: [],
  comments: 0,
});
const UNTAGGED = nothingOn('draft');
const TAGGED = nothingOn('coded');

/**
 * The review state of passages, with their translations and the number of their comments: a fixed number of statements for any
 * number of passages. Without a move, a passage is `coded` if it has a tag, else a `draft`. The basis is read and compared only for
 * passages whose state someone vouched for.
 */
export function reviewedOf(
  reader: ReviewReader,
  passages: readonly { readonly id: string; readonly tagged: boolean }[],
): Map<string, Reviewed> {
  const ids = passages.map(({ id }) => id);
  const list = JSON.stringify(ids);
  const moves = movesOf(reader, list);
  const drafts = Map.groupBy(reader.db.all(translationsOfPassages, { ids: list }), (row) => row.passage);
  const comments = new Map(reader.db.all(commentCounts, { ids: list }).map((row) => [row.passage, row.comments]));
  const texts = textsOf(reader, [...drafts.values()].flat());
  const moved = [...moves.keys()];
  const basisRows = basisRowsOf(reader.db, moved);
  const { contributionsTo, around } = surroundingsOf(reader, moves);
  const isTouched = ({ id }: { readonly id: string }): boolean => moves.has(id) || texts.has(id) || comments.has(id);
  const judged = passages.filter(isTouched).map(({ id, tagged }): [string, Judged] => {
    const own = moves.get(id) ?? [];
    const all = own.map((move) => withContributions(move, contributionsTo(id), around(id), reader));
    const counted = all.length === 0 ? NOTHING : countedMoves(all);
    const saw = (later: Move, earlier: Move): boolean => reader.project.log.saw(later.commit, earlier.commit);
    return [id, { all, counted, position: reviewPosition(basisRows.get(id)?.state ?? null, counted, tagged, saw) }];
  });
  const bases = basesOf(
    reader,
    judged.flatMap(([id, one]) => (isVouched(one.position.state) ? (basisRows.get(id) ?? []) : [])),
    texts,
  );
  // Most passages of a long list were never moved.
  const reviewed = new Map(passages.map(({ id, tagged }): [string, Reviewed] => [id, tagged ? TAGGED : UNTAGGED]));
  for (const [id, { all, counted, position: at }] of judged) {
    const translations = (texts.get(id) ?? []).map((text) => translationOf(text, at.line));
    const basis = bases.get(id) ?? null;
    const state = basis === null ? at.state : shownOf(at, () => basis);
    reviewed.set(id, {
      state,
      position: at,
      basis,
      moves: all,
      counted,
      translations,
      comments: comments.get(id) ?? 0,
    });
  }
  return reviewed;
}

/** What the four-eyes rule needs of passages that someone moved: who contributed to them, and the other passages at their places. */
function surroundingsOf(reader: ReviewReader, moves: ReadonlyMap<string, readonly Move[]>) {
  const moved = [...moves.keys()];
  const places = moved.length === 0 ? [] : passagesAt(reader.db, moved).filter(({ length }) => length > 1);
  const besides = new Map(places.flatMap((place) => place.map((id) => [id, place.filter((one) => one !== id)])));
  const others = [...new Set(places.flat())].filter((id) => !moves.has(id));
  const movesOfOthers = others.length === 0 ? moves : movesOf(reader, JSON.stringify(others));
  const contributions = contributionsOf(reader, JSON.stringify([...moved, ...others]));
  const contributionsTo = (id: string): readonly Contribution[] => contributions.get(id) ?? [];
  const installations = new Installations(reader.db);
  return {
    contributionsTo,
    around: (id: string): AroundPassage => {
      const beside = besides.get(id) ?? [];
      return {
        beside: beside.flatMap(contributionsTo),
        movesBeside: beside.flatMap((one) => moves.get(one) ?? movesOfOthers.get(one) ?? []),
        installations,
      };
    },
  };
}

interface Judged {
  readonly all: readonly Move[];
  readonly counted: Counted;
  readonly position: ReviewPosition;
}

/** The present bases of passages. Passages whose anchor cannot be read are left out. */
export function basesNow(reader: ReviewReader, ids: readonly string[]): Map<string, Basis> {
  const list = JSON.stringify(ids);
  const texts = textsOf(reader, reader.db.all(translationsOfPassages, { ids: list }));
  return basesOf(reader, [...basisRowsOf(reader.db, ids).values()], texts);
}

const basisRowsOf = (db: Readable, ids: readonly string[]): Map<string, BasisRow> =>
  ids.length === 0
    ? new Map<string, BasisRow>()
    : new Map(db.all(basisRowsOfPassages, { ids: JSON.stringify(ids) }).map((row) => [row.id, row]));

function basesOf(reader: ReviewReader, rows: readonly BasisRow[], texts: Texts): Map<string, Basis> {
  const { db } = reader;
  if (rows.length === 0) return new Map();
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const tags = Map.groupBy(db.all(tagsOfPassages, { ids }), (row) => row.passage);
  const settings = Map.groupBy(db.all(settingsOfPassages, { ids }), (row) => row.passage);
  const definitions = definitionsIn(db, [...tags.values()].flat());
  const decisions = new Map(decisionsOn(reader, ids).map((row) => [row.passage, row]));
  const memos = Map.groupBy(db.all(memosOfTargets, { ids }), (row) => row.target);
  const sources = JSON.stringify([...new Set(rows.map(({ source }) => source))]);
  const records = new Map(db.all(citedRecords, { ids: sources }).map((row) => [row.id, row]));
  return new Map(
    rows.flatMap((row): [string, Basis][] => {
      const anchor = readAnchor(row.anchor);
      if (anchor === null) return [];
      const basis = basisOf({
        person: row.person,
        anchor,
        layer: row.layer,
        current: row.current,
        tags: (tags.get(row.id) ?? []).map(({ category, person }) => ({
          category,
          person,
          definition: definitions.get(category) ?? '',
        })),
        settings: settings.get(row.id) ?? [],
        translations: texts.get(row.id) ?? [],
        memos: memos.get(row.id) ?? [],
        source: records.get(row.source) ?? {},
        decided: decided(decisions.get(row.id)),
      });
      return [[row.id, basis]];
    }),
  );
}

/** The decisions on passages of a JSON list that the people they name signed, oldest first. */
export const decisionsOn = (reader: ReviewReader, ids: string) =>
  asSigned(reader, 'adjudication', reader.db.all(decisionsOfPassages, { ids }));

/** The definitions of the categories of these tags, as a basis stores them. */
function definitionsIn(db: Readable, tags: readonly { readonly category: string }[]): Map<string, string> {
  const ids = JSON.stringify([...new Set(tags.map(({ category }) => category))]);
  return new Map(
    db.all(definitionsOfCategories, { ids }).map((row) => {
      const digest = definitionDigest(definitionOf(row));
      return [row.id, row.archived === 1 ? `${digest} archived` : digest];
    }),
  );
}

function decided(row: { readonly categories: string; readonly person: string } | undefined): Basis['decided'] {
  const categories = row === undefined ? null : parsed(row.categories);
  if (row === undefined || !Array.isArray(categories)) return null;
  return { person: row.person, categories: categories.filter((one) => typeof one === 'string') };
}

interface Text extends BasisTranslation {
  readonly row: TranslationRow;
  readonly person: PersonId;
  readonly at: number;
}
type Texts = ReadonlyMap<string, readonly Text[]>;

/** The present translations by passage, without invalid and empty drafts. */
function textsOf({ db }: ReviewReader, rows: readonly TranslationRow[]): Texts {
  if (rows.length === 0) return new Map();
  const times = new Map(
    db.all(timesOfDrafts, { ids: JSON.stringify(rows.map(({ id }) => id)) }).map((row) => [row.id, row.at]),
  );
  const texts = rows.flatMap((row): Text[] => {
    const draft = translationDraft.safeParse(parsed(row.draft));
    if (!draft.success || draft.data.text.trim() === '') return [];
    return [{ ...draft.data, row, language: row.language, at: times.get(row.id) ?? 0 }];
  });
  return Map.groupBy(texts, ({ row }) => row.passage);
}

function translationOf(text: Text, line: readonly Move[]): Translation {
  const { checker, state } = checkOf(text, line);
  return {
    id: translationId.parse(text.row.id),
    passage: passageId.parse(text.row.passage),
    language: text.language,
    text: text.text,
    person: text.person,
    method: text.method,
    checker: checker === null ? null : personId.parse(checker),
    state,
    at: text.at,
  };
}
