import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DrawnPassage, TextRange } from '../../../../renderer/viewer/types.ts';
import { CONTROL, FrameHands, SHIFT } from '../../../support/frame-input.ts';
import { frozen, FrozenReader } from '../../../support/frozen-reader.ts';
import type {} from '../../../support/in-page/reader.ts';

const PAGE = `<!doctype html><title>A notice</title>
  <style>body{font:20px/32px serif;margin:20px} p{margin:0 0 16px}</style>
  <p>In the spring the county <b>organised the transfer</b> of workers.</p>
  <p>劳动力转移就业工作会议在县城召开。</p>
  <p>ناھىيىمىز ئىشلەمچىلەرنى يۆتكىدى</p>
  <p>Café society: cafe\u0301 owners and 👩‍👩‍👧 families.</p>
  <p>${'Line after line of the long report goes on and on. '.repeat(60)}</p>`;
const fixture = frozen('selecting', PAGE);
const spanOf = (quote: string): TextRange => {
  const start = fixture.text.indexOf(quote);
  if (start < 0) throw new Error(`“${quote}” is not in the page`);
  return { start, end: start + quote.length };
};
const passage = (id: string, quote: string): DrawnPassage => ({
  id,
  kind: 'text',
  ...spanOf(quote),
  page: 1,
  area: null,
  families: ['trf'],
  codes: ['TRF.X'],
});

let reader: FrozenReader;
let hands: FrameHands;
beforeAll(async () => {
  reader = await FrozenReader.start();
  hands = new FrameHands(reader.page, await reader.context.newCDPSession(reader.page));
  reader.put(fixture);
});
afterAll(() => reader.close());

async function open(passages: readonly DrawnPassage[] = [], current: string | null = null): Promise<void> {
  await reader.page.evaluate(
    async ([text, all, on]) => {
      await window.reader.openView('/frozen/selecting/', text, all);
      window.reader.theView().setCurrent(on);
      window.reader.theView().focus();
    },
    [fixture.text, passages, current] as const,
  );
  await hands.drawn();
}
const told = async (event: string): Promise<unknown[]> =>
  (await reader.page.evaluate(() => window.reader.whatItTold()))
    .filter((one) => one.event === event)
    .map((one) => one.value);
const select = (range: TextRange) => reader.page.evaluate((r) => window.reader.theView().setSelection(r), range);
const selected = async (): Promise<string> => {
  const range = await reader.page.evaluate(() => window.reader.theView().selection());
  return range === null ? '' : fixture.text.slice(range.start, range.end);
};
const boxOf = (range: TextRange) => reader.page.evaluate((r) => window.reader.pointOf(r), range);
/** The middle of the first character of a quotation, and the end of its last. */
async function placesOf(quote: string) {
  const { left, right, top, bottom } = await boxOf(spanOf(quote));
  return { first: { x: left + 2, y: (top + bottom) / 2 }, last: { x: right, y: (top + bottom) / 2 }, top, bottom };
}

describe('selecting in a frozen page', () => {
  it.each([
    ['organised', 2, 'organised'],
    ['就业', 2, '就业'],
    ['ئىشلەمچىلەرنى', 2, 'ئىشلەمچىلەرنى'],
    ['就业', 3, '劳动力转移就业工作会议在县城召开。'],
  ])('on “%s” %d clicks select “%s”', async (quote, times, taken) => {
    await open();
    const { left, right, top, bottom } = await boxOf(spanOf(quote));
    await hands.click({ x: (left + right) / 2, y: (top + bottom) / 2 }, times);
    expect(await selected()).toBe(taken);
  });

  it('Shift and arrows move in visual order: by words in Chinese, and from right to left without a dir', async () => {
    await open();
    const { start } = spanOf('转移就业');
    await select({ start, end: start + 2 });
    await hands.press('ArrowRight', 39, SHIFT + CONTROL);
    expect(await selected()).toBe('转移就业');
    const uyghur = spanOf('ئىشلەمچىلەرنى');
    await select({ start: uyghur.start, end: uyghur.start + 3 });
    await hands.press('ArrowLeft', 37, SHIFT);
    expect(await selected()).toBe(fixture.text.slice(uyghur.start, uyghur.start + 4));
    await hands.press('ArrowLeft', 37, SHIFT + CONTROL);
    expect(await selected()).toBe('ئىشلەمچىلەرنى');
  });

  it('never separates a letter from its marks', async () => {
    await open();
    const family = spanOf('👩‍👩‍👧');
    await select({ start: family.start - 4, end: family.start });
    await hands.press('ArrowRight', 39, SHIFT);
    expect((await selected()).endsWith('👩‍👩‍👧')).toBe(true);
  });

  it('F7 shows a caret that arrows move; Shift selects from it, and Escape ends it', async () => {
    await open();
    await hands.press('F7', 118);
    await hands.press('ArrowDown', 40);
    await hands.press('Home', 36);
    await hands.press('ArrowRight', 39, SHIFT);
    expect(await selected()).toBe('劳');
    expect((await told('select')).at(-1)).toMatchObject({ start: spanOf('劳动力').start });
    await hands.press('Escape', 27);
    expect(await selected()).toBe('');
  });

  it('Ctrl A selects the source’s text, and the canonical text is copied', async () => {
    await open();
    await hands.press('a', 65, CONTROL);
    expect(await reader.page.evaluate(() => window.reader.theView().selection())).toEqual({
      start: 0,
      end: fixture.text.trimEnd().length,
    });
    await select(spanOf('county organised the transfer of'));
    await reader.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await hands.press('c', 67, CONTROL, ['copy']);
    expect(await reader.page.evaluate(() => navigator.clipboard.readText())).toBe('county organised the transfer of');
  });

  it('a long press selects the word under the finger and extends by words', async () => {
    await open();
    const from = await placesOf('organised');
    const to = await placesOf('transfer');
    await hands.longPress({ ...from.first, x: from.first.x + 20 }, { ...to.first, x: to.first.x + 20 });
    expect(await selected()).toBe('organised the transfer');
  });
});

describe('the edges of the current passage', () => {
  it('follow the pointer, are drawn at the new place, and are reported on release', async () => {
    await open([passage('p', 'organised')], 'p');
    const { last, bottom } = await placesOf('organised');
    const to = await placesOf('transfer');
    await hands.pull({ x: last.x, y: bottom }, to.last);
    expect(await reader.page.evaluate(() => window.reader.marked().join(''))).toBe('organised the transfer');
    expect(await told('reshape')).toEqual([]);
    await hands.mouse('mouseReleased', to.last);
    await hands.drawn();
    expect(await told('reshape')).toEqual([{ id: 'p', to: { kind: 'text', ...spanOf('organised the transfer') } }]);
    expect(await selected()).toBe('');
    expect(await told('passage')).toEqual([]);
  });

  it('go back when Escape is pressed, and never pass each other', async () => {
    await open([passage('p', 'organised')], 'p');
    const { first, last, top, bottom } = await placesOf('organised');
    await hands.pull({ x: first.x - 2, y: top }, { x: last.x + 80, y: last.y });
    await hands.press('Escape', 27);
    await hands.mouse('mouseReleased', last);
    expect(await told('reshape')).toEqual([]);
    await expect.poll(() => reader.page.evaluate(() => window.reader.marked())).toEqual(['organised']);
    await hands.drag({ x: last.x, y: bottom }, { x: first.x - 100, y: last.y });
    expect(await told('reshape')).toEqual([
      { id: 'p', to: { kind: 'text', start: spanOf('organised').start, end: spanOf('organised').start + 1 } },
    ]);
  });

  it('stay where they are in a fixed passage', async () => {
    await open([{ ...passage('p', 'organised'), fixed: true }], 'p');
    const { last, bottom } = await placesOf('organised');
    await hands.drag({ x: last.x, y: bottom }, (await placesOf('transfer')).last);
    expect(await told('reshape')).toEqual([]);
  });

  it('scroll the page at the edge of the window', async () => {
    await open([passage('p', 'long report')], 'p');
    const { last, bottom } = await placesOf('long report');
    await hands.pull({ x: last.x, y: bottom }, { x: last.x, y: 797 });
    await reader.page.waitForFunction(() => (document.querySelector('iframe')?.contentWindow?.scrollY ?? 0) > 50);
    await hands.mouse('mouseReleased', { x: last.x, y: 797 });
    await hands.drawn();
    const [reshaped] = await told('reshape');
    expect(await reader.page.evaluate(() => document.querySelector('iframe')?.contentWindow?.scrollY)).toBeGreaterThan(
      50,
    );
    expect(reshaped).toMatchObject({ id: 'p' });
  });
});

describe('dragging out of the frame', () => {
  it('carries the data the app provides, and the app’s window gets the end of the drag', async () => {
    await open([passage('p', 'organised')]);
    await select(spanOf('county organised'));
    const seen = await reader.page.evaluate((range) => {
      const view = window.reader.theView();
      const frame = document.querySelector('iframe')?.contentWindow;
      const box = view.boxOf(range);
      if (!frame || box === null) return null;
      let ended = 0;
      window.addEventListener('dragend', () => (ended += 1), { once: true });
      const transfer = new DataTransfer();
      transfer.setData('text/html', '<b>what the page says</b>');
      const event = new frame.window.DragEvent('dragstart', {
        bubbles: true,
        cancelable: true,
        dataTransfer: transfer,
      });
      frame.document.querySelector('b')?.dispatchEvent(event);
      frame.document.querySelector('b')?.dispatchEvent(new frame.window.DragEvent('dragend', { bubbles: true }));
      return { types: [...transfer.types], prevented: event.defaultPrevented, ended };
    }, spanOf('county organised'));
    expect(seen).toEqual({ types: ['text/plain'], prevented: false, ended: 1 });
    expect(await told('drag')).toEqual([null]);
  });

  it('works for selected text and passages only', async () => {
    await open([passage('p', 'organised')]);
    await hands.drawn();
    const prevented = await reader.page.evaluate(() => {
      const frame = document.querySelector('iframe')?.contentWindow;
      if (!frame) return null;
      const event = new frame.window.DragEvent('dragstart', {
        bubbles: true,
        cancelable: true,
        dataTransfer: new DataTransfer(),
      });
      frame.document.querySelector('b')?.dispatchEvent(event);
      document
        .querySelector('.margin-code')
        ?.dispatchEvent(
          new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() }),
        );
      return event.defaultPrevented;
    });
    expect(prevented).toBe(true);
    expect(await told('drag')).toEqual(['p']);
  });
});

describe('the ends of passages', () => {
  it('are in the accessibility tree, and change neither the page’s text nor its layout nor what is copied', async () => {
    await open();
    const measured = () =>
      reader.page.evaluate(() => {
        const document = window.document.querySelector('iframe')?.contentDocument;
        return [...(document?.querySelectorAll('p') ?? [])].map((p) => [
          p.textContent,
          JSON.stringify(p.getBoundingClientRect()),
          p.childNodes.length,
        ]);
      });
    const before = await measured();
    const first = passage('a', 'county organised the transfer');
    await open([first, passage('b', '转移就业工作')]);
    const devtools = await reader.context.newCDPSession(reader.page);
    const described = async (): Promise<string[]> => {
      const { frameTree } = await devtools.send('Page.getFrameTree');
      const frameId = frameTree.childFrames?.[0]?.frame.id;
      const { nodes } = await devtools.send('Accessibility.getFullAXTree', frameId === undefined ? {} : { frameId });
      return nodes
        .flatMap((node) => (node.ignored ? [] : [String(node.description?.value ?? '')]))
        .filter(Boolean)
        .sort();
    };
    await expect
      .poll(described)
      .toEqual([
        'begins at county: TRF.X',
        'begins at 转移就业工作: TRF.X; ends at 转移就业工作: TRF.X',
        'ends at transfer: TRF.X',
      ]);
    expect(await measured()).toEqual(before);
    await select(spanOf('county organised the transfer of'));
    await hands.press('c', 67, CONTROL, ['copy']);
    expect(await reader.page.evaluate(() => navigator.clipboard.readText())).toBe('county organised the transfer of');
    await reader.page.evaluate(() => window.reader.theView().setPassages([]));
    await expect.poll(described).toEqual([]);
  });
});
