import { type LineEnds, paragraphsOf, type Stretch, trimmed } from '../text/blocks.ts';
import { sentencesOf } from '../text/sentences.ts';

/** The sentences or paragraphs of a text, without the white space around them. */
export function segmented(text: string, unit: 'sentence' | 'paragraph', lineEnds: LineEnds): Stretch[] {
  const ranges = unit === 'sentence' ? sentencesOf(text, lineEnds) : paragraphsOf(text, lineEnds);
  return ranges.map((range) => trimmed(text, range)).filter(({ start, end }) => end > start);
}

/** Whether two ranges share a character other than white space. */
function overlap(text: string, a: Stretch, b: Stretch): boolean {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  for (let at = start; at < end; at++) if (!/\s/u.test(text.charAt(at))) return true;
  return false;
}

/**
 * Which units a range overlaps, by {@link overlap}. The units may overlap each other and are sorted by start; the lookup
 * takes logarithmic time plus the units within the length of the longest one before the range.
 */
export class UnitIndex {
  private readonly text: string;
  private readonly units: readonly Stretch[];
  private readonly longest: number;

  constructor(text: string, units: readonly Stretch[]) {
    this.text = text;
    this.units = units;
    this.longest = units.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  }

  /** Indexes of units, ascending. */
  overlapping(stretch: Stretch): number[] {
    const out: number[] = [];
    for (let at = this.firstFrom(stretch.start - this.longest); at < this.units.length; at++) {
      const unit = this.units[at];
      if (unit === undefined || unit.start >= stretch.end) break;
      if (overlap(this.text, unit, stretch)) out.push(at);
    }
    return out;
  }

  /** The first unit that begins at `offset` or later. */
  private firstFrom(offset: number): number {
    let low = 0;
    let high = this.units.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.units[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
