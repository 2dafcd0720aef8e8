import type { Span } from '../../../shared/anchoring/quote.ts';
import { joined } from '../../../shared/masks/words.ts';
import type { Area, Quad } from '../../../shared/model/index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { PageGeometry, TextRun } from '../../../shared/text/page-geometry.ts';

/** The rectangle around a quadrilateral. */
export function areaOfQuad(quad: Quad): Area {
  const [x1, y1, x2, y2, x3, y3, x4, y4] = quad;
  const [xs, ys] = [
    [x1, x2, x3, x4],
    [y1, y2, y3, y4],
  ];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The least share of a character’s width and of its height that must lie in an area. Boxes are as high as their line, so neighbouring lines touch the area. */
const COVERED = 0.2;

/** The spans of a layer’s whole text whose characters lie in an area of a page; empty if the layer has no geometry. */
export function spansInArea(file: LayerFile, page: number, area: Area): Span[] {
  const start = file.pages.find((one) => one.page === page)?.start;
  const geometry = start === undefined ? null : file.geometry(page);
  if (start === undefined || geometry === null) return [];
  const found: Span[] = [];
  for (const run of geometry.runs)
    for (let unit = run.start; unit < run.end; unit++)
      if (isIn(boxOf(geometry, run, unit), area)) found.push({ start: start + unit, end: start + unit + 1 });
  return joined(found);
}

function boxOf(
  { alongMin, alongMax }: PageGeometry,
  { axisX, axisY, acrossMin, acrossMax }: TextRun,
  unit: number,
): Area {
  const corners = [alongMin[unit] ?? 0, alongMax[unit] ?? 0].flatMap((along) =>
    [acrossMin, acrossMax].map((across) => [along * axisX - across * axisY, along * axisY + across * axisX] as const),
  );
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function isIn(box: Area, area: Area): boolean {
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  const across = Math.min(box[2], area[2]) - Math.max(box[0], area[0]);
  const down = Math.min(box[3], area[3]) - Math.max(box[1], area[1]);
  // A character without a width, such as a combining mark, counts by its position.
  return across >= COVERED * width && down >= COVERED * height && across >= 0 && down >= 0;
}
