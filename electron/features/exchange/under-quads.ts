import type { Span } from '../../../shared/anchoring/quote.ts';
import type { Quad } from '../../../shared/model/index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { PageGeometry, TextRun } from '../../../shared/text/page-geometry.ts';

/** Quads of one page (from 1). */
export interface PageQuads {
  readonly page: number;
  readonly quads: readonly Quad[];
}

/** This many letters that are left out in the middle are still covered: programs leave gaps at the edges of glyphs. */
const GAP = 2;
const LETTER = /[\p{L}\p{N}]/u;

/** Finds the words under quads in one layer, whose text and geometry are read once. */
export class WordsUnderQuads {
  private readonly file: LayerFile;
  private readonly text: string;
  private readonly known = new Map<number, PageGeometry | null>();

  constructor(file: LayerFile) {
    this.file = file;
    this.text = file.text();
  }

  /**
   * The spans of the layer’s whole text whose letters have their middle under the quads, without space at their ends: several where
   * other words lie between.
   */
  spansOf(marked: readonly PageQuads[]): Span[] {
    const covered = marked.flatMap(({ page, quads }) => this.unitsUnder(page, quads)).toSorted((a, b) => a - b);
    const spans: { start: number; end: number }[] = [];
    for (const unit of covered) {
      const last = spans.at(-1);
      if (last !== undefined && unit < last.end) continue;
      if (last !== undefined && this.isGap(last.end, unit)) last.end = unit + 1;
      else spans.push({ start: unit, end: unit + 1 });
    }
    return spans.map((span) => this.whole(span)).filter(({ start, end }) => LETTER.test(this.text.slice(start, end)));
  }

  private isGap(from: number, to: number): boolean {
    if (to - from > 400) return false;
    return Array.from(this.text.slice(from, to)).filter((sign) => LETTER.test(sign)).length <= GAP;
  }

  /** Without space at the ends, and with both halves of a character at them. */
  private whole({ start, end }: Span): Span {
    let [from, to] = [start, end];
    const isLow = (unit: number): boolean => /[\udc00-\udfff]/.test(this.text.charAt(unit));
    if (isLow(from)) from -= 1;
    if (isLow(to)) to += 1;
    while (from < to && /\s/.test(this.text.charAt(from))) from += 1;
    while (to > from && /\s/.test(this.text.charAt(to - 1))) to -= 1;
    return { start: from, end: to };
  }

  private unitsUnder(page: number, quads: readonly Quad[]): number[] {
    const at = this.file.pages.find((one) => one.page === page);
    const geometry = this.geometryOf(page);
    if (at === undefined || geometry === null) return [];
    const outlines = quads.map(outlineOf);
    const units: number[] = [];
    for (const run of geometry.runs) {
      for (let unit = run.start; unit < run.end; unit++) {
        const [x, y] = middleOf(geometry, run, unit);
        if (outlines.some((outline) => isInside(outline, x, y))) units.push(at.start + unit);
      }
    }
    return units;
  }

  private geometryOf(page: number): PageGeometry | null {
    const known = this.known.get(page);
    if (known !== undefined) return known;
    const geometry = this.file.pages.some((one) => one.page === page) ? this.file.geometry(page) : null;
    this.known.set(page, geometry);
    return geometry;
  }
}

function middleOf(geometry: PageGeometry, run: TextRun, unit: number): readonly [number, number] {
  const along = ((geometry.alongMin[unit] ?? 0) + (geometry.alongMax[unit] ?? 0)) / 2;
  const across = (run.acrossMin + run.acrossMax) / 2;
  return [along * run.axisX - across * run.axisY, along * run.axisY + across * run.axisX];
}

interface Outline {
  readonly box: readonly [left: number, bottom: number, right: number, top: number];
  /** In order around the middle, so that the order in which a program wrote them doesn’t count. */
  readonly corners: readonly (readonly [number, number])[];
}

function outlineOf([x0, y0, x1, y1, x2, y2, x3, y3]: Quad): Outline {
  const corners: [number, number][] = [
    [x0, y0],
    [x1, y1],
    [x2, y2],
    [x3, y3],
  ];
  const [x, y] = [(x0 + x1 + x2 + x3) / 4, (y0 + y1 + y2 + y3) / 4];
  const angle = ([cx, cy]: readonly [number, number]): number => Math.atan2(cy - y, cx - x);
  return {
    box: [Math.min(x0, x1, x2, x3), Math.min(y0, y1, y2, y3), Math.max(x0, x1, x2, x3), Math.max(y0, y1, y2, y3)],
    corners: corners.toSorted((a, b) => angle(a) - angle(b)),
  };
}

function isInside({ box, corners }: Outline, x: number, y: number): boolean {
  if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return false;
  return corners.every(([cx, cy], n) => {
    const [nx, ny] = corners[(n + 1) % corners.length] ?? [cx, cy];
    return (nx - cx) * (y - cy) - (ny - cy) * (x - cx) >= 0;
  });
}
