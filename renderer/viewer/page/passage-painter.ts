import { gripsOf } from '../flow/edge-drag.ts';
import { caretBox, type FlowSurface } from '../flow/surface.ts';
import { PassageDescriptions, type EndLabels } from '../passages/descriptions.ts';
import { fillSegments, strokeLanes } from '../passages/fills.ts';
import { lookOf } from '../passages/shapes.ts';
import type { DrawnPassage, MatchLook, TextRange } from '../types.ts';
import { FillLayer, type Fills } from './fill-layer.ts';
import type { Frame } from './frame-style.ts';
import type { FrameText } from './frame-text.ts';
import type { Paints } from './paints.ts';
import { quadOf, StrokeLayer } from './stroke-layer.ts';

/** A passage in or near view, and where its first line lies in the frame's viewport. */
export interface InView {
  readonly passage: DrawnPassage;
  readonly top: number;
}

/** The vertical extent of a range in the document, pixels from its top. */
interface Extent {
  readonly top: number;
  readonly bottom: number;
}

const isGap = ({ start, end }: TextRange): boolean => end <= start;

/** How far beyond the viewport to draw, in viewport heights. */
const REACH = 1;

/** Draws passages and matches near the viewport; ranges elsewhere cost nothing while scrolling. */
export class PassagePainter {
  readonly #frame: Frame;
  readonly #surface: FlowSurface;
  readonly #text: FrameText;
  readonly #fills: FillLayer;
  readonly #strokes: StrokeLayer;
  readonly #paints: Paints;
  readonly #descriptions: PassageDescriptions;
  #passages: readonly DrawnPassage[] = [];
  #lanes: ReadonlyMap<string, number> = new Map();
  #matches: readonly TextRange[] = [];
  #match: TextRange | null = null;
  #look: MatchLook = 'found';
  #current: string | null = null;
  /** Places of passages and matches; measured on demand, and again when the layout changes. */
  #extents: ReadonlyMap<TextRange, Extent> | null = null;

  constructor(frame: Frame, text: FrameText, surface: FlowSurface, paints: Paints, labels: EndLabels) {
    this.#frame = frame;
    this.#surface = surface;
    this.#text = text;
    this.#paints = paints;
    this.#fills = new FillLayer(frame, paints);
    this.#strokes = new StrokeLayer(frame, paints);
    this.#descriptions = new PassageDescriptions(labels);
  }

  setPassages(passages: readonly DrawnPassage[]): void {
    this.#passages = passages;
    this.#lanes = strokeLanes(passages);
    this.#extents = null;
  }
  /** If only the current match changes, nothing is measured again. */
  setMatches(matches: readonly TextRange[], current: number | null, look: MatchLook): void {
    this.#look = look;
    if (matches !== this.#matches) this.#extents = null;
    this.#matches = matches;
    this.#match = current === null ? null : (matches[current] ?? null);
  }
  setCurrent(current: string | null): void {
    this.#current = current;
  }
  /** Call when the page’s layout changed: its size, an image, folded content, or the scroll position of an element. */
  forgetPlaces(): void {
    this.#extents = null;
  }

  /** Draws, and returns the passages that begin in view. */
  draw(): InView[] {
    const near = this.#near(this.#passages);
    const byId = new Map(near.map((passage) => [passage.id, passage]));
    const matches = this.#near(this.#matches);
    const rangesOf = (found: readonly TextRange[]): Range[] =>
      found.flatMap((match) => (isGap(match) ? [] : (this.#text.range(match) ?? [])));
    this.#fills.show(this.#fillsOf(near, byId), {
      others: rangesOf(matches.filter((match) => match !== this.#match)),
      current: rangesOf(matches.filter((match) => match === this.#match)),
      look: this.#look,
    });
    const boxes = new Map(near.map((passage) => [passage.id, this.#text.boxes(passage)]));
    const current = byId.get(this.#current ?? '');
    this.#strokes.show({
      strokes: near.map((passage) => ({
        ...lookOf(passage),
        lane: this.#lanes.get(passage.id) ?? 0,
        quads: (boxes.get(passage.id) ?? []).map(quadOf),
      })),
      grips: current === undefined || current.fixed === true ? null : gripsOf(this.#surface, current),
      gaps: {
        boxes: matches.filter(isGap).flatMap((match) => caretBox(this.#surface, match.start, false) ?? []),
        colour: this.#look === 'gone' ? this.#paints.added : this.#paints.removed,
      },
    });
    this.#descriptions.show(near, {
      text: this.#text.text,
      start: 0,
      elementAt: (offset, closing) => this.#text.point(offset, closing ? 'end' : 'start')?.node.parentElement ?? null,
    });
    const { innerHeight } = this.#frame.window;
    return near.flatMap((passage) => {
      const top = boxes.get(passage.id)?.[0]?.top;
      return top === undefined || top < 0 || top > innerHeight ? [] : [{ passage, top }];
    });
  }

  showCaret(box: DOMRect | null): void {
    this.#strokes.showCaret(box);
  }

  destroy(): void {
    this.#fills.destroy();
    this.#strokes.destroy();
    this.#descriptions.destroy();
  }

  #fillsOf(near: readonly DrawnPassage[], byId: ReadonlyMap<string, DrawnPassage>): Fills[] {
    const segments = fillSegments(near, this.#current).map((segment) => ({
      range: this.#text.range(segment),
      look: lookOf(byId.get(segment.id)),
      isCurrent: segment.id === this.#current,
    }));
    const looks = Map.groupBy(segments, ({ look, isCurrent }) => `${look.family} ${look.colour} ${isCurrent}`);
    return [...looks.values()].flatMap((alike) => {
      const [first] = alike;
      if (first === undefined) return [];
      const ranges = alike.flatMap(({ range }) => range ?? []);
      return [{ look: first.look, isCurrent: first.isCurrent, ranges }];
    });
  }

  #near<T extends TextRange>(ranges: readonly T[]): T[] {
    const extents = (this.#extents ??= this.#measure());
    const { scrollY, innerHeight } = this.#frame.window;
    const from = scrollY - REACH * innerHeight;
    const to = scrollY + (1 + REACH) * innerHeight;
    return ranges.filter((range) => {
      const extent = extents.get(range);
      return extent !== undefined && extent.bottom >= from && extent.top <= to;
    });
  }

  #measure(): ReadonlyMap<TextRange, Extent> {
    const { scrollY } = this.#frame.window;
    const extents = new Map<TextRange, Extent>();
    for (const range of [...this.#passages, ...this.#matches]) {
      const box = isGap(range)
        ? caretBox(this.#surface, range.start, false)
        : this.#text.range(range)?.getBoundingClientRect();
      // Hidden text has no box.
      if (!box || (box.width === 0 && box.height === 0)) continue;
      extents.set(range, { top: box.top + scrollY, bottom: box.bottom + scrollY });
    }
    return extents;
  }
}
