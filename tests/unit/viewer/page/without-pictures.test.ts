import { afterAll, beforeAll, expect, it } from 'vitest';
import { frozen, FrozenReader } from '../../../support/frozen-reader.ts';
import type {} from '../../../support/in-page/reader.ts';

const FACE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const PAGE = frozen(
  'pictured',
  `<!doctype html><title>Pictured</title><p>Before the picture.</p><img alt="" width="40" height="40" src="${FACE}">
  <div id="wall" style="background: url('${FACE}'); width: 40px; height: 40px"></div><p>After the picture.</p>`,
);

let reader: FrozenReader;
beforeAll(async () => {
  reader = await FrozenReader.start();
  reader.put(PAGE);
});
afterAll(() => reader.close());

const looks = () =>
  reader.page.evaluate(() => {
    const inner = document.querySelector('iframe')?.contentDocument;
    const of = (selector: string): CSSStyleDeclaration | undefined => {
      const element = inner?.querySelector(selector) ?? null;
      return element === null ? undefined : inner?.defaultView?.getComputedStyle(element);
    };
    return { picture: of('img')?.filter, wall: of('div[style]')?.backgroundImage.slice(0, 4) };
  });

it('pictures are black and backgrounds gone while a page is shown as text alone goes out, and come back', async () => {
  await reader.page.evaluate((text) => window.reader.openView('/frozen/pictured/', text, []), PAGE.text);
  const before = await looks();
  expect(before).toEqual({ picture: 'none', wall: 'url(' });
  const layout = { readable: true, framesInFull: false };
  const set = (withoutPictures: boolean): Promise<void> =>
    reader.page.evaluate((given) => window.reader.theView().setLayout(given), { ...layout, withoutPictures });
  await set(true);
  expect(await looks()).toEqual({ picture: 'brightness(0)', wall: 'none' });
  await set(false);
  expect(await looks()).toEqual(before);
});
