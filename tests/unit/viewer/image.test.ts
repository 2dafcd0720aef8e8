import { describe, expect, it } from 'vitest';
import type { Passage, Source } from '../../../shared/model/index.ts';
import { passagesOn } from '../../../renderer/features/reader/shown.ts';
import { IMAGE_PIXELS, zoomFor, zoomStep } from '../../../renderer/viewer/pdf/layout.ts';
import { wholePixels } from '../../../renderer/viewer/pdf/area-tool.ts';
import { partsOf } from '../../../renderer/viewer/print/print-sheets.ts';

const room = { gap: 16, margin: 100, between: 2 };

describe('the zoom of an image', () => {
  it('fits a photograph into the window, and never enlarges a smaller image', () => {
    const window = { width: 1132, height: 832 };
    const fit = (width: number, height: number, to: 'width' | 'page') =>
      zoomFor({ fit: to }, { width, height }, window, room, 'one', IMAGE_PIXELS);
    expect(fit(10_000, 8000, 'width')).toBeCloseTo(0.1);
    expect(fit(1000, 16_000, 'page')).toBeCloseTo(0.05);
    expect(fit(64, 64, 'width')).toBe(1);
  });
  it('ranges from a twentieth to eight times its size', () => {
    expect(zoomStep(0.5, false, IMAGE_PIXELS)).toBe(0.4);
    expect(zoomStep(0.05, false, IMAGE_PIXELS)).toBe(0.05);
    expect(zoomStep(4, true, IMAGE_PIXELS)).toBe(6);
    expect(zoomStep(8, true, IMAGE_PIXELS)).toBe(8);
  });
});

it('an area of an image is whole pixels, and at least one', () => {
  expect(wholePixels(10.4, 20.6)).toEqual([10, 21]);
  expect(wholePixels(20.6, 10.4)).toEqual([10, 21]);
  expect(wholePixels(10.1, 10.3)).toEqual([10, 11]);
  expect(wholePixels(99.8, 100)).toEqual([99, 100]);
  expect(wholePixels(0, 0.2)).toEqual([0, 1]);
});

it('a tall image is printed in parts, and completely', () => {
  expect(partsOf(1000, 1700)).toEqual([{ width: 1000, height: 1700, top: 0 }]);
  const parts = partsOf(1000, 16_000);
  expect(parts).toHaveLength(12);
  for (const [at, part] of parts.entries()) expect(part.top).toBe(at === 0 ? 0 : (parts[at - 1]?.top ?? 0) + 1350);
  expect(parts.reduce((sum, { height }) => sum + height, 0)).toBe(16_000);
});

describe('the passages of a page', () => {
  const source = { kind: 'page', layer: 'text', picture: 'picture' } as unknown as Source;
  const words = { layer: 'text', anchor: { kind: 'text' } } as unknown as Passage;
  const area = { layer: 'picture', anchor: { kind: 'area' } } as unknown as Passage;
  const older = { layer: 'older', anchor: { kind: 'area' } } as unknown as Passage;
  const on = (kind: 'page' | 'image', layer: string) =>
    passagesOn([words, area, older], source, { kind, layer: layer as never, showScreenshot: null });
  it('are ranges in its text, and on its screenshot the areas of that screenshot', () => {
    expect(on('page', 'text')).toEqual([words]);
    expect(on('image', 'picture')).toEqual([area]);
  });
});
