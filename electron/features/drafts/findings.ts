import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import { sourceId } from '../../../shared/model/index.ts';
import type { Stretch } from '../../../shared/text/blocks.ts';
import { isReordered } from '../../../shared/text/directions.ts';
import type { DraftRead } from '../../workers/draft-job.ts';
import type { EvidenceSources } from '../../project/evidence/sources.ts';
import { type Around, baseOf, type BaseOf } from './around.ts';
import { within } from './cards.ts';
import { citedSource } from './cited.ts';
import { figure, relation } from './figure-findings.ts';

/** The findings in one sentence, in the order in which an editor resolves them. */
export function findingsIn(read: DraftRead, sentence: Stretch, around: Around): DraftFinding[] {
  const here = <T extends Stretch>(ones: readonly T[]): T[] => within(ones, sentence);
  const base = baseOf(around);
  return [
    ...reordered(read, sentence, base),
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
      one.problems.map(({ kind: problem, other, ofGlossary }): DraftFinding => ({
        kind: 'term',
        ...base({ ...one, text: `${problem} ${one.chinese}` }, 'term', 'warning'),
        text: one.chinese,
        chinese: one.chinese,
        problem,
        other,
        ofGlossary,
      })),
    ),
    ...onceEach(here(read.places)).map((one): DraftFinding => ({
      kind: 'place',
      ...base(one, 'place', 'warning'),
      other: one.other,
      name: one.place === null ? '' : around.cards.placeName(one.place),
    })),
  ];
}

function reordered({ text }: DraftRead, { start, end }: Stretch, base: BaseOf): DraftFinding[] {
  const words = text.slice(start, end);
  return isReordered(words) ? [{ kind: 'order', ...base({ start, end, text: words }, 'order', 'error') }] : [];
}

/** Keeps the first of several findings with the same text. */
const onceEach = <T extends { readonly text: string }>(all: readonly T[]): T[] =>
  all.filter(({ text }, at) => all.findIndex((one) => one.text === text) === at);

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

type Weight = DraftFinding['weight'];
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
  { source, page, start, end, before, here, after }: NonNullable<DraftRead['quotations'][number]['found']>,
  sources: EvidenceSources,
) {
  const id = sourceId.safeParse(source).data;
  if (id === undefined) return null;
  return { source: id, title: sources.byId.get(source)?.title ?? '', page, start, end, before, words: here, after };
}
