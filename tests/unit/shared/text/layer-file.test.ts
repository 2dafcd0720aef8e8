import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../../shared/errors.ts';
import {
  decodeLayerFile,
  encodeLayerFile,
  openLayerFile,
  type LayerContent,
} from '../../../../shared/text/layer-file.ts';
import { decodeGeometry, encodeGeometry, quantise } from '../../../../shared/text/page-geometry.ts';
import { seeded } from '../../../support/seeded.ts';
import { geometryOf, layerContent } from './arbitrary-layer.ts';

const NO_BOX: [number, number, number, number] = [0, 0, 0, 0];
const plain = (...texts: string[]): LayerContent => ({
  engine: 'plain-text',
  version: '1',
  notes: [],
  frozen: null,
  resources: [],
  pages: texts.map((text) => ({ text, box: NO_BOX, rotation: 0, failed: false, geometry: null })),
});

/** Damaged bytes must end in a Fault, or decode to something that is whole in itself; anything else escapes and fails. */
function survives(decode: () => unknown): void {
  try {
    decode();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    expect(thrown.data.code).toBe('DAMAGED');
  }
}

describe('a page’s geometry', () => {
  it('comes back exactly as stored, and has one encoding only', () => {
    const pages = fc
      .integer({ min: 0, max: 80 })
      .chain((length) => geometryOf(length).map((geometry) => ({ length, geometry })));
    fc.assert(
      fc.property(pages, ({ length, geometry }) => {
        const bytes = encodeGeometry(geometry);
        const back = decodeGeometry(bytes, length);
        expect(back).toEqual(geometry);
        expect(encodeGeometry(back)).toEqual(bytes);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps any coordinate to 1/64 of a point, and turns non-numbers into 0', () => {
    fc.assert(
      fc.property(fc.double({ min: -10_000, max: 10_000, noNaN: true }), (points) => {
        expect(Math.abs(quantise(points) - points)).toBeLessThanOrEqual(1 / 64);
      }),
    );
    expect(quantise(Number.NaN)).toBe(0);
    expect(quantise(-0.001)).toBe(0);
    expect(Number.isFinite(quantise(Number.POSITIVE_INFINITY))).toBe(true);
  });

  it('rejects a run beyond the end of the text', () => {
    const geometry = {
      runs: [{ start: 0, end: 3, axisX: 1, axisY: 0, rightToLeft: false, hyphen: false, acrossMin: 0, acrossMax: 10 }],
      alongMin: new Float32Array(3),
      alongMax: new Float32Array(3),
    };
    expect(() => decodeGeometry(encodeGeometry(geometry), 2)).toThrow(/outside its page/);
  });

  it('gives only Fault errors for altered bytes', () => {
    const random = seeded(7);
    const [sample] = fc.sample(geometryOf(60), { numRuns: 1, seed: 7 });
    if (sample === undefined) throw new Error('fast-check gave no sample');
    const bytes = encodeGeometry(sample);
    for (let round = 0; round < 3000; round++) {
      const altered = bytes.slice(0, random.chance(0.3) ? random.int(0, bytes.length) : bytes.length);
      for (let flips = random.int(1, 4); flips > 0 && altered.length > 0; flips--)
        altered[random.int(0, altered.length - 1)] = random.int(0, 255);
      survives(() => decodeGeometry(altered, 60));
    }
  });
});

describe('a layer file', () => {
  it('returns what was stored, and the same content always has the same bytes', () => {
    fc.assert(
      fc.property(layerContent, (content) => {
        const bytes = encodeLayerFile(content);
        expect(decodeLayerFile(bytes)).toEqual(content);
        expect(encodeLayerFile(structuredClone(content))).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  it('joins its pages with one line feed, so that page offsets and the whole text agree', () => {
    fc.assert(
      fc.property(layerContent, (content) => {
        const file = openLayerFile(encodeLayerFile(content));
        const whole = file.text();
        expect(whole).toBe(content.pages.map((page) => page.text).join('\n'));
        expect(whole).toHaveLength(file.length);
        for (const { page, start, end } of file.pages) expect(whole.slice(start, end)).toBe(file.pageText(page));
      }),
      { numRuns: 100 },
    );
  });

  it('counts in UTF-16 code units and keeps a byte order mark that belongs to the text', () => {
    const file = openLayerFile(encodeLayerFile(plain('𠀀就业', '\ufeffئۇيغۇر')));
    expect(file.pages.map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [5, 12],
    ]);
    expect(file.text()).toBe('𠀀就业\n\ufeffئۇيغۇر');
  });

  it('reports a missing page as NOT_FOUND', () => {
    const file = openLayerFile(encodeLayerFile(plain('one')));
    expect(() => file.pageText(2)).toThrow(/No page 2; this source has 1/);
    expect(() => file.geometry(0)).toThrow(/No page 0/);
  });

  it('refuses to store half a surrogate pair, which UTF-8 would change', () => {
    expect(() => encodeLayerFile(plain('\ud840'))).toThrow(/surrogate/);
  });

  it('rejects a file that is longer or shorter than its header says, or claims more text than it has bytes', () => {
    const bytes = encodeLayerFile(plain('workers', 'land'));
    expect(() => openLayerFile(bytes.subarray(0, bytes.length - 1))).toThrow(/longer or shorter than the file/);
    expect(() => openLayerFile(new Uint8Array([...bytes, 0]))).toThrow(/longer or shorter than the file/);
    const claiming = (units: number): Uint8Array =>
      Buffer.from(Buffer.from(bytes).toString('latin1').replace('"units":7', `"units":${units}`), 'latin1');
    expect(() => openLayerFile(claiming(8))).toThrow(/more characters than it has bytes/);
    expect(() => openLayerFile(claiming(6)).text()).toThrow(/wrong length/);
  });

  it('gives only Fault errors for altered bytes', () => {
    const random = seeded(11);
    const samples = fc.sample(layerContent, { numRuns: 10, seed: 11 }).map(encodeLayerFile);
    for (let round = 0; round < 2000; round++) {
      const bytes = random.pick(samples);
      const altered = bytes.slice(0, random.chance(0.3) ? random.int(0, bytes.length) : bytes.length);
      for (let flips = random.int(1, 4); flips > 0 && altered.length > 0; flips--)
        altered[random.int(0, altered.length - 1)] = random.int(0, 255);
      survives(() => decodeLayerFile(altered));
    }
  });
});
