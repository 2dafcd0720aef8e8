import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DrawnPassage, TextRange } from '../../../../renderer/viewer/types.ts';
import { frozen, FrozenReader } from '../../../support/frozen-reader.ts';
import type {} from '../../../support/in-page/reader.ts';

const PAGE = `<!doctype html><title>A notice</title>
  <style>body{font:20px/32px serif;margin:20px} p{margin:0 0 16px} *{user-select:none} ::selection{background:transparent}
    @layer first{body p:not(#none){user-select:none!important}} body p:not(#none)::selection{background:transparent!important}
    p{& b:not(#none#none){-webkit-user-select:none!important}}</style>
  <p id=top style="user-select:none!important">In the spring the county <b>organised the transfer</b> of workers.</p>
  <p>劳动力转移就业工作会议。</p>
  <p><a href="https://news.example/2023/1.html">A report</a> and <a href="#far">a place below</a>.</p>
  <details><summary>More</summary><p>What was folded away.</p></details>
  <div style="height:3000px"></div><p id=far>Far below stands another quota.</p><div style="height:2000px"></div>`;
const fixture = frozen('notice', PAGE);

const spanOf = (quote: string): TextRange => {
  const start = fixture.text.indexOf(quote);
  expect(start).toBeGreaterThanOrEqual(0);
  return { start, end: start + quote.length };
};
const passage = (id: string, quote: string, family: string): DrawnPassage => ({
  id,
  kind: 'text',
  ...spanOf(quote),
  page: 1,
  area: null,
  families: [family],
  codes: [`${family.toUpperCase()}.X`],
});

let reader: FrozenReader;
let devtools: CDPSession;
beforeAll(async () => {
  reader = await FrozenReader.start();
  devtools = await reader.context.newCDPSession(reader.page);
  reader.put(fixture);
});
afterAll(() => reader.close());

const open = (passages: readonly DrawnPassage[] = [], text = fixture.text): Promise<void> =>
  reader.page.evaluate(([src, t, p]) => window.reader.openView(src, t, p), [
    `/frozen/notice/`,
    text,
    passages,
  ] as const);
const told = async (event: string): Promise<unknown[]> =>
  (await reader.page.evaluate(() => window.reader.whatItTold()))
    .filter((one) => one.event === event)
    .map((one) => one.value);
const boxOf = (range: TextRange) => reader.page.evaluate((r) => window.reader.pointOf(r), range);
const drawn = (): Promise<void> => reader.page.evaluate(() => window.reader.drawn());

/** Sends the click straight to Chromium: playwright's mouse waits for a script in the frame, which has none. */
const mouse = (type: string, x: number, y: number, button = 'left', buttons = 0) =>
  devtools.send('Input.dispatchMouseEvent', {
    type: type as 'mouseMoved',
    x,
    y,
    button: button as 'left',
    buttons,
    clickCount: 1,
  });
async function click(x: number, y: number, button = 'left'): Promise<void> {
  await mouse('mouseMoved', x, y);
  await mouse('mousePressed', x, y, button, 1);
  await mouse('mouseReleased', x, y, button);
  await drawn();
}
async function drag(fromX: number, fromY: number, toX: number, toY: number): Promise<void> {
  await mouse('mouseMoved', fromX, fromY);
  await mouse('mousePressed', fromX, fromY, 'left', 1);
  for (let step = 1; step <= 5; step++) {
    await mouse('mouseMoved', fromX + ((toX - fromX) * step) / 5, fromY + ((toY - fromY) * step) / 5, 'left', 1);
  }
  await mouse('mouseReleased', toX, toY);
  await drawn();
}
async function press(key: string, code: string, keyCode: number, modifiers = 0): Promise<void> {
  await devtools.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key,
    code,
    windowsVirtualKeyCode: keyCode,
    modifiers,
  });
  await devtools.send('Input.dispatchKeyEvent', {
    type: 'keyUp',
    key,
    code,
    windowsVirtualKeyCode: keyCode,
    modifiers,
  });
  await drawn();
}
const SHIFT = 8;
const middle = ({ left, top, right, bottom }: { left: number; top: number; right: number; bottom: number }) =>
  [(left + right) / 2, (top + bottom) / 2] as const;

describe('a frozen page in the reader', () => {
  it('is ready when its text is the stored text', async () => {
    await open();
    expect(await told('ready')).toEqual([{ text: true, unstyled: false, frames: 0 }]);
  });

  it('reports a text that differs, and then takes no passages', async () => {
    await open([passage('p', 'transfer', 'trf')], fixture.text.replace('county', 'country'));
    expect(await told('ready')).toEqual([{ text: false, reason: 'text-differs' }]);
    expect(await reader.page.evaluate(() => window.reader.theView().boxOf({ start: 0, end: 5 }))).toBeNull();
  });

  it.each(['organised the transfer', '转移就业', 'county organised'])(
    'a drag over “%s” selects it, though the page forbids selecting',
    async (quote) => {
      await open();
      const span = spanOf(quote);
      const { left, right, top, bottom } = await boxOf(span);
      await drag(left + 1, (top + bottom) / 2, right - 1, (top + bottom) / 2);
      expect(await reader.page.evaluate(() => window.reader.theView().selection())).toEqual(span);
      const [selected] = (await told('select')).slice(-1);
      expect(selected).toMatchObject(span);
    },
  );

  it('shows what is selected, though the page hides it', async () => {
    await open();
    const shown = await reader.page.evaluate(() => {
      const frame = document.querySelector('iframe')?.contentDocument;
      const paragraph = frame?.querySelector('p');
      const view = frame?.defaultView;
      if (!paragraph || !view) throw new Error('There is no page');
      return [
        view.getComputedStyle(paragraph, '::selection').backgroundColor,
        view.getComputedStyle(paragraph).userSelect,
      ];
    });
    expect(shown).toEqual([expect.not.stringMatching(/^(transparent|rgba\(0, 0, 0, 0\))$/), 'text']);
  });

  it('keeps a selection as it was set, at any zoom', async () => {
    await open();
    const span = spanOf('organised');
    for (const zoom of [1, 1.5, 0.75]) {
      await reader.page.evaluate(
        ([z, s]) => {
          window.reader.theView().setZoom(z);
          window.reader.theView().setSelection(s);
        },
        [zoom, span] as const,
      );
      expect(await reader.page.evaluate(() => window.reader.theView().selection())).toEqual(span);
      await drawn();
      // A press on selected text would begin to drag it.
      await reader.page.evaluate(() => window.reader.theView().setSelection(null));
      const { left, right, top, bottom } = await boxOf(span);
      await drag(left + 1, (top + bottom) / 2, right - 1, (top + bottom) / 2);
      expect(await reader.page.evaluate(() => window.reader.theView().selection())).toEqual(span);
    }
  });

  it('a click on a passage selects it; of overlapping ones the shorter, then the longer', async () => {
    await open([
      passage('long', 'the county organised the transfer of workers', 'trf'),
      passage('short', 'transfer', 'man'),
    ]);
    await drawn();
    const [x, y] = middle(await boxOf(spanOf('transfer')));
    await click(x, y);
    await reader.page.evaluate(() => window.reader.theView().setCurrent('short'));
    await click(x, y);
    expect(await told('passage')).toEqual(['short', 'long']);
  });

  it('a click beside the text selects no passage', async () => {
    await open([passage('p', 'of workers.', 'trf')]);
    const { right, top, bottom } = await boxOf(spanOf('of workers.'));
    await click(right + 60, (top + bottom) / 2);
    expect(await told('passage')).toEqual([]);
  });

  it('draws fills in the text and strokes under it, and shows codes for what is in view', async () => {
    await open([passage('a', 'organised', 'trf'), passage('b', 'another quota', 'man')]);
    await drawn();
    const seen = await reader.page.evaluate(() => ({
      marks: window.reader.marked(),
      codes: [...document.querySelectorAll('.margin-code')].map((code) => code.textContent),
    }));
    expect(seen.marks).toEqual(['organised']);
    expect(seen.codes).toEqual(['TRFX']);
    // Two passages on a page of 5,000 pixels: distant ones are drawn when scrolled near.
    await reader.page.evaluate((s) => window.reader.theView().scrollTo(s.start, s.end), spanOf('another quota'));
    await drawn();
    expect(
      await reader.page.evaluate(() => [...document.querySelectorAll('.margin-code')].map((code) => code.textContent)),
    ).toEqual(['MANX']);
  });

  it('a stroke lies under its words on the screen, in its family’s colour', async () => {
    await open([passage('a', 'organised', 'trf')]);
    await drawn();
    const { left, right, bottom } = await boxOf(spanOf('organised'));
    const picture = await reader.page.screenshot({
      clip: { x: Math.ceil(left) + 2, y: Math.round(bottom) - 2, width: Math.floor(right - left) - 4, height: 6 },
    });
    const inks = await reader.page.evaluate(async (png) => {
      const bitmap = await createImageBitmap(
        new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], { type: 'image/png' }),
      );
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: new Uint8ClampedArray() };
      let matches = 0;
      for (let at = 0; at < data.length; at += 4)
        if (`${data[at]},${data[at + 1]},${data[at + 2]}` === '31,111,178') matches++;
      return matches / bitmap.width;
    }, picture.toString('base64'));
    // --f-trf on light paper is #1f6fb2, and its stroke is solid and two pixels thick.
    expect(inks).toBeGreaterThanOrEqual(1.5);
  });

  it('marks matches apart from passages, and the current match differently; unfolds what hides it', async () => {
    await open([passage('a', 'organised', 'trf')]);
    const matches = ['transfer', 'quota', 'folded away'].map(spanOf);
    await reader.page.evaluate((all) => window.reader.theView().setMatches(all, 0), matches);
    await drawn();
    const first = await reader.page.evaluate(() => window.reader.found());
    expect(first.current).toEqual(['transfer']);
    // Distant matches are marked when scrolled near.
    expect(first.others).not.toContain('quota');
    expect(await reader.page.evaluate(() => window.reader.marked())).toContain('organised');
    await reader.page.evaluate(
      ([all, match]) => {
        window.reader.theView().setMatches(all, 2);
        window.reader.theView().scrollTo(match.start, match.end);
      },
      [matches, spanOf('folded away')] as const,
    );
    await drawn();
    expect(await reader.page.evaluate(() => window.reader.found())).toEqual({
      others: ['transfer'],
      current: ['folded away'],
    });
    expect(await reader.page.evaluate((s) => window.reader.theView().boxOf(s), spanOf('folded away'))).not.toBeNull();
  });

  it('passes keys to the app first, and handles those the app does not', async () => {
    await open();
    await reader.page.evaluate(() => {
      window.reader.takeKeys(['t']);
      window.reader.theView().focus();
    });
    await press('t', 'KeyT', 84);
    await press('End', 'End', 35);
    expect(await told('key')).toEqual(['t', 'End']);
    // Chromium scrolls to the end over several frames.
    await reader.page.waitForFunction(() => (document.querySelector('iframe')?.contentWindow?.scrollY ?? 0) > 1000);
    await reader.page.evaluate(() => window.reader.takeKeys([]));
  });

  it('takes the keyboard only once it listens: a key pressed while the frame loads goes to the app', async () => {
    const had = await reader.page.evaluate(
      async ([src, text]) => {
        const keyboard = (): string => document.activeElement?.localName ?? '';
        const opening = window.reader.openView(src, text);
        window.reader.theView().focus();
        const before = keyboard();
        await opening;
        return [before, keyboard()];
      },
      ['/frozen/notice/', fixture.text] as const,
    );
    expect(had).toEqual(['body', 'iframe']);
  });

  it('selects by keyboard alone: Shift with arrows, from the first line in view', async () => {
    await open();
    await reader.page.evaluate(() => window.reader.theView().focus());
    for (let times = 0; times < 'In the'.length; times++) await press('ArrowRight', 'ArrowRight', 39, SHIFT);
    expect(await reader.page.evaluate(() => window.reader.theView().selection())).toEqual(spanOf('In the'));
    expect((await told('select')).at(-1)).toMatchObject(spanOf('In the'));
  });

  it('a link shows its address on hover and focus, offers to copy it, and navigates nowhere', async () => {
    await open();
    const shown = () =>
      reader.page.evaluate(() => {
        const line = document.querySelector<HTMLElement>('.frozen-page-link');
        return line === null || line.hidden ? null : line.textContent;
      });
    const [x, y] = middle(await boxOf(spanOf('A report')));
    await click(x, y);
    expect(await shown()).toBe('https://news.example/2023/1.html');
    await click(x, y, 'middle');
    await click(x, y, 'right');
    await mouse('mouseMoved', x, y + 200);
    expect(await shown()).toBeNull();
    await reader.page.evaluate(() => window.reader.theView().focus());
    await press('Tab', 'Tab', 9);
    expect(await shown()).toBe('#far');
    await press('Tab', 'Tab', 9, SHIFT);
    expect(await shown()).toBe('https://news.example/2023/1.html');
    await press('Enter', 'Enter', 13);
    expect(await told('address')).toEqual(Array(2).fill('https://news.example/2023/1.html'));
    expect(reader.outside).toEqual([]);
    expect(reader.context.pages()).toHaveLength(1);
  });

  it('a link within the page scrolls to its target', async () => {
    await open();
    const [x, y] = middle(await boxOf(spanOf('a place below')));
    await click(x, y);
    expect(await reader.page.evaluate((s) => window.reader.theView().boxOf(s), spanOf('another quota'))).not.toBeNull();
    expect(await reader.page.evaluate(() => document.querySelector('iframe')?.contentWindow?.location.hash)).toBe('');
  });

  it('unfolds what hides a passage it is asked to show', async () => {
    await open();
    const folded = spanOf('folded away');
    expect(await reader.page.evaluate((s) => window.reader.theView().boxOf(s), folded)).toBeNull();
    await reader.page.evaluate((s) => window.reader.theView().scrollTo(s.start, s.end), folded);
    expect(await reader.page.evaluate((s) => window.reader.theView().boxOf(s), folded)).not.toBeNull();
  });

  it('leaves nothing behind in the app when it is destroyed', async () => {
    await open([passage('a', 'organised', 'trf')]);
    await reader.page.evaluate(() => window.reader.theView().destroy());
    expect(await reader.page.evaluate(() => document.getElementById('app')?.childElementCount)).toBe(0);
  });
});
