import type { CallOutput, CallArgs } from '../../../shared/contract/index.ts';
import type { Claim } from '../../../shared/contract/claims.ts';
import type { DossierAsked } from '../../../shared/contract/dossier.ts';
import { Fault } from '../../../shared/errors.ts';
import { dossierShows, type DossierShows, TEMPLATE_SHOWS } from '../../../shared/model/index.ts';
import { numbered } from '../../../shared/text/counted.ts';
import { MOST_EXHIBITS } from '../../formats/dossier/folder.ts';
import type { Agreement, Dossier, DossierClaim, UsedCategory } from '../../formats/dossier/model.ts';
import { finalOf } from '../../formats/report/model.ts';
import { wholeCategories } from '../../project/codebook/categories.ts';
import type { ReadContext } from '../../project/context.ts';
import { pseudonymsOf } from '../../project/export/pseudonyms.ts';
import { livePassages } from '../../project/export/part-queries.ts';
import type { Masking } from '../../project/masks/masking.ts';
import { shownNames } from '../../project/people/names.ts';
import { collectChosen } from '../../project/report/content.ts';
import type { ChosenPassages } from './chosen.ts';
import { claimsOf } from './claims.ts';
import { exhibitsOf } from './exhibits.ts';
import type { Found } from './found.ts';
import { documentsOf } from './documents.ts';
import { maskedDossier, withoutMasked } from './masks.ts';
import { withoutNames } from './pseudonymous.ts';
import { type Keys, signersOf } from './signers.ts';

/** What a dossier needs that other features know. */
export interface Knows {
  readonly agreement: (
    context: ReadContext,
    input: CallArgs<'agreement.report'>,
  ) => CallOutput<'agreement.report'> | Promise<CallOutput<'agreement.report'>>;
  readonly conflicts: (
    context: ReadContext,
    input: CallArgs<'merge.conflicts'>,
  ) => CallOutput<'merge.conflicts'> | Promise<CallOutput<'merge.conflicts'>>;
}

export interface Composing {
  readonly asked: DossierAsked;
  readonly chosen: ChosenPassages;
  readonly keys: Keys;
  /** Draws of the bootstrap of agreement. */
  readonly samples: number;
  readonly watch?: (done: number, total: number) => void;
}

export interface Composed {
  readonly dossier: Dossier;
  readonly masking: Masking;
}

/** The content of a dossier, without pictures. UNMASKED where a private person would be named; TOO_LARGE for more exhibits than {@link MOST_EXHIBITS}. */
export async function compose(
  context: ReadContext,
  knows: Knows,
  { asked, chosen, keys, samples, watch }: Composing,
): Promise<Composed> {
  const { db } = context;
  const conflicts = await knows.conflicts(context, { limit: 1000 });
  const agreement = await agreementOf(context, knows, samples);
  const live = new Map(db.all(livePassages, {}).map(({ id, source }) => [id, source]));
  const passages = new Set([...chosen.passages].filter((id) => live.has(id)));
  if (passages.size > MOST_EXHIBITS * 20) throw tooMany(passages.size);
  const sources = new Set([...passages].flatMap((id) => live.get(id) ?? []));
  const pseudonyms = asked.pseudonyms ? pseudonymsOf(context) : null;
  const names =
    pseudonyms === null
      ? shownNames(db)
      : new Map([...shownNames(db).keys()].map((id): [string, string] => [id, pseudonyms.of(id)]));
  const report = collectChosen(context, { passages, sources, chosen: chosen.words, names }, watch);
  const all = report.sources.flatMap((source) => source.passages.map((passage): Found => ({ passage, source })));
  const found = ordered(all, asked, chosen.claims);
  if (found.length > MOST_EXHIBITS) throw tooMany(found.length);
  const numberOf = numbersOf(found);
  const quoted = [...found.flatMap(idsOf), ...chosen.claims.flatMap(({ links }) => links.map((link) => link.passage))];
  const { masking, quoteOf } = maskedDossier(context, [...new Set(quoted)]);
  const claims = claimsOf(chosen.claims, numberOf, quoteOf);
  const shows = showsOf(asked);
  const exhibits = exhibitsOf(context, found, {
    claims: chosen.claims,
    conflicts: conflicts.conflicts,
    names,
    shows,
    masking,
  });
  const dossier: Dossier = {
    title: asked.title === '' ? report.title : asked.title,
    project: report.title,
    template: asked.template,
    shows,
    madeAt: report.madeAt,
    head: asked.pseudonyms ? null : report.head,
    codebook: report.codebook,
    chosen: report.chosen,
    summary: asked.summary,
    pseudonyms: asked.pseudonyms,
    claims,
    groups: groupsOf(claims, exhibits.length),
    exhibits,
    documents: documentsOf(context, report.sources, exhibits),
    categories: usedCategories(context, exhibits),
    agreement,
    people: signersOf(context, exhibits, { names, keys, isPseudonymous: asked.pseudonyms }),
    openConflicts: conflicts.total,
    masks: report.masks ?? [],
  };
  const masked = withoutMasked(dossier, masking);
  return { dossier: pseudonyms === null ? masked : withoutNames(masked, pseudonyms.scrub), masking };
}

const tooMany = (count: number): Fault =>
  new Fault(
    'TOO_LARGE',
    `A dossier has at most ${numbered(MOST_EXHIBITS)} exhibits. Choose fewer claims or categories, or export a report.`,
    { count },
  );

/** What its template shows, where nothing else was said. */
function showsOf({ template, shows }: DossierAsked): DossierShows {
  const usual = TEMPLATE_SHOWS[template];
  const said = Object.entries(shows).filter(([, value]) => value !== undefined);
  return dossierShows.parse({ ...usual, ...Object.fromEntries(said) });
}

/** Those that were put first, then by claims, then as the report has them; without those left out that may be. */
function ordered(all: readonly Found[], asked: DossierAsked, claims: readonly Claim[]): Found[] {
  const wanted = new Map<string, number>();
  const inOrder = [...asked.order, ...claims.flatMap(({ links }) => links.map(({ passage }) => passage))];
  for (const id of inOrder) if (!wanted.has(id)) wanted.set(id, wanted.size);
  const against = new Set<string>(
    claims.flatMap(({ links }) => links.flatMap(({ as, passage }) => (as === 'contradicts' ? [passage] : []))),
  );
  const leftOut = new Set<string>(asked.leftOut);
  const kept = all.flatMap((one): Found[] => {
    const ids = idsOf(one);
    if (!ids.some((id) => leftOut.has(id))) return [one];
    return ids.some((id) => against.has(id)) ? [{ ...one, isKept: true }] : [];
  });
  const rankOf = (one: Found): number => Math.min(...idsOf(one).map((id) => wanted.get(id) ?? Infinity));
  return kept
    .map((one, at) => ({ one, at, rank: rankOf(one) }))
    .sort((a, b) => (a.rank === b.rank ? a.at - b.at : a.rank < b.rank ? -1 : 1))
    .map(({ one }, at) => ({ ...one, passage: { ...one.passage, number: at + 1 } }));
}

const idsOf = ({ passage }: Found): readonly string[] => [passage.id, ...(passage.also ?? [])];

const numbersOf = (found: readonly Found[]): ReadonlyMap<string, number> =>
  new Map(found.flatMap((one) => idsOf(one).map((id) => [id, one.passage.number] as const)));

/** Each claim with its exhibits, then the exhibits that bear on none. */
function groupsOf(claims: readonly DossierClaim[], exhibits: number): Dossier['groups'] {
  const named = new Set(claims.flatMap((claim) => claim.exhibits));
  const rest = Array.from({ length: exhibits }, (_, at) => at + 1).filter((number) => !named.has(number));
  return [
    ...claims.map((claim) => ({ claim: claim.number, exhibits: claim.exhibits })),
    ...(rest.length === 0 ? [] : [{ claim: null, exhibits: rest }]),
  ];
}

/** The categories that the exhibits have, with their definitions, in the codebook’s order. */
function usedCategories({ db }: ReadContext, exhibits: Dossier['exhibits']): UsedCategory[] {
  const used = new Map<string, number[]>();
  for (const { passage, number } of exhibits)
    for (const { code } of finalOf(passage)) used.set(code, [...(used.get(code) ?? []), number]);
  return db.all(wholeCategories, {}).flatMap((row): UsedCategory[] => {
    const code = row.code ?? row.name;
    const own = code === null || row.deleted === 1 ? undefined : used.get(code);
    if (code === null || own === undefined) return [];
    used.delete(code);
    const { name, definition, include, exclude } = row;
    const text = { definition: definition ?? '', include: include ?? '', exclude: exclude ?? '' };
    return [{ code, name: name ?? code, ...text, exhibits: own }];
  });
}

const UNIT = 'sentence';

/** Over all that was coded, as the report on agreement first shows it; null if nothing was coded twice. */
async function agreementOf(context: ReadContext, knows: Knows, samples: number): Promise<Agreement | null> {
  const report = await knows.agreement(context, {
    unit: UNIT,
    coders: [],
    sources: [],
    categories: [],
    samples,
    seed: 1,
    thresholds: { good: 0.8, tentative: 0.667 },
  });
  const { overall, coders, note } = report;
  if (coders.length < 2 || overall.n === 0) return null;
  const number = (value: number | 'undefined'): number | null => (value === 'undefined' ? null : value);
  return {
    alpha: number(overall.alpha),
    interval: overall.interval,
    percent: number(overall.percent),
    units: overall.n,
    coders: coders.length,
    note,
  };
}
