import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import { isGreen } from '../../../shared/figures/relation.ts';
import { dateBounds } from '../../../shared/model/dates.ts';
import { passageId, sourceId } from '../../../shared/model/index.ts';
import type { Stretch } from '../../../shared/text/blocks.ts';
import type { DraftRead } from '../../workers/draft-job.ts';
import type { EvidenceSource, EvidenceSources } from '../../project/evidence/sources.ts';

/** What is known of a sentence besides its text. */
export interface Around {
  readonly sources: EvidenceSources;
  /** The passages that the sentence is linked to, directly or through claims. */
  readonly linked: ReadonlySet<string>;
  /** The quotations that are linked by hand to words in another script, of which they are a translation. */
  readonly linkedQuotations: ReadonlySet<string>;
  readonly sourceOfPassage: ReadonlyMap<string, { readonly source: string; readonly title: string }>;
  readonly remedies: ReadonlyMap<string, NonNullable<DraftFinding['remedy']>>;
}

type Bare = Stretch & { readonly text: string };
type Weight = DraftFinding['weight'];

type Base = Pick<DraftFinding, 'key' | 'weight' | 'start' | 'end' | 'text' | 'remedy'>;
type BaseOf = (one: Bare, kind: string, weight: Weight) => Base;

/** What was found in one sentence, in the order in which an editor settles it. */
export function findingsIn(read: DraftRead, sentence: Stretch, around: Around): DraftFinding[] {
  const within = <T extends Stretch>(ones: readonly T[]): T[] =>
    ones.filter(({ start }) => start >= sentence.start && start < sentence.end);
  const base = baseOf(around);
  const figures = within(read.figures);
  const proven = new Set(
    figures.filter(({ matches }) => matches.some(({ passage }) => around.linked.has(passage))).map(({ text }) => text),
  );
  return [
    ...within(read.quotations).map((one) => quotation(one, around, base)),
    ...within(read.relations).map((one) => relation(one, proven, base)),
    ...figures.map((one) => figure(one, around, base)),
    ...within(read.citations).map((one): DraftFinding => {
      const source = citedSource(one, around.sources);
      const isUnsure = one.implied || one.date === null || source === null;
      return {
        kind: 'citation',
        ...base(one, 'citation', isUnsure ? 'warning' : 'fine'),
        publisher: one.publisher,
        date: one.date,
        implied: one.implied,
        source,
      };
    }),
    ...within(read.uncited).map((one): DraftFinding => ({
      kind: 'uncited',
      ...base(one, 'uncited', 'warning'),
      what: one.kind,
    })),
    ...within(read.terms).flatMap((one) =>
      one.problems.map(({ kind: problem, other }): DraftFinding => ({
        kind: 'term',
        ...base({ ...one, text: `${problem} ${one.chinese}` }, 'term', 'warning'),
        text: one.chinese,
        chinese: one.chinese,
        problem,
        other,
      })),
    ),
  ];
}

/** What all findings have. Several of the same words are told apart by number. */
function baseOf({ remedies }: Around): BaseOf {
  const keys = new Map<string, number>();
  return ({ start, end, text }, kind, weight) => {
    const words = `${kind}:${text}`;
    const nth = keys.get(words) ?? 0;
    keys.set(words, nth + 1);
    const key = nth === 0 ? words : `${words}:${nth + 1}`;
    const remedy = remedies.get(key) ?? null;
    return { key, weight: settled(weight, remedy), start, end, text, remedy };
  };
}

function quotation(one: DraftRead['quotations'][number], around: Around, base: BaseOf): DraftFinding {
  const status = statusOf(one, around);
  return {
    kind: 'quotation',
    ...base(one, 'quotation', QUOTATION[status]),
    status,
    found: one.found === null ? null : foundAt(one.found, around.sources),
    pieces: [...(one.found?.words ?? [])],
    hidden: [...(one.found?.hidden ?? [])],
    warnings: [...(one.found?.warnings ?? [])],
  };
}

/** `proven`: the figures of the sentence that stand in a passage it is linked to. */
function relation(one: DraftRead['relations'][number], proven: ReadonlySet<string>, base: BaseOf): DraftFinding {
  const words = [one.kind, ...one.figures].join(' ');
  const weight =
    one.verdict === 'fails'
      ? 'error'
      : !isGreen(one, one.warnings, true)
        ? 'warning'
        : one.figures.every((text) => proven.has(text))
          ? 'fine'
          : 'unchecked';
  const { figures, formula, verdict, computed, off, wide, warnings } = one;
  return {
    kind: 'relation',
    ...base({ ...one, text: words }, 'relation', weight),
    text: one.text,
    relation: one.kind,
    formula,
    figures: [...figures],
    verdict,
    computed,
    off,
    wide,
    warnings: [...warnings],
  };
}

function figure(one: DraftRead['figures'][number], around: Around, base: BaseOf): DraftFinding {
  const matches = one.matches.flatMap(({ passage, text }) => {
    const at = around.sourceOfPassage.get(passage);
    const [id, source] = [passageId.safeParse(passage).data, sourceId.safeParse(at?.source).data];
    if (at === undefined || id === undefined || source === undefined) return [];
    return [{ passage: id, source, title: at.title, text, linked: around.linked.has(passage) }];
  });
  const isLinked = matches.some(({ linked }) => linked);
  return {
    kind: 'figure',
    ...base(one, 'figure', isLinked ? 'fine' : one.isUnpaired ? 'warning' : 'unchecked'),
    unit: one.unit,
    // Those that the sentence rests on first; more than a person reads are no help.
    matches: matches.toSorted((a, b) => Number(b.linked) - Number(a.linked)).slice(0, MOST_MATCHES),
  };
}
const MOST_MATCHES = 8;

/** What somebody decided to keep stands against nothing; it stays in the report. */
const settled = (weight: Weight, remedy: DraftFinding['remedy']): Weight =>
  remedy?.remedy === 'keep' && weight === 'error' ? 'warning' : weight;

type Status = Extract<DraftFinding, { kind: 'quotation' }>['status'];
const QUOTATION: Readonly<Record<Status, Weight>> = {
  exact: 'fine',
  linked: 'fine',
  changed: 'error',
  'not-found': 'error',
  'other-language': 'error',
};
function statusOf({ text, found, isOtherLanguage }: DraftRead['quotations'][number], around: Around): Status {
  if (found?.status === 'exact') return 'exact';
  if (around.linkedQuotations.has(text)) return 'linked';
  return found?.status ?? (isOtherLanguage ? 'other-language' : 'not-found');
}

function foundAt(
  { source, start, end, before, here, after }: NonNullable<DraftRead['quotations'][number]['found']>,
  sources: EvidenceSources,
) {
  const id = sourceId.safeParse(source).data;
  if (id === undefined) return null;
  return { source: id, title: sources.byId.get(source)?.title ?? '', start, end, before, words: here, after };
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The source of that publisher and date, else the only one whose title is cited. Null where several fit: nothing is guessed. */
function citedSource({ publisher, date }: DraftRead['citations'][number], sources: EvidenceSources) {
  const name = plain(publisher);
  if (name === '') return null;
  const named = sources.all.filter((one) => plain(one.publisher ?? '') === name || plain(one.title) === name);
  const dated = date === null ? named : named.filter((one) => isOf(one, date));
  const [only, ...more] = dated;
  const id = sourceId.safeParse(only?.id).data;
  if (only === undefined || more.length > 0 || id === undefined) return null;
  return { id, title: only.title, published: (only.dates.published ?? only.dates.document)?.edtf ?? null };
}

/** Whether a source was published, or dated, on a day of the printed date. */
function isOf({ dates }: EvidenceSource, printed: string): boolean {
  const wanted = dateBounds(printed);
  return [dates.published, dates.document].some(
    (date) =>
      date !== null &&
      wanted !== null &&
      (date.bounds.from ?? 0) <= (wanted.to ?? Infinity) &&
      (wanted.from ?? 0) <= (date.bounds.to ?? Infinity),
  );
}
