import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DrawnPassage } from '../../renderer/viewer/types.ts';
import { passage, ViewerSession } from '../support/viewer/session.ts';

let session: ViewerSession;
beforeAll(async () => {
  session = await ViewerSession.start();
});
afterAll(() => session.end());

interface Place {
  readonly x: number;
  readonly y: number;
}

const show = (passages: readonly DrawnPassage[], current: string): Promise<void> =>
  session.page.evaluate(([all, on]) => window.viewer.show(all, on), [passages, current] as const);
const reshaped = () => session.page.evaluate(() => window.viewer.heard.reshaped);

/** Just after the leading edge of a character, on a page turned so many quarters. */
async function edge(name: string, offset: number, quarters = 0): Promise<Place> {
  const point = await session.page.evaluate(([file, at, turn]) => window.viewer.pointOf(file, at, turn), [
    name,
    offset,
    quarters * 90,
  ] as const);
  if (point === null) throw new Error(`Character ${offset} of ${name} is not in view.`);
  return point;
}

/** Where an area in points is on the screen: its box, at 100 % on a page that is not turned. */
async function onScreen(area: readonly [number, number, number, number], page = 1) {
  const sheet = await session.page.locator(`.page-box[data-page="${page}"]`).boundingBox();
  const top = session.server.layer('chinese')?.pages[0]?.box[3] ?? 0;
  if (sheet === null) throw new Error(`Page ${page} is in view.`);
  const [left, low, right, high] = area;
  const scale = 4 / 3;
  return {
    left: sheet.x + left * scale,
    right: sheet.x + right * scale,
    top: sheet.y + (top - high) * scale,
    bottom: sheet.y + (top - low) * scale,
  };
}

describe('the edges of a text passage', () => {
  it.each([
    ['chinese', '转移就业', 1, 0],
    ['chinese', '转移就业', 1.5, 0],
    ['chinese', '转移就业', 2, 0],
    ['chinese', '转移就业', 1, 1],
    ['chinese', '转移就业', 1, 2],
    ['uyghur', ' ', 1, 0],
    ['uyghur', ' ', 1.5, 3],
  ])('go where they are dragged: %s at %s, zoom %d, turned %d quarters', async (name, words, zoom, quarters) => {
    const text = await session.openPdf(name, zoom);
    for (let turn = 0; turn < quarters; turn++) await session.page.evaluate(() => window.viewer.pdf.rotate());
    const start = text.indexOf(words) + 1;
    await session.page.evaluate((at) => window.viewer.view.scrollTo(at, at + 8), start);
    await show([passage('one', start, start + 3)], 'one');
    await session.drag({ from: await edge(name, start + 3, quarters), to: await edge(name, start + 6, quarters) });
    expect(await reshaped()).toEqual([{ id: 'one', to: { kind: 'text', start, end: start + 6 } }]);
    await show([passage('one', start, start + 6)], 'one');
    await session.drag({ from: await edge(name, start, quarters), to: await edge(name, start + 2, quarters) });
    expect((await reshaped())[1]).toEqual({ id: 'one', to: { kind: 'text', start: start + 2, end: start + 6 } });
  });

  it('move by words with Ctrl held; Escape leaves the passage as it was; nothing is selected', async () => {
    const text = await session.openPdf('long');
    const start = text.indexOf('surplus');
    await show([passage('one', start, start + 7)], 'one');
    const from = await edge('long', start + 7);
    const to = await edge('long', start + 13);
    await session.page.keyboard.down('Control');
    await session.drag({ from, to });
    await session.page.keyboard.up('Control');
    expect(await reshaped()).toEqual([{ id: 'one', to: { kind: 'text', start, end: start + 14 } }]);

    const drawn = () => session.page.locator('.passage-fill').getAttribute('d');
    await show([passage('one', start, start + 7)], 'one');
    const before = await drawn();
    await session.page.mouse.move(from.x, from.y);
    await session.page.mouse.down();
    await session.page.mouse.move(to.x, to.y, { steps: 4 });
    expect(await drawn()).not.toBe(before);
    await session.page.keyboard.press('Escape');
    expect(await drawn()).toBe(before);
    await session.page.mouse.up();
    expect(await reshaped()).toHaveLength(1);
    expect(await session.selected()).toBe('');
  });

  it('can be dragged over pages, which scroll under a pointer at the window’s edge', async () => {
    const text = await session.openPdf('long');
    const start = text.indexOf('Page 1, line 20');
    await show([passage('one', start, start + 6)], 'one');
    const from = await edge('long', start + 6);
    await session.page.mouse.move(from.x, from.y);
    await session.page.mouse.down();
    await session.page.mouse.move(from.x + 30, 899, { steps: 5 });
    await session.page.waitForFunction(() => window.viewer.heard.page >= 2, null, { timeout: 20_000 });
    await session.page.mouse.move(from.x + 30, 500, { steps: 3 });
    await session.page.mouse.up();
    const [one] = await reshaped();
    expect(one?.to).toMatchObject({ kind: 'text', start });
    expect(text.slice(start, one?.to.kind === 'text' ? one.to.end : 0)).toContain('Page 1, line 29');
  });
});

it('of a fixed passage are drawn without grips and can’t be dragged, nor an area with the keyboard', async () => {
  const text = await session.openPdf('chinese');
  const start = text.indexOf('转移就业') + 1;
  await show([passage('one', start, start + 3)], 'one');
  await expect.poll(() => session.page.locator('.grips circle').count()).toBe(2);
  await show([passage('one', start, start + 3, { fixed: true })], 'one');
  await expect.poll(() => session.page.locator('.grips circle').count()).toBe(0);
  await session.drag({ from: await edge('chinese', start + 3), to: await edge('chinese', start + 6) });
  expect(await reshaped()).toEqual([]);
  const AREA = [100, 600, 200, 700] as const;
  await show([passage('frame', 0, 0, { kind: 'area', area: [...AREA], fixed: true })], 'frame');
  const { right, bottom } = await onScreen(AREA);
  await session.drag({ from: { x: right, y: bottom }, to: { x: right + 40, y: bottom + 20 } });
  await session.page.evaluate(() => window.viewer.pdf.editArea());
  await session.page.keyboard.press('ArrowRight');
  await session.page.keyboard.press('Enter');
  expect(await reshaped()).toEqual([]);
});

describe('an area of a page', () => {
  const AREA = [100, 600, 200, 700] as const;
  const frame = (area: readonly [number, number, number, number] = AREA): DrawnPassage =>
    passage('frame', 0, 0, { kind: 'area', area: [...area] });
  const close = (at: number, wanted: readonly number[]) =>
    reshaped().then((all) => {
      const to = all[at]?.to;
      const found = to?.kind === 'area' ? to.area : [];
      expect(found.map((value) => Math.round(value))).toEqual(wanted);
    });

  it('is dragged by corners and sides, and moved as a whole', async () => {
    await session.openPdf('chinese');
    await show([frame()], 'frame');
    const { left, top, right, bottom } = await onScreen(AREA);
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    await session.drag({ from: { x: right, y: bottom }, to: { x: right + 40, y: bottom + 20 } });
    await session.drag({ from: { x: left, y: middle.y }, to: { x: left - 40, y: middle.y + 90 } });
    await session.drag({ from: middle, to: { x: middle.x + 20, y: middle.y - 40 } });
    await close(0, [100, 585, 230, 700]);
    await show([frame()], 'frame');
    await session.drag({ from: { x: left, y: middle.y }, to: { x: left - 40, y: middle.y + 90 } });
    await close(-1 + (await reshaped()).length, [70, 600, 200, 700]);
    await show([frame()], 'frame');
    await session.drag({ from: middle, to: { x: middle.x + 20, y: middle.y - 40 } });
    await close(-1 + (await reshaped()).length, [115, 630, 215, 730]);
  });

  it('never leaves its page, and a click on it remains a click', async () => {
    await session.openPdf('chinese');
    await show([frame()], 'frame');
    const { left, top, right, bottom } = await onScreen(AREA);
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    await session.drag({ from: middle, to: { x: 10, y: middle.y } });
    await close(0, [0, 600, 100, 700]);
    await show([frame()], 'frame');
    await session.page.mouse.click(middle.x, middle.y);
    expect(await reshaped()).toHaveLength(1);
    expect(await session.page.evaluate(() => window.viewer.heard.clicked)).toEqual(['frame']);
  });
});

describe('dragging out', () => {
  it('drags the selection by its words, a passage by its code; elsewhere a drag selects', async () => {
    const text = await session.openPdf('chinese');
    const at = text.indexOf('转移就业');
    await show([passage('one', at, at + 4)], 'one');
    await session.page.evaluate((start) => window.viewer.view.setSelection({ start, end: start + 4 }), at + 10);
    const inside = await edge('chinese', at + 11);
    await session.drag({ from: inside, to: { x: inside.x + 60, y: inside.y + 60 } });
    expect(await session.page.evaluate(() => window.viewer.heard.draggedOut)).toEqual([null]);
    expect(await session.selected()).toBe(text.slice(at + 10, at + 14));
    const code = await session.page.locator('.margin-code').boundingBox();
    if (code === null) throw new Error('The code is in the margin.');
    await session.drag({ from: { x: code.x + 9, y: code.y + 9 }, to: inside });
    expect(await session.page.evaluate(() => window.viewer.heard.draggedOut)).toEqual([null, 'one']);

    await session.page.mouse.click(inside.x, inside.y);
    expect(await session.selected()).toBe('');
    await session.drag({ from: inside, to: await edge('chinese', at + 13) });
    expect(await session.selected()).toBe(text.slice(at + 11, at + 13));
  });
});

describe('fingers', () => {
  let devtools: CDPSession;
  beforeEach(async () => {
    devtools = await session.page.context().newCDPSession(session.page);
    return () => devtools.detach();
  });
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Place[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints });

  it('select a word by a long press, and move the selection’s ends from there', async () => {
    const text = await session.openPdf('chinese');
    const at = text.indexOf('转移就业') + 2;
    await touch('touchStart', await edge('chinese', at));
    await session.page.waitForFunction(() => window.viewer.view.selection() !== null);
    await touch('touchEnd');
    expect(await session.selected()).toBe('就业');
    const from = await edge('chinese', at + 2);
    const to = await edge('chinese', at + 5);
    await touch('touchStart', { x: from.x, y: from.y + 16 });
    await touch('touchMove', { x: (from.x + to.x) / 2, y: to.y + 16 });
    await touch('touchMove', { x: to.x, y: to.y + 16 });
    await touch('touchEnd');
    expect(await session.selected()).toBe(text.slice(at, at + 5));
  });

  it('drag the edge of a passage, and tap on another', async () => {
    const text = await session.openPdf('chinese');
    const at = text.indexOf('转移就业');
    const passages = [passage('one', at, at + 4), passage('two', at + 20, at + 30)];
    await show(passages, 'one');
    const from = await edge('chinese', at + 4);
    const to = await edge('chinese', at + 7);
    await touch('touchStart', { x: from.x, y: from.y + 14 });
    await touch('touchMove', { x: (from.x + to.x) / 2, y: to.y + 14 });
    await touch('touchMove', { x: to.x, y: to.y + 14 });
    await touch('touchEnd');
    expect(await reshaped()).toEqual([{ id: 'one', to: { kind: 'text', start: at, end: at + 7 } }]);
    const other = await edge('chinese', at + 25);
    await touch('touchStart', other);
    await touch('touchEnd');
    await session.page.waitForFunction(() => window.viewer.heard.clicked.includes('two'));
  });

  it('zoom by pinching, around the point between them, without selecting', async () => {
    const text = await session.openPdf('chinese');
    const at = text.indexOf('转移就业');
    const { x, y } = await edge('chinese', at);
    await touch('touchStart', { x: x - 40, y }, { x: x + 40, y });
    for (const apart of [50, 60, 70, 80]) await touch('touchMove', { x: x - apart, y }, { x: x + apart, y });
    await session.page.waitForFunction(() => Math.abs(window.viewer.heard.zoom - 2) < 0.05);
    await touch('touchEnd');
    expect(await session.page.evaluate(() => window.viewer.heard.zoom)).toBeCloseTo(2, 1);
    // Drawn again when the pointer rests, which takes longer than a long press.
    await session.page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-page="1"] > canvas');
      return canvas !== null && Math.abs(canvas.width - canvas.clientWidth) < 2;
    });
    const now = await edge('chinese', at);
    expect(Math.hypot(now.x - x, now.y - y)).toBeLessThan(6);
    expect(await session.selected()).toBe('');
  });
});

describe('two pages beside each other', () => {
  it('are laid out in rows, keep the current page, and are paged row by row', async () => {
    await session.openPdf('long', 0.5);
    const tops = (...pages: number[]) =>
      session.page.evaluate(
        (all) =>
          all.map((page) => document.querySelector(`.page-box[data-page="${page}"]`)?.getBoundingClientRect().top),
        pages,
      );
    await session.page.evaluate(() => window.viewer.pdf.goToPage(40));
    await session.page.evaluate(() => window.viewer.pdf.setSpread('two'));
    expect(await session.page.evaluate(() => window.viewer.heard.page)).toBe(40);
    const [left, right, below] = await tops(39, 40, 41);
    expect(left).toBe(right);
    expect(below).toBeGreaterThan(right ?? 0);
    await session.page.evaluate(() => window.viewer.pdf.setSpread('cover'));
    const [forty, fortyOne] = await tops(40, 41);
    expect(forty).toBe(fortyOne);
    await session.page.evaluate(() => window.viewer.pdf.turnPage(true));
    expect(await session.page.evaluate(() => window.viewer.heard.page)).toBe(42);
    expect(await session.page.evaluate(() => window.viewer.pdf.position().page)).toBe(42);
    await session.page.evaluate(() => window.viewer.pdf.goToPage(300));
    await session.page.waitForFunction(() => window.viewer.ready(300));
    expect(await session.page.evaluate(() => window.viewer.pagesInDom())).toBeLessThan(10);
  });

  it('are rotated, rearranged and resized while the first visible text stays in place', async () => {
    await session.openPdf('long');
    const place = () =>
      session.page.evaluate(() => {
        const box = document.querySelector('.page-box[data-page="1"]')?.getBoundingClientRect();
        return { page: window.viewer.pdf.position().page, top: box?.top ?? null };
      });
    await session.page.evaluate(() => window.viewer.pdf.setZoom({ fit: 'width' }));
    const before = await place();
    const size = session.page.viewportSize() ?? { width: 1100, height: 800 };
    for (const width of [size.width - 300, size.width, size.width - 180, size.width]) {
      await session.page.setViewportSize({ width, height: size.height });
      await session.page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
    }
    expect(await place()).toEqual(before);
    await session.page.evaluate(() => {
      window.viewer.pdf.setSpread('two');
      window.viewer.pdf.rotate();
      window.viewer.pdf.setSpread('one');
    });
    expect((await place()).page).toBe(1);
  });

  it('fit the window together; a drag over both selects the text between, also when they are rotated', async () => {
    const text = await session.openPdf('long');
    await session.page.evaluate(() => {
      window.viewer.pdf.setSpread('two');
      window.viewer.pdf.setZoom({ fit: 'width' });
    });
    await session.page.waitForFunction(() => window.viewer.ready(2));
    const right = await session.page.locator('.page-box[data-page="2"]').boundingBox();
    expect((right?.x ?? 0) + (right?.width ?? 0)).toBeLessThan(1100);
    for (const quarters of [0, 1]) {
      if (quarters === 1) await session.page.evaluate(() => window.viewer.pdf.rotate());
      await session.page.evaluate(() => window.viewer.view.setSelection(null));
      const start = text.indexOf('Page 1, line 12');
      const end = text.indexOf('Page 2, line 12');
      await session.drag({ from: await edge('long', start, quarters), to: await edge('long', end, quarters) });
      expect(await session.selected()).toBe(text.slice(start, end));
    }
  });
});
