import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_PIXELS } from '../../electron/formats/image/facts.ts';
import { readImage } from '../../electron/formats/image/index.ts';
import { openLayerFile } from '../../shared/text/layer-file.ts';
import { mutate } from '../support/mutate.ts';
import { exif, jpeg, png, pngPacked, pngText, webp } from '../support/pictures.ts';
import { seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { tempFolder } from '../support/temp.ts';
import { timed } from '../support/processor-time.ts';

const tiff = exif({
  orientation: 6,
  taken: '2021:05:14 09:30:00',
  offset: '+08:00',
  software: 'C',
  artist: 'A',
  gps: true,
});
const PICTURES = [
  png(20, 10, { before: [pngText('Title', 'T'), pngPacked('Author', 'A')] }),
  jpeg(20, 10, { tiff }),
  webp('lossy', 20, 10),
  webp('lossless', 20, 10),
  webp('extended', 20, 10, [{ type: 'EXIF', data: tiff }]),
];
const CASES = 20_000;

describe('a mutated picture', () => {
  it('is read within its bounds or rejected with a sentence, and quickly', () => {
    const path = join(tempFolder(), 'picture');
    const seen = new Map<string, number>();
    for (let seed = 0; seed < share(CASES); seed++) {
      const random = seeded(seed);
      writeFileSync(path, mutate(random.pick(PICTURES), random));
      const { outcome: extraction, ms } = timed(() => readImage(path));
      expect(ms, `seed ${seed}`).toBeLessThan(1000);
      const outcome = extraction.ok ? 'read' : extraction.error.code;
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      if (!extraction.ok) {
        expect(extraction.error.code, `seed ${seed}`).toMatch(/^(?:DAMAGED|UNSUPPORTED|TOO_LARGE)$/);
        continue;
      }
      const [left, bottom, right, top] = openLayerFile(extraction.value.layerFile).pages[0]?.box ?? [1, 1, 0, 0];
      expect([left, bottom, right >= 1, top >= 1, right * top <= MAX_PIXELS], `seed ${seed}`).toEqual([
        0,
        0,
        true,
        true,
        true,
      ]);
    }
    // Some are rejected and some are read.
    expect(seen.get('read') ?? 0).toBeGreaterThan(0);
    expect(seen.get('DAMAGED') ?? 0).toBeGreaterThan(0);
  });
});
