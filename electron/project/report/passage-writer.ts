import { z } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import { heldSecondCoding } from '../../../shared/review/second-coding.ts';
import { vouchersOf } from '../../../shared/review/status.ts';
import type { CodedBy, ReportCategory, ReportPassage } from '../../formats/report/model.ts';
import { everyCategory } from '../codebook/categories.ts';
import type { ReadContext } from '../context.ts';
import { asSigned } from '../people/own-words.ts';
import { type Signers, translatorsOn } from '../people/signers.ts';
import { byAge, type TagRow, tagsOfPassages } from '../passages/queries.ts';
import { type Reviewed, reviewedOf } from '../review/state.ts';
import type { Unnumbered } from './exhibits.ts';
import { decisionsOfReport, settingsOfReport } from './queries.ts';

/** What has no name. */
export const UNNAMED = 'unknown';

/** The names of all people and categories. */
export function lookedUp({ db }: Pick<ReadContext, 'db'>, names: ReadonlyMap<string, string>) {
  const categories = new Map(
    db
      .all(everyCategory, {})
      .map(({ id, code, name }) => [id, { code: code ?? name ?? UNNAMED, name: name ?? code ?? UNNAMED }]),
  );
  return {
    nameOf: (id: string | null): string => names.get(id ?? '') ?? UNNAMED,
    categoryOf: (id: string): ReportCategory => categories.get(id) ?? { code: UNNAMED, name: UNNAMED },
  };
}
type Known = ReturnType<typeof lookedUp>;
/** A passage that is to be written. */
interface Row {
  readonly id: string;
  readonly person: string | null;
}

/**
 * Reads what a report needs for a batch of passages; the result writes one of them. `signers`: of them and their tags. `isCodingOnly`: only who coded it and how, which takes
 * a fraction of the time; all else is as of a new passage.
 */
export function passageWriter(
  context: ReadContext,
  known: Known,
  rows: readonly Row[],
  { of: signers }: Signers,
  isCodingOnly: boolean,
): (row: Row) => Unnumbered {
  const { db } = context;
  const { nameOf, categoryOf } = known;
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const tags = Map.groupBy(
    db.all(tagsOfPassages, { ids }).map((tag) => ({ ...tag, person: signers.get(tag.id) ?? tag.person })),
    ({ passage }) => passage,
  );
  const settings = Map.groupBy(isCodingOnly ? [] : db.all(settingsOfReport, { ids }), ({ passage }) => passage);
  const decisions = Map.groupBy(
    asSigned(context, 'adjudication', db.all(decisionsOfReport, { ids })),
    ({ passage }) => passage,
  );
  const reviewed = reviewedOf(context, isCodingOnly ? [] : rows.map(({ id }) => ({ id, tagged: tags.has(id) })));
  const translated = [...reviewed].flatMap(([id, { translations }]) => (translations.length > 0 ? [id] : []));
  // Nobody is said to have done what they never signed.
  const translators = translated.length === 0 ? null : translatorsOn(context, translated).of;
  const named = (person: string, categories: readonly string[]): CodedBy => ({
    coder: nameOf(person),
    person,
    categories: categories.map(categoryOf).sort(byCode),
  });
  const decidedOf = (id: string): ReportPassage['decided'] => {
    const found = decisions.get(id)?.[0];
    if (found === undefined) return null;
    const categories = categoryIds.safeParse(parsed(found.categories ?? 'null')).data;
    if (categories === undefined) return null;
    const compared = comparedCoding.safeParse(parsed(found.compared ?? 'null')).data ?? [];
    return {
      categories: categories.map(categoryOf).sort(byCode),
      person: nameOf(found.person),
      at: found.at === null ? null : new Date(found.at).toISOString(),
      reason: found.reason ?? '',
      compared: compared.map((one) => named(one.person, one.categories)),
    };
  };

  return ({ id, person }) => {
    const review = reviewed.get(id);
    const own = (tags.get(id) ?? []).sort(
      (a, b) => byCode(categoryOf(a.category), categoryOf(b.category)) || byAge(a, b),
    );
    return {
      id,
      translations: (review?.translations ?? []).map((one) => ({
        language: one.language,
        text: one.text,
        translator: nameOf(translators?.get(one.id) ?? one.person),
        machine: one.method === 'machine',
        state: one.state,
      })),
      categories: firsts(own, 'category').map(({ category }) => categoryOf(category)),
      coding: firsts(own, 'person').map(({ person: coder }) =>
        named(
          coder,
          own.filter((tag) => tag.person === coder).map(({ category }) => category),
        ),
      ),
      decided: decidedOf(id),
      settings: (settings.get(id) ?? []).map(({ dimension, value }) => `${dimension}: ${value}`),
      highlighter: nameOf(signers.get(id) ?? person),
      state: review?.state ?? 'draft',
      second: review === undefined ? null : secondInWords(review, own, known),
      ...namedVouchers(review, nameOf),
      comments: review?.comments ?? 0,
    };
  };
}

/** The first tag with each value: a passage has too few for a map of them. */
const firsts = (tags: readonly TagRow[], of: 'category' | 'person'): TagRow[] =>
  tags.filter((tag, at) => tags.findIndex((one) => one[of] === tag[of]) === at);

/** The second coding, without tags that were removed since. */
function secondInWords({ position }: Reviewed, tags: readonly TagRow[], { nameOf, categoryOf }: Known): string | null {
  const second = heldSecondCoding(position.line);
  if (second === null) return null;
  const { person, how } = second;
  if (how === 'unsaid') return `${nameOf(person)} (tags not specified)`;
  const isThere = (category: string, by: string): boolean =>
    tags.some((tag) => tag.category === category && tag.person === by);
  if (how === 'own') {
    const own = second.categories.filter((category) => isThere(category, person)).map((one) => categoryOf(one).code);
    return own.length === 0 ? null : `${nameOf(person)} (own tags: ${own.toSorted().join(', ')})`;
  }
  const kept = second.confirmed.filter(([category, by]) => isThere(category, by));
  const codes = [...new Set(kept.map(([category]) => categoryOf(category).code))].sort();
  return codes.length === 0 ? null : `${nameOf(person)} (agrees with ${codes.join(', ')})`;
}

const categoryIds = z.array(z.string());
const comparedCoding = z.array(z.object({ person: z.string(), categories: categoryIds }));
const byCode = (a: ReportCategory, b: ReportCategory): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/** Who checked and approved it; null if it was reopened or returned since. */
function namedVouchers(
  review: Reviewed | undefined,
  nameOf: (id: string) => string,
): Pick<ReportPassage, 'checker' | 'approver'> {
  if (review === undefined || review.basis === null) return { checker: null, approver: null };
  const { checker, approver } = vouchersOf(review.position, review.basis);
  return {
    checker: checker === null ? null : nameOf(checker),
    approver: approver === null ? null : nameOf(approver),
  };
}
