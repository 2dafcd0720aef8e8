import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passage, ViewerSession } from '../support/viewer/session.ts';

let session: ViewerSession;
beforeAll(async () => {
  session = await ViewerSession.start();
});
afterAll(() => session.end());

describe('passages', () => {
  it('are found by a click: the shortest first, the next longer on the next click, by their code in the margin too', async () => {
    const text = await session.openPdf('chinese');
    const at = text.indexOf('转移就业');
    const passages = [
      passage('long', at - 10, at + 30),
      passage('short', at, at + 4, { families: ['fig'], codes: ['FIG.ACT'] }),
    ];
    await session.page.evaluate((all) => window.viewer.show(all), passages);
    const point = await session.page.evaluate((offset) => window.viewer.pointOf('chinese', offset), at + 1);
    if (point === null) throw new Error('The passage is in view.');
    await session.page.mouse.click(point.x, point.y);
    await session.page.evaluate((all) => window.viewer.show(all, 'short'), passages);
    await session.page.mouse.click(point.x, point.y + 1);
    await session.page.locator('.margin-code', { hasText: 'ORG' }).click();
    expect(await session.page.evaluate(() => window.viewer.heard.clicked)).toEqual(['short', 'long', 'long']);
  });

  it('are shown by strokes and codes only, with forced colours', async () => {
    await session.openPdf('chinese');
    await session.page.evaluate((all) => window.viewer.show(all), [passage('one', 10, 40)]);
    await session.page.evaluate(() => window.viewer.view.setSelection({ start: 50, end: 60 }));
    await session.page.emulateMedia({ forcedColors: 'active' });
    const drawn = await session.page.evaluate(() => {
      const style = (selector: string) => getComputedStyle(document.querySelector(selector) ?? document.body);
      const system = document.createElement('i');
      system.style.color = 'Highlight';
      document.body.append(system);
      const { color } = getComputedStyle(system);
      system.remove();
      const { fill, fillOpacity } = style('.page-drawing .selection');
      return {
        fill: style('.passage-fill').fill,
        stroke: style('.passage-stroke').stroke,
        selectedInItsColour: fill === color && Number(fillOpacity) > 0,
      };
    });
    // The page is painted on white paper in a dark contrast theme too.
    await session.page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    const onDark = await session.page.evaluate(
      () => getComputedStyle(document.querySelector('.passage-stroke') ?? document.body).stroke,
    );
    await session.page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
    expect(onDark).toBe('rgb(0, 0, 0)');
    expect(drawn.fill).toBe('none');
    expect(drawn.stroke).not.toBe('none');
    expect(drawn.selectedInItsColour).toBe(true);
  });

  it('keep the colours of light paper in the dark theme', async () => {
    await session.openPdf('chinese');
    await session.page.evaluate((all) => window.viewer.show(all), [passage('one', 10, 40)]);
    const fill = () =>
      session.page.evaluate(() => getComputedStyle(document.querySelector('.passage-fill') ?? document.body).fill);
    const light = await fill();
    await session.page.emulateMedia({ colorScheme: 'dark' });
    expect(await fill()).toBe(light);
    await session.page.emulateMedia({ colorScheme: 'light' });
  });
});

describe('the ends of passages', () => {
  const described = async (): Promise<string[]> => {
    const devtools = await session.page.context().newCDPSession(session.page);
    const { nodes } = await devtools.send('Accessibility.getFullAXTree');
    await devtools.detach();
    return nodes.flatMap((node) => (node.ignored ? [] : [String(node.description?.value ?? '')])).filter(Boolean);
  };
  /** The lines of the text, each with its place and number of nodes. */
  const lines = () =>
    session.page.evaluate(() =>
      [...document.querySelectorAll('.text-layer > span, .text-block > p')].map((line) => [
        line.textContent,
        JSON.stringify(line.getBoundingClientRect()),
        line.childNodes.length,
      ]),
    );

  it('are in the accessibility tree of a PDF, and change neither its text nor layout', async () => {
    const text = await session.openPdf('long');
    const before = await lines();
    const start = text.indexOf('surplus');
    const end = text.indexOf('labour', text.indexOf('line 1')) + 'labour'.length;
    const one = passage('one', start, end, { codes: ['TRF.ORG', 'FIG.ACT'] });
    await session.page.evaluate((all) => window.viewer.show(all), [one]);
    const ends = ['begins at surplus: TRF.ORG, FIG.ACT', 'ends at labour: TRF.ORG, FIG.ACT'];
    const ours = async () => (await described()).filter((said) => /begins|ends/u.test(said));
    await expect.poll(ours).toEqual(ends);
    expect(await lines()).toEqual(before);
    await session.page.evaluate((range) => window.viewer.view.setSelection(range), { start, end });
    await session.page.evaluate(() => window.viewer.view.focus());
    expect(await session.copied()).toBe(text.slice(start, end));
    await session.page.evaluate(() => window.viewer.show([]));
    await expect.poll(ours).toEqual([]);
  });

  it('are in the accessibility tree of a plain text, and change neither its text nor layout', async () => {
    await session.page.evaluate(() => window.viewer.openText('chinese'));
    await session.page.waitForFunction(() => document.querySelectorAll('.text-block > p').length > 3);
    const text = await session.page.evaluate(() => window.viewer.text);
    const before = await lines();
    const start = text.search(/\p{L}/u);
    const end = text.search(/\p{L}\n/u) + 1;
    await session.page.evaluate((all) => window.viewer.show(all), [passage('one', start, end)]);
    const ours = async () => (await described()).join('; ');
    await expect.poll(ours).toMatch(/begins at .+: TRF\.ORG; ends at .+: TRF\.ORG/u);
    expect(await lines()).toEqual(before);
    await session.page.evaluate(() => window.viewer.show([]));
    await expect.poll(ours).not.toMatch(/begins|ends/u);
  });
});

describe('a line that runs both ways', () => {
  it.each([
    [1, 0],
    [1.5, 0],
    [2, 0],
    [1, 1],
    [1.5, 3],
  ])('is highlighted and selected by exactly its glyphs (zoom %d, turned %d quarters)', async (zoom, quarters) => {
    const text = await session.openPdf('uyghur', zoom);
    for (let turn = 0; turn < quarters; turn++) await session.page.evaluate(() => window.viewer.pdf.rotate());
    const start = text.lastIndexOf('\n', text.indexOf('420')) + 1;
    const line = { start, end: text.indexOf('\n', start) };
    const words = text.slice(line.start, line.end);
    // From the middle of one number, over words between, into the middle of another; and a number alone.
    for (const [from, to] of [
      [words.indexOf('024'), words.indexOf('5كۈنىدىن')],
      [words.indexOf('420'), words.indexOf('420') + 2],
      [words.indexOf('ئاينىڭ'), words.length - 1],
    ] as const) {
      const range = { start: start + from, end: start + to };
      await session.page.evaluate(
        ([marked, one]) => {
          window.viewer.show([one]);
          window.viewer.view.setSelection(marked);
          window.viewer.view.scrollTo(marked.start, marked.end);
        },
        [range, passage('one', range.start, range.end)] as const,
      );
      const covered = (path: string) =>
        session.page.evaluate(([shape, units, turn]) => window.viewer.covered('uyghur', shape, units, turn), [
          path,
          line,
          quarters * 90,
        ] as const);
      // Spaces between are as narrow as nothing here and there; letters and digits are what counts.
      const wanted = [...words].flatMap((unit, at) =>
        /[\p{L}\p{N}]/u.test(unit) && from <= at && at < to ? [start + at] : [],
      );
      const letters = (units: number[]) => units.filter((unit) => /[\p{L}\p{N}]/u.test(text.charAt(unit)));
      expect(letters(await covered('.passage-fill'))).toEqual(wanted);
      expect(letters(await covered('.selection'))).toEqual(wanted);
    }
  });
});

it('a page wider than the window opens where its lines begin', async () => {
  const beginnings = (): Promise<{ left: number; right: number }> =>
    session.page.evaluate(() => {
      const page = document.querySelector('.page-box')?.getBoundingClientRect();
      const window = document.querySelector('.pdf-view')?.getBoundingClientRect();
      return { left: (page?.left ?? 0) - (window?.left ?? 0), right: (window?.right ?? 0) - (page?.right ?? 0) };
    });
  await session.openPdf('uyghur', 3);
  await expect.poll(async () => (await beginnings()).right).toBeGreaterThan(0);
  expect((await beginnings()).left).toBeLessThan(0);
  await session.openPdf('chinese', 3);
  expect((await beginnings()).left).toBeGreaterThan(0);
});

describe('areas of a page', () => {
  it('are drawn with the pointer, in points of the page', async () => {
    await session.openPdf('chinese');
    await session.page.evaluate(() => window.viewer.pdf.markArea(true));
    const sheet = await session.page.locator('.page-box[data-page="1"]').boundingBox();
    if (sheet === null) throw new Error('Page 1 is in view.');
    await session.drag({ from: { x: sheet.x + 100, y: sheet.y + 200 }, to: { x: sheet.x + 300, y: sheet.y + 260 } });
    const [marked] = await session.page.evaluate(() => window.viewer.heard.areas);
    const top = session.server.layer('chinese')?.pages[0]?.box[3] ?? 0;
    expect(marked?.page).toBe(1);
    for (const [at, wanted] of [75, top - 195, 225, top - 150].entries())
      expect(marked?.area[at]).toBeCloseTo(wanted, 0);
  });

  it('are drawn with the keyboard', async () => {
    await session.openPdf('chinese');
    await session.page.evaluate(() => window.viewer.pdf.markArea(true));
    for (const key of ['Enter', 'ArrowDown', 'Shift+ArrowRight', 'Enter']) await session.page.keyboard.press(key);
    const areas = await session.page.evaluate(() => window.viewer.heard.areas);
    expect(areas).toHaveLength(1);
    const [left = 0, bottom = 0, right = 0, top = 0] = areas[0]?.area ?? [];
    expect(right - left).toBeGreaterThan(100);
    expect(top - bottom).toBeGreaterThan(50);
  });

  it('are offered if there is no text layer, and can be clicked', async () => {
    await session.openPdf('chinese');
    const area = passage('frame', 0, 0, { kind: 'area', area: [100, 600, 200, 700] });
    await session.page.evaluate((one) => window.viewer.show([one]), area);
    const sheet = await session.page.locator('.page-box[data-page="1"]').boundingBox();
    const top = session.server.layer('chinese')?.pages[0]?.box[3] ?? 0;
    if (sheet === null) throw new Error('Page 1 is in view.');
    await session.page.mouse.click(sheet.x + (150 * 4) / 3, sheet.y + ((top - 650) * 4) / 3);
    expect(await session.page.evaluate(() => window.viewer.heard.clicked)).toEqual(['frame']);
  });
});

it('a PDF that cannot be painted shows its text, which can still be selected', async () => {
  await session.page.evaluate(() => window.viewer.openPdf('broken'));
  await session.page.waitForFunction(
    () => window.viewer.heard.unpaintable && document.querySelector('.is-unpainted .text-layer') !== null,
  );
  const text = await session.page.evaluate(() => window.viewer.text);
  const at = text.indexOf('转移就业');
  const from = await session.page.evaluate((offset) => window.viewer.pointOf('broken', offset), at);
  const to = await session.page.evaluate((offset) => window.viewer.pointOf('broken', offset), at + 4);
  if (from === null || to === null) throw new Error('The words are in view.');
  await session.drag({ from, to });
  expect(await session.selected()).toBe('转移就业');
});

it('a long press with a finger selects the word under it', async () => {
  const text = await session.openPdf('chinese');
  const at = text.indexOf('转移就业') + 2;
  const point = await session.page.evaluate((offset) => window.viewer.pointOf('chinese', offset), at);
  if (point === null) throw new Error('The word is in view.');
  const devtools = await session.page.context().newCDPSession(session.page);
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
  await session.page.waitForFunction(() => window.viewer.view.selection() !== null);
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await devtools.detach();
  expect(await session.selected()).toBe('就业');
});

describe('a PDF that is closed', () => {
  const workers = (): number => session.page.workers().length;

  it('is shown again with its page and the same worker; one that cannot be painted frees its worker, and so do all in the end', async () => {
    await session.page.evaluate(() => window.viewer.close(true));
    await expect.poll(workers).toBe(0);
    await session.openPdf('chinese');
    await session.page.evaluate(() => {
      window.viewer.close();
      return window.viewer.openPdf('chinese');
    });
    // Not a task later: nothing was waited for.
    expect(await session.page.evaluate(() => window.viewer.ready(1))).toBe(true);
    expect(workers()).toBe(1);
    await session.page.evaluate(() => window.viewer.openPdf('broken'));
    await expect.poll(() => session.page.evaluate(() => window.viewer.heard.unpaintable)).toBe(true);
    await session.openPdf('uyghur');
    await expect.poll(workers).toBe(2);
    // Closed before it was open.
    await session.page.evaluate(async () => {
      await window.viewer.openPdf('long');
      window.viewer.close();
    });
    await expect.poll(workers).toBe(2);
    await session.page.evaluate(() => window.viewer.close(true));
    await expect.poll(workers).toBe(0);
  });
});
