import type { Figure } from './figure.ts';
import { firstAfter } from './read-context.ts';
import { isCount, type Surroundings } from './surroundings.ts';

/** A figure in a list, and the count it belongs to, which has the same position in the list before. */
export interface Listed {
  readonly of: Figure;
  /** The first figure of the list. The words for the whole list stand before it. */
  readonly head: Figure;
  /** The counts, as many as the list has figures. */
  readonly values: readonly Figure[];
}

/** Words between two members of one list: 46.6%和53.4% (“46.6% and 53.4%”), 3%、7%, “46.6 percent and 53.4 percent”. */
const IN_LIST = /^ ?(?:[、和及与]|以及) ?$|^(?:,|,? and) (?:about |some |nearly )?$/;
const RESPECTIVELY = /(?:分别|依次|各)(?:[^，。；\d]|(?:19|20)\d\d年){0,16}$|\brespectively,? (?:[a-z]+ ){0,3}$/;
/** A list that ends with “respectively”: “… and 53.4 percent, respectively”. */
const RESPECTIVELY_AFTER = /^[^.;\d]{0,32}\brespectively\b/;
/** The most members of a list. */
const MOST = 8;

/** Returns the number of a figure among all figures, where its list begins, and how many members the list has: 1 for a figure alone. */
export function placeInList(
  figure: Figure,
  around: Surroundings,
): { readonly at: number; readonly first: number; readonly length: number } {
  const { figures } = around;
  const at = firstAfter(figures, figure.start);
  let first = at;
  while (at - first < MOST && isBeside(figures[first - 1], figures[first], around)) first -= 1;
  let end = at;
  while (end - at < MOST && isBeside(figures[end], figures[end + 1], around)) end += 1;
  return { at, first, length: end - first + 1 };
}

/**
 * Finds the count that each percentage of a list belongs to: 7,739人跨省，8,871人省内，分别占46.6%和53.4% (“7,739 across provinces, 8,871 within, 46.6%
 * and 53.4% respectively”); 完成12亿元、9亿元，增长3%、7% (“1.2 and 0.9 billion yuan, up 3% and 7%”). Returns null if there are no such lists, or their
 * lengths differ.
 */
export function listedOf(figure: Figure, around: Surroundings): Listed | null {
  const { figures } = around;
  const { at, first, length } = placeInList(figure, around);
  const head = figures[first];
  if (length < 2 || head === undefined) return null;
  const values = figures.slice(Math.max(0, first - length), first);
  const [value] = values;
  const of = values[at - first];
  if (values.length < length || value === undefined || of === undefined) return null;
  if (!values.every((one) => isValue(one, value, head))) return null;
  const isList = values.every((one, index) => index === 0 || isBeside(values[index - 1], one, around));
  // The counts are a separate list that is no longer than this one, or the words say 分别 (“respectively”).
  const last = figures[first + length - 1] ?? head;
  const isSaid = RESPECTIVELY.test(around.before(head, 40)) || RESPECTIVELY_AFTER.test(around.after(last));
  if (isList ? isBeside(figures[first - length - 1], value, around) : !isSaid) return null;
  return { of, head, values };
}

const isBeside = (one: Figure | undefined, next: Figure | undefined, around: Surroundings): boolean =>
  one !== undefined &&
  next !== undefined &&
  one.sentence === next.sentence &&
  one.unit === next.unit &&
  IN_LIST.test(around.between(one, next));
const isValue = (one: Figure, value: Figure, head: Figure): boolean =>
  isCount(one) && one.top === null && one.unit === value.unit && one.sentence === head.sentence;

/** The words about the whole list, without 分别 (“respectively”). */
export const saidOfList = ({ head, values }: Listed, around: Surroundings): string =>
  around.between(values.at(-1) ?? head, head).replace(/分别|依次|各/, '');
