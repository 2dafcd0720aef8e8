import { afterAll, beforeAll, expect, it } from 'vitest';
import { frozen, FrozenReader } from '../../../support/frozen-reader.ts';
import type {} from '../../../support/in-page/reader.ts';

const LINES = Array.from({ length: 40 }, (_, at) => `<p>Line ${at} of the page in the frame.</p>`).join('');
const FRAMED = frozen(
  'framed',
  `<!doctype html><title>Framed</title><p>Before the frames.</p>
  <iframe width="400" height="150" srcdoc="<style>body{height:100%;overflow:hidden}</style>${LINES}<p>The last word of it.</p>"></iframe>
  <iframe src="gone.html"></iframe><p>After the frames.</p>`,
);

let reader: FrozenReader;
beforeAll(async () => {
  reader = await FrozenReader.start();
  reader.put(FRAMED);
});
afterAll(() => reader.close());

/** The boxes of the embedded pages after layout. */
const boxes = () =>
  reader.page.evaluate(() => {
    const inner = document.querySelector('iframe')?.contentDocument;
    return [...(inner?.querySelectorAll('fz-frame') ?? [])].map((one) => ({
      isWhole: one.scrollHeight <= one.clientHeight,
      says: inner?.defaultView?.getComputedStyle(one, '::before').content ?? '',
    }));
  });

it('shows embedded pages as boxes that scroll, or whole where asked; one that was not saved says so', async () => {
  await reader.page.evaluate((text) => window.reader.openView('/frozen/framed/', text, []), FRAMED.text);
  const told = await reader.page.evaluate(() => window.reader.whatItTold());
  expect(told.filter(({ event }) => event === 'ready').map(({ value }) => value)).toEqual([
    { text: true, unstyled: false, frames: 1 },
  ]);
  const empty = { isWhole: true, says: String.raw`"Not in the saved \"file\""` };
  expect(await boxes()).toEqual([{ isWhole: false, says: 'none' }, empty]);

  const start = FRAMED.text.indexOf('The last word of it.');
  expect(start).toBeGreaterThan(0);
  await reader.page.evaluate(() =>
    window.reader.theView().setLayout({ readable: true, framesInFull: true, withoutPictures: false }),
  );
  await expect.poll(boxes).toEqual([{ isWhole: true, says: 'none' }, empty]);
  await reader.page.evaluate((at) => window.reader.theView().scrollTo(at, at + 20), start);
  const box = await reader.page.evaluate((at) => window.reader.theView().boxOf({ start: at, end: at + 20 }), start);
  expect(box).not.toBeNull();
  await reader.page.evaluate(() =>
    window.reader.theView().setLayout({ readable: true, framesInFull: false, withoutPictures: false }),
  );
  await expect.poll(boxes).toEqual([{ isWhole: false, says: 'none' }, empty]);
});
