import type { CallOutput, CallArgs } from '../../../shared/contract/index.ts';
import type { DossierAsked } from '../../../shared/contract/dossier.ts';
import { Fault } from '../../../shared/errors.ts';
import { dossierShows, type DossierShows, TEMPLATES } from '../../../shared/model/index.ts';
import { numbered } from '../../../shared/text/counted.ts';
import { MOST_EXHIBITS } from '../../formats/dossier/folder.ts';
import type { Agreement, Document, Dossier, UsedCategory } from '../../formats/dossier/model.ts';
import { finalOf } from '../../formats/report/model.ts';
import { wholeCategories } from '../../project/codebook/categories.ts';
import type { ReadContext } from '../../project/context.ts';
import { pseudonymsOf } from '../../project/export/pseudonyms.ts';
import { livePassages } from '../../project/export/part-queries.ts';
import type { Masking } from '../../project/masks/masking.ts';
import { shownNames } from '../../project/people/names.ts';
import { collect } from '../../project/report/content.ts';
import type { ChosenPassages } from './chosen.ts';
import { arranged, groupsOf, idsOf, numbersOf } from './arranged.ts';
import { claimsOf } from './claims.ts';
import { exhibitsOf } from './exhibits.ts';
import { documentsOf } from './documents.ts';
import { figuresOf } from './figures.ts';
import { maskedDossier, withoutMasked } from './masks.ts';
import { type Keys, signersOf } from './signers.ts';
import type { Scrubbers } from '../../project/export/scrub.ts';
import { withTexts } from './texts.ts';

/** Functions of other features that a dossier needs. */
export interface Knows {
  readonly agreement: (
    context: ReadContext,
    input: CallArgs<'agreement.report'>,
  ) => CallOutput<'agreement.report'> | Promise<CallOutput<'agreement.report'>>;
  readonly conflicts: (
    context: ReadContext,
    input: CallArgs<'merge.conflicts'>,
  ) => CallOutput<'merge.conflicts'> | Promise<CallOutput<'merge.conflicts'>>;
  readonly figures: (
    context: ReadContext,
    input: CallArgs<'figures.cards'>,
  ) => CallOutput<'figures.cards'> | Promise<CallOutput<'figures.cards'>>;
  readonly relations: (
    context: ReadContext,
    input: CallArgs<'relations.recorded'>,
  ) => CallOutput<'relations.recorded'> | Promise<CallOutput<'relations.recorded'>>;
}

export interface Composing {
  readonly asked: DossierAsked;
  readonly chosen: ChosenPassages;
  readonly keys: Keys;
  /** How many bootstrap samples the agreement is computed from. */
  readonly samples: number;
  readonly watch?: (done: number, total: number) => void;
}

export interface Composed {
  readonly dossier: Dossier;
  readonly masking: Masking;
}

/** The content of a dossier, without pictures. Throws UNMASKED if it would name a private person, TOO_LARGE for more than {@link MOST_EXHIBITS} exhibits. */
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
  const shows = showsOf(asked);
  const isPseudonymous = asked.pseudonyms || !shows.names;
  const pseudonyms = isPseudonymous ? pseudonymsOf(context) : null;
  const names =
    pseudonyms === null
      ? shownNames(db)
      : new Map([...shownNames(db).keys()].map((id): [string, string] => [id, pseudonyms.of(id)]));
  const report = collect(context, { passages, count: passages.size, sources, chosen: chosen.words, names }, watch);
  const { found, leftOut } = arranged(report.sources, asked, chosen.claims);
  if (found.length > MOST_EXHIBITS) throw tooMany(found.length);
  const numberOf = numbersOf(found);
  const quoted = [...found.flatMap(idsOf), ...chosen.claims.flatMap(({ links }) => links.map((link) => link.passage))];
  const { masking, quoteOf } = maskedDossier(context, [...new Set(quoted)]);
  const claims = claimsOf(chosen.claims, numberOf, quoteOf);
  const exhibits = exhibitsOf(context, found, {
    claims: chosen.claims,
    conflicts: conflicts.conflicts,
    names,
    isPseudonymous,
    shows,
    masking,
  });
  const dossier: Dossier = {
    title: asked.title === '' ? report.title : asked.title,
    project: report.title,
    template: asked.template,
    shows,
    madeAt: report.madeAt,
    head: isPseudonymous ? null : report.head,
    codebook: report.codebook,
    chosen: report.chosen,
    summary: asked.summary,
    pseudonyms: isPseudonymous,
    claims,
    groups: groupsOf(asked.template, claims, exhibits),
    exhibits,
    leftOut,
    documents: inOrder(asked.template, documentsOf(context, report.sources, exhibits)),
    categories: usedCategories(context, exhibits),
    agreement,
    figures: shows.figures ? await figuresIn(context, knows, exhibits, shows.people ? names : null) : null,
    people: signersOf(context, exhibits, { names, keys, isPseudonymous }),
    openConflicts: conflicts.total,
    masks: report.masks ?? [],
  };
  const masked = withoutMasked(dossier, masking);
  return { dossier: pseudonyms === null ? masked : withoutNames(masked, pseudonyms.scrub), masking };
}

async function figuresIn(
  context: ReadContext,
  knows: Knows,
  exhibits: Dossier['exhibits'],
  names: ReadonlyMap<string, string> | null,
): Promise<Dossier['figures']> {
  const { figures } = await knows.figures(context, {});
  const { relations } = await knows.relations(context, {});
  const nameOf = names === null ? null : (person: string): string => names.get(person) ?? 'unknown';
  return figuresOf(exhibits, { figures, relations, nameOf });
}

const tooMany = (count: number): Fault =>
  new Fault(
    'TOO_LARGE',
    `A dossier has at most ${numbered(MOST_EXHIBITS)} exhibits. Choose fewer claims or categories, or export a report.`,
    { count },
  );

/** What the dossier shows: the template's usual parts, unless the request says otherwise. */
function showsOf({ template, shows }: DossierAsked): DossierShows {
  const usual = TEMPLATES[template].shows;
  const said = Object.entries(shows).filter(([, value]) => value !== undefined);
  return dossierShows.parse({ ...usual, ...Object.fromEntries(said) });
}

/** Sorts the documents: by title, or, if exhibits are numbered by document, in the order of the exhibits. */
const inOrder = (template: DossierAsked['template'], documents: readonly Document[]): Document[] =>
  TEMPLATES[template].exhibits === 'claims'
    ? [...documents]
    : documents.toSorted((a, b) => (a.exhibits[0] ?? 0) - (b.exhibits[0] ?? 0));

/** The categories of the exhibits, with their definitions, in the codebook’s order. */
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

/** The agreement over all coded passages, with the default settings of the agreement report; null if nothing was coded twice. */
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

/** Fields with the documents' own words, in which names stay. */
const KEPT: ReadonlySet<string> = new Set(['quote', 'exact', 'prefix', 'suffix']);
/** Fields with notes from one person to others, from which parts of names are removed, too. */
const NOTES: ReadonlySet<string> = new Set([
  'summary',
  'claim',
  'answer',
  'memo',
  'reason',
  'subject',
  'title',
  'chosen',
  'conflicts',
]);

/** A dossier without the names of people in texts that people wrote. */
const withoutNames = (dossier: Dossier, { evidence, notes }: Scrubbers): Dossier =>
  withTexts(dossier, (text, fields) => {
    if (KEPT.has(fields.at(-1) ?? '')) return text;
    return fields.some((one) => NOTES.has(one)) ? notes(text) : evidence(text);
  });
