import { parsed } from '../../../shared/changes/canonical.ts';
import { translationDraft } from '../../../shared/model/index.ts';
import type { Query } from '../../../shared/query/ast.ts';
import { readQuery } from '../../../shared/query/parse.ts';
import { readings } from '../../../shared/text/search-fold.ts';
import type { Readable } from '../../db/types.ts';
import type { EvidenceCodebook } from './codebook.ts';
import { someDrafts, someQuotes } from './queries.ts';
import type { EvidenceSet } from './set.ts';

/** Separates two texts, or two readings of one text. No folded text contains it, so no match runs across it. */
export const BETWEEN = '\n';

/**
 * The folded words of each row, as search folds them. They are kept beside the set once words are first searched for. Empty for an area, and
 * without a translation.
 */
export interface Texts {
  readonly quotes: readonly string[];
  readonly translations: readonly string[];
}

interface Kept {
  readonly quotes: string[];
  readonly translations: string[];
  /** The stamp of the set up to which texts are folded. */
  newest: number;
}
const kept = new WeakMap<EvidenceSet, Kept>();
/** Passages that are folded without a pause: some 3 ms for quotations of a few lines. */
const AT_ONCE = 200;

/** The texts as {@link readTexts} has read them; texts that are missing are read now. */
export function textsOf(db: Readable, set: EvidenceSet): Texts {
  const texts = textsKept(set);
  for (const _ of foldChanged(db, set, texts)) continue;
  return texts;
}

/**
 * Folds the texts that are new in the set, with pauses in which other calls run. Measured with 100,000 quotations of some 35 characters: 1 s
 * of processor time and 10 MB the first time, nothing after that.
 */
export async function readTexts(db: Readable, set: EvidenceSet, pause: () => Promise<void>): Promise<void> {
  for (const _ of foldChanged(db, set, textsKept(set))) await pause();
}
export const areTextsRead = (set: EvidenceSet): boolean => textsKept(set).newest === set.newest;

function textsKept(set: EvidenceSet): Kept {
  const texts = kept.get(set) ?? { quotes: [], translations: [], newest: 0 };
  kept.set(set, texts);
  return texts;
}

/** Folds the new texts; yields after each portion. */
function* foldChanged(db: Readable, set: EvidenceSet, texts: Kept): Generator<void> {
  const { newest } = set;
  if (texts.newest === newest) return;
  const changed = set.putSince(texts.newest);
  for (let at = 0; at < changed.length; at += AT_ONCE) {
    foldSome(db, set, texts, changed.slice(at, at + AT_ONCE));
    yield;
  }
  texts.newest = newest;
}

function foldSome(db: Readable, set: EvidenceSet, texts: Kept, rows: readonly number[]): void {
  const list = { ids: JSON.stringify(rows.map((row) => set.idOf(row))) };
  for (const row of rows) {
    texts.quotes[row] = '';
    texts.translations[row] = '';
  }
  const add = (to: string[], passage: string, text: unknown): void => {
    const row = set.rowOf(passage);
    if (row === undefined || typeof text !== 'string') return;
    const folded = readings(text).map((reading) => reading.text);
    to[row] = [...(to[row] === '' ? [] : [to[row]]), ...folded].join(BETWEEN);
  };
  for (const { id, text } of db.all(someQuotes, list)) add(texts.quotes, id, text);
  for (const { passage, draft } of db.all(someDrafts, list))
    add(texts.translations, passage, translationDraft.safeParse(parsed(draft)).data?.text);
}

/** A question that may need the texts. */
export interface AskedOfTexts {
  readonly query?: string | undefined;
  readonly sort?: readonly { readonly column: string }[] | undefined;
}
export function asksForTexts(codebook: EvidenceCodebook, { query, sort = [] }: AskedOfTexts): boolean {
  if (sort.some(({ column }) => column === 'quote' || column === 'translation')) return true;
  const dimensions = codebook.dimensions.map(({ code }) => code);
  const read = query === undefined ? null : readQuery(query, dimensions).query;
  return read !== null && needsText(read);
}

export function needsText(query: Query): boolean {
  switch (query.kind) {
    case 'words':
    case 'near':
      return true;
    case 'and':
    case 'or':
      return query.parts.some(needsText);
    case 'not':
      return needsText(query.part);
    case 'all':
    case 'condition':
      return false;
  }
}
