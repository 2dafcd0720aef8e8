import { type LineEnds, paragraphsOf, type Stretch, trimmed } from '../text/blocks.ts';
import { sentencesOf } from '../text/sentences.ts';

/** The sentences or paragraphs of a text, without the white space around them. */
export function segmented(text: string, unit: 'sentence' | 'paragraph', lineEnds: LineEnds): Stretch[] {
  const tiles = unit === 'sentence' ? sentencesOf(text, lineEnds) : paragraphsOf(text, lineEnds);
  return tiles.map((tile) => trimmed(text, tile)).filter(({ start, end }) => end > start);
}

/** Whether two stretches have a character in common that is no white space. */
function overlap(text: string, a: Stretch, b: Stretch): boolean {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  for (let at = start; at < end; at++) if (!/\s/u.test(text.charAt(at))) return true;
  return false;
}

/**
 * Which units a stretch overlaps, by {@link overlap}. The units may overlap each other and come sorted by their start; a
 * stretch is looked up in logarithmic time, but for units as long as the longest that lies before it.
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

  /** Numbers of units, ascending. */
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
