import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeCorpus } from '../support/corpus.ts';
import { seeded } from '../support/seeded.ts';
import { LONG_PAGES, ViewerSession } from '../support/viewer/session.ts';

let session: ViewerSession;
beforeAll(async () => {
  session = await ViewerSession.start();
});
afterAll(() => session.end());

describe.each(['chinese', 'uyghur', 'long'])('selecting in a PDF (%s)', (name) => {
  it('a range set in the DOM and read back is the same range', async () => {
    const text = await session.openPdf(name);
    expect(await session.lostSpans(name, text, 11, 15)).toEqual([]);
  });

  it.each([1, 1.5, 2])('a drag selects exactly the characters between its ends (zoom %d)', async (zoom) => {
    expect(await session.failedDrags(name, zoom, 0, 6)).toEqual([]);
  });

  it('also on pages rotated in the reader', async () => {
    for (const quarters of [1, 2, 3]) expect(await session.failedDrags(name, 1, quarters, 4)).toEqual([]);
  });

  it('what is copied is the canonical text', async () => {
    const text = await session.openPdf(name);
    const random = seeded(5);
    for (let turn = 0; turn < 5; turn++) {
      const start = random.int(0, 300);
      const end = start + random.int(1, 400);
      await session.page.evaluate(
        (range) => {
          window.viewer.view.setSelection(range);
          window.viewer.view.focus();
        },
        { start, end },
      );
      expect(await session.copied()).toBe(text.slice(start, Math.min(end, text.length)));
    }
  });
});

describe('words, paragraphs and keys', () => {
  it.each([
    ['long', 'Page 1, line 4', 'surplus', 'labour and its', 'Page'],
    ['chinese', '就业脱贫', '就业', '脱贫各项工作', '转移'],
    ['uyghur', 'مۇناسىۋەتلىك ئىشلار تۆۋەندىكىچە', 'ئىشلار', 'تۆۋەندىكىچە', 'مۇناسىۋەتلىك'],
  ])(
    'a double click selects a word, dragging on selects whole words, a triple click the paragraph (%s)',
    async (name, line, word, on, before) => {
      const text = await session.openPdf(name);
      const from = text.indexOf(line);
      const at = text.indexOf(word, from);
      const { mouse } = session.page;
      /** Presses a second time on the word, and lets go inside another. */
      const dragOn = async (to: number): Promise<string> => {
        const [here, there] = [await session.pointOf(name, at + 1), await session.pointOf(name, to)];
        await mouse.click(here.x, here.y);
        await mouse.down({ clickCount: 2 });
        await mouse.move(there.x, there.y, { steps: 3 });
        await mouse.up({ clickCount: 2 });
        return session.page.evaluate(() => window.viewer.taken());
      };
      const end = text.indexOf(on, at) + on.length;
      const start = text.lastIndexOf(before, at);
      expect(await dragOn(at + 1)).toBe(word);
      expect(await dragOn(end - 2)).toBe(text.slice(at, end));
      expect(await dragOn(start + 1)).toBe(text.slice(start, at + word.length));
      const point = await session.pointOf(name, at + 1);
      await mouse.click(point.x, point.y, { clickCount: 3 });
      const paragraph = await session.selected();
      expect(paragraph).toContain(text.slice(start, end));
      expect(text.charAt(text.indexOf(paragraph) - 1)).toMatch(/^\n?$/);
      expect(text.charAt(text.indexOf(paragraph) + paragraph.length)).toMatch(/^\n?$/);
    },
  );

  it('Shift and an arrow move in visual order, also from right to left', async () => {
    const text = await session.openPdf('uyghur');
    const start = text.indexOf(' ') + 1;
    await session.page.evaluate((at) => {
      window.viewer.view.setSelection({ start: at, end: at + 2 });
      window.viewer.view.focus();
    }, start);
    await session.page.keyboard.press('Shift+ArrowLeft');
    expect((await session.selected()).length).toBeGreaterThan(2);
    await session.page.keyboard.press('Shift+ArrowRight');
    await session.page.keyboard.press('Shift+ArrowRight');
    expect(await session.selected()).toBe(text.slice(start, start + 1));
  });

  it.each([
    ['chinese', '居民人均可支配'],
    ['uyghur', 'ئەمگەك كۈچلىرىنى'],
  ])('Shift and an arrow go by characters, and to the visible line above and below (%s)', async (name, words) => {
    const text = await session.openPdf(name);
    const start = text.indexOf(words);
    await session.page.evaluate((at) => {
      window.viewer.view.setSelection({ start: at, end: at + 2 });
      window.viewer.view.focus();
    }, start);
    const ends = () => session.page.evaluate(() => window.viewer.view.selection());
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => session.page.keyboard.press(`Shift+${key}`)), Promise.resolve());
    const [on, back] = name === 'uyghur' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    await press(on, on, back);
    expect(await ends()).toEqual({ start, end: start + 3 });
    const here = await session.pointOf(name, start + 3);
    await press('ArrowDown');
    const down = (await ends())?.end ?? 0;
    const below = await session.pointOf(name, down);
    expect(text.slice(start, down)).toContain('\n');
    expect(text.slice(start, down).split('\n')).toHaveLength(2);
    expect(Math.abs(below.x - here.x)).toBeLessThan(16);
    expect(below.y).toBeGreaterThan(here.y + 8);
    await press('ArrowUp', 'ArrowUp');
    const up = await ends();
    expect(up?.end).toBe(start);
    const above = await session.pointOf(name, up?.start ?? 0);
    expect(Math.abs(above.x - here.x)).toBeLessThan(16);
    expect(above.y).toBeLessThan(here.y - 8);
  });

  it('extends over the end of a line and of a page, and Escape clears it', async () => {
    const text = await session.openPdf('long');
    const pages = session.server.layer('long')?.pages ?? [];
    const end = pages[0]?.end ?? 0;
    await session.page.evaluate((at) => {
      window.viewer.view.setSelection({ start: at - 3, end: at });
      window.viewer.view.focus();
    }, end);
    for (let step = 0; step < 4; step++) await session.page.keyboard.press('Shift+ArrowRight');
    expect(await session.selected()).toBe(text.slice(end - 3, end + 4));
    await session.page.keyboard.press('Escape');
    expect(await session.selected()).toBe('');
  });

  it('Ctrl A selects the whole text, and copies it whole though most pages are not in the DOM', async () => {
    const text = await session.openPdf('long');
    await session.page.evaluate(() => window.viewer.view.focus());
    await session.page.keyboard.press('Control+a');
    expect(await session.copied()).toBe(text);
  });

  it('keys are ignored while an input method composes', async () => {
    await session.openPdf('chinese');
    const keys = await session.page.evaluate(() => {
      window.viewer.view.focus();
      const view = document.querySelector('.pdf-view');
      view?.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', code: 'KeyH', isComposing: true, bubbles: true }));
      view?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'KeyH', keyCode: 229, bubbles: true }));
      view?.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', code: 'KeyH', bubbles: true }));
      return window.viewer.heard.keys;
    });
    expect(keys).toEqual(['KeyH']);
  });
});

describe('many pages', () => {
  const painted = (page: number) =>
    session.page.evaluate((number) => document.querySelector(`[data-page="${number}"] > canvas`) !== null, page);

  it('are in the DOM only a handful at a time, and a far page is there at once', async () => {
    await session.openPdf('long');
    expect(await session.page.evaluate(() => window.viewer.pagesInDom())).toBeLessThan(6);
    for (const far of [LONG_PAGES - 5, 40, 200]) {
      await session.page.evaluate((number) => window.viewer.pdf.goToPage(number), far);
      await session.page.waitForFunction((number) => window.viewer.ready(number), far);
      expect(await session.page.evaluate(() => window.viewer.heard.page)).toBe(far);
      expect(await session.page.evaluate(() => window.viewer.pagesInDom())).toBeLessThan(6);
    }
  });

  it('is rotated at once, as it was painted, and then painted again', async () => {
    await session.openPdf('long', 0.5);
    const [before, turned] = await session.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-page="1"] > canvas');
      const seen = (): number[] => {
        const [own, page] = [canvas, canvas?.parentElement].map((element) => element?.getBoundingClientRect());
        return [own?.left, own?.top, own?.width, own?.height].map((side, at) =>
          Math.abs((side ?? 0) - ([page?.left, page?.top, page?.width, page?.height][at] ?? 0)),
        );
      };
      const own = seen();
      const quarters = [1, 2, 3].map(() => {
        window.viewer.pdf.rotate();
        return [
          canvas?.isConnected,
          canvas?.style.transform.match(/rotate\((\d+)deg\)/)?.[1],
          seen().every((away) => away < 1),
        ];
      });
      return [own, quarters];
    });
    expect(before).toEqual([0, 0, 0, 0]);
    expect(turned).toEqual(['90', '180', '270'].map((degrees) => [true, degrees, true]));
    await session.page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-page="1"] > canvas');
      return canvas !== null && canvas.width > canvas.height && canvas.style.transform === '';
    });
  });

  it('no page is painted ahead beside one that uses all the memory', async () => {
    await session.openPdf('long', 5);
    // Small pages are painted when nothing else is to be painted.
    await session.page.evaluate(() => window.viewer.pdf.thumbnails.show([9]));
    await session.page.waitForFunction(() => window.viewer.pdf.thumbnails.get(9) !== null);
    expect([await session.page.evaluate(() => window.viewer.ready(1)), await painted(2)]).toEqual([true, false]);
    await session.openPdf('long', 1);
    await session.page.evaluate(() => window.viewer.pdf.thumbnails.show([9]));
    await session.page.waitForFunction(() => window.viewer.pdf.thumbnails.get(9) !== null);
    expect(await painted(2)).toBe(true);
  });

  it('a drag to the lower edge scrolls over the pages, and selects all between', async () => {
    const text = await session.openPdf('long', 0.75);
    const start = text.indexOf('Page 1, line 20');
    const from = await session.page.evaluate((at) => window.viewer.pointOf('long', at), start);
    if (from === null) throw new Error('Line 20 is in view.');
    await session.page.mouse.move(from.x, from.y);
    await session.page.mouse.down();
    await session.page.mouse.move(from.x + 30, 899, { steps: 5 });
    await session.page.waitForFunction(() => window.viewer.heard.page >= 3, null, { timeout: 20_000 });
    await session.page.mouse.move(from.x + 30, 500);
    await session.page.mouse.up();
    const taken = await session.selected();
    expect(taken.startsWith('Page 1, line 20')).toBe(true);
    expect(taken).toContain('Page 2, line 29');
    expect(text.slice(start).startsWith(taken)).toBe(true);
    expect(await session.copied()).toBe(taken);
  });

  it('goes to a passage on a far page', async () => {
    const text = await session.openPdf('long');
    const start = text.indexOf('Page 250, line 28');
    await session.page.evaluate((at) => window.viewer.view.scrollTo(at, at + 10), start);
    await session.page.waitForFunction(
      (at) => (window.viewer.view.boxOf({ start: at, end: at + 10 })?.bottom ?? 9999) < 900,
      start,
    );
    const box = await session.page.evaluate((at) => window.viewer.view.boxOf({ start: at, end: at + 10 }), start);
    expect(box?.top).toBeGreaterThan(0);
  });
});

describeCorpus('the Declaration in three languages', () => {
  it.each(['eng', 'cmn_hans', 'uig_arab'])('as a PDF: spans, drags and copies are exact (%s)', async (language) => {
    const name = `udhr-${language}`;
    const text = await session.openPdf(name);
    expect(await session.lostSpans(name, text, 3, 10)).toEqual([]);
    for (const zoom of [1, 1.5, 2]) expect(await session.failedDrags(name, zoom, 0, 4)).toEqual([]);
    expect(await session.failedDrags(name, 1, 1, 4)).toEqual([]);
    expect(await session.failedDrags(name, 1, 3, 4)).toEqual([]);
  });

  it.each(['eng', 'cmn_hans', 'uig_arab'])(
    'as plain text: spans come back and copies are exact (%s)',
    async (language) => {
      await session.page.evaluate((name) => window.viewer.openText(name), `text-${language}`);
      const text = await session.page.evaluate(() => window.viewer.text);
      await session.page.waitForFunction(() => document.querySelector('.text-block p') !== null);
      expect(await session.page.evaluate((most) => window.viewer.lostSpans(8, 10, 0, most), text.length)).toEqual([]);
      const random = seeded(9);
      for (let turn = 0; turn < 4; turn++) {
        const start = random.int(0, text.length - 1);
        const end = random.int(start + 1, text.length);
        await session.page.evaluate(
          (range) => {
            window.viewer.view.setSelection(range);
            window.viewer.view.focus();
          },
          { start, end },
        );
        expect(await session.copied()).toBe(text.slice(start, end));
      }
    },
  );

  it('in two columns a drag stays in its own', async () => {
    expect(await session.failedDrags('columns', 1, 0, 6)).toEqual([]);
  });

  it('pages that are rotated in the file', async () => {
    expect(await session.failedDrags('turned', 1, 0, 3)).toEqual([]);
  });
});
