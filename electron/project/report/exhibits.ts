import { BY_PROGRESS } from '../../../shared/review/queues.ts';
import type { CodedBy, ReportCategory, ReportPassage } from '../../formats/report/model.ts';

/** A passage of a report before it has its place in it. */
export type Unnumbered = Omit<ReportPassage, 'number' | 'quote' | 'page'>;

/** The further a passage has come, the later. */
const rank = ({ state }: Unnumbered): number => BY_PROGRESS.indexOf(state);

/**
 * The passages on the same words as one exhibit: everyone's coding of them, and the decision, which holds for all. Each coder of the
 * words may have a passage of their own, and a decision is recorded on one. The state is that of the passage that was decided on, else
 * of the one that came furthest; but where the coders differ and no one has decided, no check or approval counts: each was made of one
 * coding only. `parts`: at least one, in reading order.
 */
export function exhibitOf(parts: readonly [Unnumbered, ...Unnumbered[]]): Unnumbered {
  const [first, ...more] = parts;
  if (more.length === 0)
    return first.state === 'approved' || first.state === 'released' ? { ...first, accepted: true } : first;
  const decided = parts.filter((one) => one.decided !== null).sort((a, b) => compare(b.decided?.at, a.decided?.at))[0];
  const furthest = parts.toSorted((a, b) => rank(b) - rank(a))[0] ?? first;
  const coding = codingOf(parts);
  const isOpen =
    decided === undefined && new Set(coding.map(({ categories }) => categories.map(codeOf).join(' '))).size > 1;
  const { state, checker, approver } = isOpen
    ? { state: 'coded' as const, checker: null, approver: null }
    : (decided ?? furthest);
  return {
    ...first,
    also: more.map(({ id }) => id),
    translations: distinct(
      parts.flatMap((one) => one.translations),
      ({ language, text }) => `${language} ${text}`,
    ),
    categories: distinct(
      parts.flatMap((one) => one.categories),
      codeOf,
    ).toSorted((a, b) => compare(a.code, b.code)),
    coding,
    decided: decided?.decided ?? null,
    settings: [...new Set(parts.flatMap((one) => one.settings))],
    second: [...new Set(parts.flatMap((one) => one.second ?? []))].join('; ') || null,
    state,
    checker,
    approver,
    comments: parts.reduce((sum, { comments }) => sum + comments, 0),
  };
}

/** Each coder once, with the categories they gave on any of the passages. */
function codingOf(parts: readonly Unnumbered[]): CodedBy[] {
  const byCoder = Map.groupBy(
    parts.flatMap(({ coding }) => coding),
    ({ person }) => person,
  );
  return [...byCoder.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const categories = distinct(
      own.flatMap((one) => one.categories),
      codeOf,
    );
    return [{ ...first, categories: categories.toSorted((a, b) => compare(a.code, b.code)) }];
  });
}

const codeOf = ({ code }: ReportCategory): string => code;
const distinct = <T>(all: readonly T[], key: (one: T) => string): T[] => [
  ...new Map(all.map((one) => [key(one), one])).values(),
];
const compare = (a: string | null = '', b: string | null = ''): number =>
  (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
