import fc from 'fast-check';
import { type LayerContent, type LayerPageContent } from '../../../../shared/text/layer-file.ts';
import { type PageGeometry, type TextRun, UNITS_PER_POINT } from '../../../../shared/text/page-geometry.ts';
import { sha256 } from '../../../../shared/model/index.ts';

/** A coordinate as the codec keeps it: whole 1/32 points, so that a round trip is the identity. */
const coordinate = fc.integer({ min: -200_000, max: 200_000 }).map((units) => units / UNITS_PER_POINT);
const interval = fc.tuple(coordinate, coordinate).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const axis = fc.oneof(
  fc.constantFrom([1, 0], [0, 1], [-1, 0], [0, -1]),
  fc
    .integer({ min: 0, max: 3599 })
    .map((tenths) => [Math.cos((tenths * Math.PI) / 1800), Math.sin((tenths * Math.PI) / 1800)])
    .map((vector) => vector.map((part) => Math.round(part * 1e6) / 1e6 + 0)),
);

/** Geometry of any shape for a text of `length` units: runs with gaps between them, both directions, any angle. */
export function geometryOf(length: number): fc.Arbitrary<PageGeometry> {
  const cuts = fc
    .uniqueArray(fc.integer({ min: 0, max: length }), { maxLength: 12 })
    .map((at) => at.sort((a, b) => a - b));
  return fc
    .tuple(
      cuts,
      fc.array(fc.tuple(axis, interval, fc.boolean(), fc.boolean()), { minLength: 6, maxLength: 6 }),
      fc.array(interval, { minLength: length, maxLength: length }),
    )
    .map(([at, shapes, intervals]) => {
      const alongMin = new Float32Array(length);
      const alongMax = new Float32Array(length);
      const runs: TextRun[] = [];
      for (let pair = 0; pair + 1 < at.length; pair += 2) {
        const [start = 0, end = 0] = at.slice(pair, pair + 2);
        const shape = shapes[pair / 2];
        if (shape === undefined) break;
        const [[axisX = 1, axisY = 0], [acrossMin, acrossMax], rightToLeft, hyphen] = shape;
        runs.push({ start, end, axisX, axisY, rightToLeft, hyphen, acrossMin, acrossMax });
        for (let unit = start; unit < end; unit++) {
          const [from, to] = intervals[unit] ?? [0, 0];
          alongMin[unit] = from;
          alongMax[unit] = to;
        }
      }
      return { runs, alongMin, alongMax };
    });
}

const hash = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => sha256.parse(hex));

const page: fc.Arbitrary<LayerPageContent> = fc
  .record({
    text: fc.string({ unit: 'grapheme', maxLength: 60 }),
    box: fc.tuple(coordinate, coordinate, coordinate, coordinate).map((box) => box.map((edge) => edge + 0)),
    rotation: fc.constantFrom(0, 90, 180, 270),
    failed: fc.boolean(),
    placed: fc.boolean(),
  })
  .chain(({ text, box: [left = 0, bottom = 0, right = 0, top = 0], placed, ...rest }) => {
    const geometry = placed ? geometryOf(text.length) : fc.constant(null);
    return geometry.map((place) => ({ ...rest, text, box: [left, bottom, right, top], geometry: place }));
  });

export const layerContent: fc.Arbitrary<LayerContent> = fc.record({
  engine: fc.constantFrom('pdfium', 'pdfjs', 'frozen-page', 'plain-text'),
  version: fc.string({ maxLength: 20 }),
  notes: fc.array(fc.string(), { maxLength: 3 }),
  frozen: fc.option(hash),
  resources: fc.array(hash, { maxLength: 3 }),
  pages: fc.array(page, { maxLength: 5 }),
});
