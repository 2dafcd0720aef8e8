import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import { sourceId } from '../../../shared/model/index.ts';
import type { Stretch } from '../../../shared/text/blocks.ts';
import type { DraftRead } from '../../workers/draft-job.ts';
import type { EvidenceSources } from '../../project/evidence/sources.ts';
import { type DraftCards, within } from './cards.ts';
import { citedSource } from './cited.ts';
import { figure, relation } from './figure-findings.ts';

/** What is known of a sentence besides its text. */
export interface Around {
  readonly sources: EvidenceSources;
  /** The passages that the sentence is linked to, directly or through claims. */
  readonly linked: ReadonlySet<string>;
  /** The quotations that are linked by hand to words in another script, of which they are a translation. */
  readonly linkedQuotations: ReadonlySet<string>;
  readonly sourceOfPassage: ReadonlyMap<string, { readonly source: string; readonly title: string }>;
  readonly cards: DraftCards;
  readonly remedies: ReadonlyMap<string, NonNullable<DraftFinding['remedy']>>;
}

type Bare = Stretch & { readonly text: string };
type Weight = DraftFinding['weight'];

/** What all findings have. */
type Base = Pick<DraftFinding, 'key' | 'weight' | 'start' | 'end' | 'text' | 'remedy'>;
export type BaseOf = (one: Bare, kind: string, weight: Weight) => Base;

/** What was found in one sentence, in the order in which an editor settles it. */
export function findingsIn(read: DraftRead, sentence: Stretch, around: Around): DraftFinding[] {
  const here = <T extends Stretch>(ones: readonly T[]): T[] => within(ones, sentence);
  const base = baseOf(around);
  return [
    ...here(read.quotations).map((one) => quotation(one, around, base)),
    ...here(read.relations).map((one) => relation(one, read, around, base)),
    ...here(read.figures).map((one) => figure(one, around, base)),
    ...here(read.citations).map((one): DraftFinding => {
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
    ...here(read.uncited).map((one): DraftFinding => ({
      kind: 'uncited',
      ...base(one, 'uncited', 'warning'),
      what: one.kind,
    })),
    ...here(read.terms).flatMap((one) =>
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

/** Several findings of the same words are told apart by number. */
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
