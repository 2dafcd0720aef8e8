import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { readImage } from '../../electron/formats/image/index.ts';
import type { Area } from '../../shared/model/index.ts';
import { sharedChromium } from '../support/browser.ts';
import { exif, png, pngChunk, withExif, type Rgb } from '../support/pictures.ts';
import { somebody } from '../support/project.ts';
import { answerStylesWith } from '../support/page-styles.ts';
import { tempFolder } from '../support/temp.ts';
import { sheetsOf } from './support/paper.ts';
import { Reading } from './support/reading.ts';

const [WIDE, HIGH] = [1600, 1200];
/** A board with a dark notice in its upper left quarter. */
const board = (x: number, y: number): Rgb =>
  x > 100 && x < 700 && y > 100 && y < 500 ? [40, 44, 52] : [230, 226, 214];
const NEWS = `<!doctype html><title>News (fictional)</title><body><h1>News</h1><p>Villagers were organised in groups.</p>${'<p>More of it.</p>'.repeat(30)}`;

/** A person who works with images. */
class Looking extends Reading {
  get sheet(): Locator {
    return this.active.locator('.is-image .page-box');
  }
  /** Drags from one place of the picture to another, both as shares of its size. */
  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    const box = await this.sheet.boundingBox();
    if (box === null) throw new Error('No picture is shown');
    const at = ([x, y]: readonly [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await this.page.mouse.move(...at(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
    await this.page.mouse.move(...at(to));
    await this.page.mouse.up();
  }
  async areas(): Promise<Area[]> {
    const { passages } = await this.call('passages.list', {});
    return passages
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .flatMap(({ anchor }) => (anchor.kind === 'area' ? [anchor.area] : []));
  }
}

async function areaIs(reading: Looking, at: number, wanted: readonly number[]): Promise<void> {
  // A pixel of the screen is several of the picture.
  const near = async (): Promise<boolean> => {
    const area = (await reading.areas())[at];
    return area?.every((value, side) => Math.abs(value - (wanted[side] ?? 0)) <= 8) === true;
  };
  await expect.poll(near, { message: `area ${at} near ${wanted.join(' ')}` }).toBe(true);
}

test('an image is opened, highlighted with the mouse and by keys, tagged, moved by its edge, and restored the next day', async () => {
  const reading = new Looking();
  const file = join(reading.folder, 'board.png');
  writeFileSync(file, png(WIDE, HIGH, { paint: board }));
  await reading.start();
  await reading.newProject('Pictures');
  await reading.choose([file], () => reading.page.getByRole('button', { name: 'Choose files' }).click());
  await reading.openFrom(/board\.png/);
  await reading.sheet.locator('img').waitFor();

  await reading.press('a');
  await reading.drag([0.1, 0.1], [0.4, 0.4]);
  await areaIs(reading, 0, [160, 720, 640, 1080]);
  await reading.tag('quota');
  await expect.poll(() => reading.passages()).toMatchObject([{ exact: 'an area', tags: 1 }]);
  await reading.sheet.locator('.margin-code').waitFor();

  // Its right edge, from the middle of that side.
  await reading.drag([0.4, 0.25], [0.5, 0.25]);
  await areaIs(reading, 0, [160, 720, 800, 1080]);

  // By keys: a frame that arrows move, a taken one too.
  await reading.press('Escape');
  await reading.press('a');
  await reading.press('Enter');
  await reading.press('Shift+ArrowRight');
  await reading.press('Enter');
  await expect.poll(async () => (await reading.areas()).length).toBe(2);
  const [, before] = await reading.areas();
  await reading.press('Alt+a');
  await reading.press('ArrowDown');
  await reading.press('Enter');
  await expect.poll(async () => (await reading.areas())[1]?.[1] ?? 0).toBeLessThan(before?.[1] ?? 0);
  const [kept, moved] = await reading.areas();
  expect((moved?.[3] ?? 0) - (moved?.[1] ?? 0)).toBeCloseTo((before?.[3] ?? 0) - (before?.[1] ?? 0), -1);

  await reading.page.locator('.zoom-field input').fill('50');
  await reading.press('Enter');
  await expect.poll(async () => (await reading.sheet.boundingBox())?.width).toBe(WIDE / 2);
  await reading.inspect('picture');

  // On paper: the picture with the codes of its areas, its title and its hash.
  await reading.press('Control+KeyP');
  const dialog = reading.page.getByRole('dialog', { name: 'Print' });
  await dialog.getByRole('button', { name: 'Print' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { sources } = await reading.call('sources.list', {});
  const [sheet = '', ...others] = await sheetsOf(reading.page, reading.folder);
  expect(others).toEqual([]);
  for (const words of ['board.png', 'QUOTA', `sha256${sources[0]?.sha256}`]) expect(sheet).toContain(words);
  const key = `reading.${sources[0]?.id}`;
  await expect
    .poll(() => reading.call('view.get', { key }))
    .toMatchObject({ value: { zoom: { fit: null, zoom: 0.5 } } });
  await reading.quit();

  await reading.startAgain('Pictures');
  await expect.poll(async () => (await reading.sheet.boundingBox())?.width).toBe(WIDE / 2);
  await expect.poll(() => reading.areas()).toEqual([kept, moved]);
  await expect.poll(() => reading.sheet.locator('.passage-frame').count()).toBeGreaterThan(0);
});

test('a page shows its screenshot with its areas; going to an area shows the screenshot, going to text the page', async () => {
  const reading = new Looking();
  const file = join(reading.folder, 'news.html');
  writeFileSync(file, NEWS);
  await reading.start();
  await reading.newProject('Pages');
  await reading.quit();
  const folder = reading.project('Pages');
  const engine = await openEngine({ folder, person: somebody('Ann') });
  answerStylesWith(engine, folder, { png: png(WIDE, HIGH, { paint: board }), width: WIDE, height: HIGH });
  await engine.call('import.run', { job: randomUUID(), paths: [file], pageStyles: true });
  await engine.close();

  await reading.startAgain('Pages');
  await reading.openFrom(/news\.html|News/);
  await reading.mark('organised in groups');
  await reading.press('h');
  await expect.poll(async () => (await reading.passages()).length).toBe(1);

  // To draw on a page is to draw on its picture.
  await reading.press('a');
  await reading.sheet.locator('img').waitFor();
  await reading.page.locator('.is-marking-area').waitFor();
  await reading.drag([0.5, 0.1], [0.7, 0.3]);
  await areaIs(reading, 0, [800, 840, 1120, 1080]);
  await reading.inspect('page-picture');

  // The words come before the areas of a page.
  await reading.press('k');
  await reading.active.locator('.frozen-page-host').waitFor();
  await reading.press('j');
  await reading.sheet.locator('img').waitFor();
  // Of a page with a mask only its text goes out: its screenshot is black in what is shown as exported, on dark paper too.
  const picture = reading.sheet.locator('img');
  const look = (): Promise<string> => picture.evaluate((element) => getComputedStyle(element).filter);
  await reading.press('v');
  await reading.active.locator('.frozen-page-host').waitFor();
  await reading.page.getByRole('button', { name: 'Masks', exact: true }).click();
  const [passage] = (await reading.call('passages.list', {})).passages;
  if (passage === undefined) throw new Error('There is a passage.');
  const { source } = passage;
  const { layer, marked } = await reading.call('masks.find', { source, words: 'organised in groups' });
  await reading.call('masks.add', { source, layer, marked, reason: 'Private person' });
  await reading.press('v');
  await picture.waitFor();
  expect(await look()).toBe('none');
  await reading.page.getByRole('radio', { name: 'As exported' }).click();
  await expect.poll(look).toBe('brightness(0)');
  await reading.page.getByRole('button', { name: 'Dark paper' }).click();
  await expect.poll(look).toBe('brightness(0)');
  await reading.inspect('page-picture-masked');
});

test('the browser rotates an image by its EXIF orientation, as import expects', async () => {
  const page = await (await sharedChromium()).newPage();
  try {
    const encode = (type: string): Promise<string> =>
      page.evaluate((wanted) => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [40, 20];
        canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
        return canvas.toDataURL(wanted).split(',')[1] ?? '';
      }, type);
    const jpeg = Buffer.from(await encode('image/jpeg'), 'base64');
    for (let orientation = 1; orientation <= 8; orientation++) {
      const tiff = exif({ orientation });
      const pictures = {
        'image/jpeg': withExif(jpeg, tiff),
        'image/png': png(40, 20, { before: [pngChunk('eXIf', tiff)] }),
      };
      for (const [type, bytes] of Object.entries(pictures)) {
        const shown = await page.evaluate(
          async (src) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return [image.naturalWidth, image.naturalHeight];
          },
          `data:${type};base64,${bytes.toString('base64')}`,
        );
        const path = join(tempFolder(), 'picture');
        writeFileSync(path, bytes);
        const read = readImage(path);
        expect(read.ok ? read.value.pages[0]?.box.slice(2) : read.error, `${type}, orientation ${orientation}`).toEqual(
          shown,
        );
      }
    }
  } finally {
    await page.close();
  }
});
