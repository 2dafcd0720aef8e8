import type { Quad } from '../../../shared/model/index.ts';
import { quadsOf } from '../../../shared/text/quads.ts';
import { type DrawnPath, type Fill, type Stroke, lookOf, passagePaths } from '../passages/shapes.ts';
import { isMaskLook } from '../passages/mask-looks.ts';
import { fillSegments, strokeLanes } from '../passages/fills.ts';
import type { DrawnPassage, TextRange } from '../types.ts';
import { caretAt, type Caret, type PlacedText } from './geometry.ts';
import { apply, type Matrix } from './matrix.ts';

/** The drawing of a page’s passages, in the page’s base space: its units, y down, not rotated. */
export interface PageDrawing {
  readonly paths: readonly DrawnPath[];
  /** The passages that begin on this page, each with the quad beside which its code is shown. */
  readonly codes: readonly { readonly passage: DrawnPassage; readonly quad: Quad }[];
  readonly grips: readonly Caret[];
}

/** A page with its place in the layer's whole text. `toBase` maps PDF user space to the page's base space. */
export interface DrawablePage {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  /** Null while it is not loaded, and without a text layer: areas are drawn without it. */
  readonly text: PlacedText | null;
  readonly toBase: Matrix;
  /** One CSS pixel in base space. */
  readonly hairline: number;
}

/** Maps a quad’s corners; written out, since a page of 500 passages maps some thousand quads each time it is drawn. */
export function mapQuad([a, b, c, d, e, f]: Matrix, [x1, y1, x2, y2, x3, y3, x4, y4]: Quad): Quad {
  const x = (px: number, py: number): number => a * px + c * py + e;
  const y = (px: number, py: number): number => b * px + d * py + f;
  return [x(x1, y1), y(x1, y1), x(x2, y2), y(x2, y2), x(x3, y3), y(x3, y3), x(x4, y4), y(x4, y4)];
}

/** The quads of a range of the layer's text on this page. */
export function quadsOnPage(page: DrawablePage, { start, end }: TextRange): Quad[] {
  if (page.text === null) return [];
  const from = Math.max(0, start - page.start);
  const to = Math.min(page.text.text.length, end - page.start);
  return quadsOf(page.text.geometry, from, to).map((quad) => mapQuad(page.toBase, quad));
}

/** The quad of an area, in base space; null for a text passage. */
export function areaQuad(page: DrawablePage, passage: DrawnPassage): Quad | null {
  if (passage.area === null) return null;
  const [left, bottom, right, top] = passage.area;
  return mapQuad(page.toBase, [left, bottom, right, bottom, right, top, left, top]);
}

/** Everything to draw on a page, from the passages that touch it. */
export function drawPage(page: DrawablePage, passages: readonly DrawnPassage[], current: string | null): PageDrawing {
  const texts = page.text === null ? [] : passages.filter((passage) => passage.kind === 'text');
  const areas = passages.flatMap((passage) => {
    const quad = passage.kind === 'area' && passage.page === page.number ? areaQuad(page, passage) : null;
    return quad === null ? [] : [{ passage, quad }];
  });
  const byId = new Map(texts.map((passage) => [passage.id, passage]));
  const lanes = strokeLanes(texts);
  const quads = new Map(texts.map((passage) => [passage.id, quadsOnPage(page, passage)]));
  const fills: Fill[] = fillSegments(texts, current).map((segment) => {
    const passage = byId.get(segment.id);
    const whole = passage?.start === segment.start && passage.end === segment.end;
    return {
      ...lookOf(passage),
      current: segment.id === current,
      quads: whole ? (quads.get(segment.id) ?? []) : quadsOnPage(page, segment),
    };
  });
  const strokes: Stroke[] = texts.map((passage) => ({
    ...lookOf(passage),
    lane: lanes.get(passage.id) ?? 0,
    quads: quads.get(passage.id) ?? [],
  }));
  return {
    paths: [
      ...areaPaths(areas, current, page.hairline),
      ...passagePaths(
        fills,
        [...strokes, ...areas.map(({ passage, quad }) => ({ ...lookOf(passage), lane: 0, quads: [quad] }))],
        page.hairline,
      ),
    ],
    codes: [
      ...texts.flatMap((passage) => {
        const quad = passage.start < page.start ? undefined : quads.get(passage.id)?.[0];
        return quad === undefined ? [] : [{ passage, quad }];
      }),
      ...areas,
    ],
    grips: grips(page, byId.get(current ?? '')),
  };
}

/** An area is drawn as a frame, so that its content keeps its colours; only the current one is filled. */
function areaPaths(
  areas: readonly { readonly passage: DrawnPassage; readonly quad: Quad }[],
  current: string | null,
  hairline: number,
): DrawnPath[] {
  return areas.flatMap(({ passage, quad: [x1, y1, x2, y2, x3, y3, x4, y4] }) => {
    const d = `M${x1} ${y1}L${x2} ${y2}L${x3} ${y3}L${x4} ${y4}Z`;
    const { family, ...colour } = lookOf(passage);
    const frame = { className: `passage-frame f-${family}`, d, width: hairline, dash: [], ...colour };
    if (passage.id !== current && !isMaskLook(family)) return [frame];
    if (isMaskLook(family)) return [{ ...frame, className: `passage-fill f-${family}`, width: null }, frame];
    return [{ ...frame, className: `passage-fill is-current f-${family}`, width: null }, frame];
  });
}

/** The grips of the current passage, if its ends are on this page. */
function grips(page: DrawablePage, passage: DrawnPassage | undefined): Caret[] {
  const { text } = page;
  if (passage === undefined || passage.fixed === true || text === null) return [];
  const found: (Caret | null)[] = [];
  if (passage.start >= page.start) found.push(caretAt(text, passage.start - page.start));
  // The dot of the second grip is below the line, so foot and head are swapped.
  if (passage.end <= page.end) found.push(flipped(caretAt(text, passage.end - page.start, true)));
  return found.flatMap((caret) =>
    caret === null ? [] : [{ foot: apply(page.toBase, caret.foot), head: apply(page.toBase, caret.head) }],
  );
}

const flipped = (caret: Caret | null): Caret | null => (caret === null ? null : { foot: caret.head, head: caret.foot });
