import { expect, test } from 'vitest';
import { flat, jbig2, jpx, pdfOfImages, type StoredImage } from '../support/pdf-bombs.ts';
import { addFile, testProject } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

/** Each image is within the limit of one, 100 megapixels; all of them together take many gigabytes. */
const SIDE = 9000;
const BOMBS: readonly [name: string, image: () => StoredImage][] = [
  ['flate', () => flat(SIDE, SIDE)],
  [
    'jpx',
    // The dictionary says that it is small.
    () => ({ ...flat(100, 100), filter: 'JPXDecode', data: jpx(SIDE, SIDE) }),
  ],
  ['jbig2', () => ({ ...flat(1, 1), width: SIDE, height: SIDE, filter: 'JBIG2Decode', data: jbig2(SIDE, SIDE) })],
];

test.each(BOMBS)(
  'a page of a PDF with forty images that unpack to gigabytes is shown with those that fit: %s',
  async (name, make) => {
    const { engine, folder } = await testProject();
    const image = make();
    await addFile(engine, `${name}.pdf`, pdfOfImages([Array.from({ length: 40 }, () => image), []]));
    await engine.close();
    const journey = new Journey(browserHost);
    await journey.start(folder);
    await journey.open(new RegExp(`${name}\\.pdf`));
    const { page } = journey;
    const canvas = page.getByRole('main').locator('canvas').first();
    await canvas.waitFor({ timeout: 60_000 });
    const tooLarge = journey.inConsole.filter((text) => text.includes('The images of this page are too large'));
    expect(tooLarge.length).toBeGreaterThan(30);
  },
);
