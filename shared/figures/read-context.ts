import type { Period, ReadingSource } from './figure.ts';
import type { PeriodDate, Periods } from './inferred-dates.ts';
import type { Stretch } from '../text/blocks.ts';

/** A name of a place in the text. */
export interface PlaceInText extends Stretch {
  readonly place: string;
}

/** How many dates or places before a figure are looked at. */
const LOOKED_AT = 4;
/** Words before a date which is compared with the figure, and is not its period: “than in 2016”, 比2016年 (“than 2016”). */
const COMPARED = /(?:比|较|与|同|自|over|than|from|with|to|since|against)(?: (?:that |those )?(?:in|of|the))? ?$/i;
const CITED = /\([^()]{1,160}, ?$|（[^（）]{1,80}[,，] ?$|[A-Za-z.] \($/;

const NOTHING: { readonly period: Period | null; readonly source: ReadingSource } = { period: null, source: null };

/**
 * When a figure is of. A date in its clause, with no other figure between, is printed; one elsewhere in the sentence or
 * earlier in the paragraph, one whose year stands elsewhere, and that of the title above are outside the clause, and a person confirms
 * them. `isBetween` says whether a figure lies between
 * two offsets.
 */
export function periodOf(
  folded: string,
  { dates, titles }: Periods,
  figure: Stretch,
  around: { readonly clause: Stretch; readonly sentence: Stretch; readonly paragraph: number },
  isBetween: (start: number, end: number) => boolean,
): { readonly period: Period | null; readonly source: ReadingSource } {
  const { clause, sentence, paragraph } = around;
  const next = firstAfter(dates, figure.end);
  const after = dates[next];
  if (after !== undefined && after.end <= clause.end && after.from !== null && !isBetween(figure.end, after.start))
    if (!isCompared(folded, after) && !isCited(folded, after) && !isOfTheNext(folded, after))
      return { period: spanOf(folded, after), source: after.inferred ? 'outside-clause' : 'printed' };
  const earlier = dates
    .slice(Math.max(0, next - LOOKED_AT), next)
    .toReversed()
    .filter((date) => date.end <= figure.start && date.from !== null && date.start >= paragraph)
    .filter((date) => !isCompared(folded, date) && !isCited(folded, date));
  const [before] = earlier;
  if (before !== undefined) {
    const isPrinted = !before.inferred && before.start >= clause.start && !isBetween(before.end, figure.start);
    return { period: spanOf(folded, before), source: isPrinted ? 'printed' : 'outside-clause' };
  }
  if (after !== undefined && after.end <= sentence.end && after.from !== null && !isCited(folded, after))
    return { period: spanOf(folded, after), source: 'outside-clause' };
  const above = titles[firstAfter(titles, figure.start + 1) - 1];
  return above === undefined ? NOTHING : { period: above.period, source: 'outside-clause' };
}

/** The date in the heading of a column, where the row of the cell has none of its own. */
export function periodInTable(
  folded: string,
  { dates }: Periods,
  cell: { readonly row: Stretch; readonly heading: Stretch } | null,
): { readonly period: Period | null; readonly source: ReadingSource } | null {
  if (cell === null) return null;
  const dateIn = ({ start, end }: Stretch): PeriodDate | undefined => {
    const date = dates[firstAfter(dates, start)];
    return date !== undefined && date.end <= end && date.from !== null ? date : undefined;
  };
  const heading = dateIn(cell.heading);
  return heading === undefined || dateIn(cell.row) !== undefined
    ? null
    : { period: spanOf(folded, heading), source: 'outside-clause' };
}

function spanOf(folded: string, { start, end, from, to }: PeriodDate): Period | null {
  return from === null || to === null ? null : { from, to, text: folded.slice(start, end) };
}
const isCompared = (folded: string, { start }: PeriodDate): boolean =>
  COMPARED.test(folded.slice(Math.max(0, start - 16), start));
/** Whether a date belongs to what follows it: 2020年的36000元 (“the 36,000 yuan of 2020”). */
const isOfTheNext = (folded: string, { end }: PeriodDate): boolean => /^ ?的/.test(folded.slice(end, end + 2));
const isCited = (folded: string, { start }: PeriodDate): boolean =>
  CITED.test(folded.slice(Math.max(0, start - 170), start));

/** A place alone in the clause is printed; of several, or of one elsewhere, the nearest before the figure is a guess. */
export function placeOf(
  places: readonly PlaceInText[],
  figure: Stretch,
  { clause, paragraph }: { readonly clause: Stretch; readonly paragraph: number },
): { readonly place: string | null; readonly source: ReadingSource } {
  const next = firstAfter(places, figure.end);
  const before = places
    .slice(Math.max(0, next - LOOKED_AT), next)
    .filter(({ end, start }) => end <= figure.start && start >= paragraph)
    .toReversed();
  const here = [...before, ...places.slice(next, next + LOOKED_AT)].filter(
    ({ start, end }) => start >= clause.start && end <= clause.end,
  );
  const [only] = here;
  if (only !== undefined && here.every(({ place }) => place === only.place))
    return { place: only.place, source: 'printed' };
  const [nearest = only] = before;
  return nearest === undefined ? { place: null, source: null } : { place: nearest.place, source: 'outside-clause' };
}

/** The number of the first range that begins at or after an offset; ranges are in order. */
export function firstAfter(ranges: readonly Pick<Stretch, 'start'>[], offset: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
