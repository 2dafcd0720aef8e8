/** Two thousand passages on one frozen page in a real Chromium: drawing them, and scrolling with them. */
import type { JSHandle } from 'playwright-core';
import type { DrawnPassage } from '../../renderer/viewer/types.ts';
import { frozenPagePath } from '../../shared/model/frozen-csp.ts';
import { closeSharedChromium } from '../support/browser.ts';
import { frozen, FrozenReader } from '../support/frozen-reader.ts';
import { amount, figure, median } from './harness.ts';

const PASSAGES = amount(2000, 100);
const FAMILIES = ['sys', 'trf', 'trn', 'mon', 'lnd', 'man', 'plc', 'gra', 'grp', 'aim', 'rsk', 'fig'];
const PARAGRAPH =
  '今年全县农村富余劳动力转移就业目标提前完成，培训人数比上年增长。 The county went on with its plan for the year, and households were visited.';

/** A long report as a page: headings, paragraphs, lists and tables. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Report</title><style>body{font:16px/1.6 serif;max-width:44em;margin:auto}</style><body>${Array.from(
  { length: 400 },
  (_, at) =>
    `<h2>Section ${at}</h2><p>${PARAGRAPH} <b>${PARAGRAPH}</b></p><ul><li>${PARAGRAPH}</li></ul>` +
    `<table><tr><td>Target</td><td>${at * 37}</td></tr></table>`,
).join('')}</body>`;

/** Spread over the whole text, many of them overlapping. */
const passagesOver = (length: number): DrawnPassage[] =>
  Array.from({ length: PASSAGES }, (_, at): DrawnPassage => {
    const start = Math.floor(((length - 200) * at) / PASSAGES);
    const family = FAMILIES[(at * 7) % FAMILIES.length] ?? 'trf';
    return {
      id: `p-${at}`,
      kind: 'text',
      start,
      end: start + 4 + ((at * 37) % 120),
      page: 1,
      area: null,
      families: [family],
      codes: [`${family.toUpperCase()}.X`],
    };
  });

const fixture = frozen('marks', PAGE);
const reader = await FrozenReader.start();
try {
  reader.put(fixture);
  await reader.page.evaluate(([src, text]) => window.reader.openView(src, text), [
    `/${frozenPagePath(fixture.id)}`,
    fixture.text,
  ] as const);
  const devtools = await reader.page.context().newCDPSession(reader.page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  /** Milliseconds of processor time that the page's thread has used so far, whatever else runs on a busy machine. */
  const worked = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  const during = async <T>(work: () => Promise<T>): Promise<{ outcome: T; cpu: number }> => {
    const before = await worked();
    const outcome = await work();
    return { outcome, cpu: (await worked()) - before };
  };

  /** Milliseconds until these passages are drawn and on the screen. */
  const draw = (passages: JSHandle<readonly DrawnPassage[]>) =>
    during(() =>
      reader.page.evaluate(async (all) => {
        const began = performance.now();
        window.reader.theView().setPassages(all);
        await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(seen))));
        return performance.now() - began;
      }, passages),
    );
  const FRAMES = amount(40, 2);
  const scroll = () =>
    during(() =>
      reader.page.evaluate(async (count) => {
        const scroller = document.querySelector('iframe')?.contentDocument?.scrollingElement;
        const frames: number[] = [];
        for (let turn = 0; turn < count; turn++) {
          const began = performance.now();
          scroller?.scrollBy(0, turn < count / 2 ? 90 : -90);
          await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
          frames.push(performance.now() - began);
        }
        return frames;
      }, FRAMES),
    );

  // Sent to the page beforehand: transferring them is not part of the measurement.
  const all = await reader.page.evaluateHandle((passages) => passages, passagesOver(fixture.text.length));
  const none = await reader.page.evaluateHandle((): DrawnPassage[] => []);
  const run = async () => {
    await draw(none);
    const bare = await scroll();
    const drawn = await draw(all);
    return { bare, drawn, scrolled: await scroll() };
  };
  // The first loads fonts and code.
  await run();
  const runs: Awaited<ReturnType<typeof run>>[] = [];
  while (runs.length < amount(6, 1)) runs.push(await run());
  const of = (pick: (one: (typeof runs)[number]) => number): number => median(runs.map(pick));
  figure(
    '2,000 passages on one page, drawn and seen',
    of(({ drawn }) => drawn.outcome),
    'ms',
    { atMost: 100 },
  );
  figure(
    '  the page’s own work for it',
    of(({ drawn }) => drawn.cpu),
    'ms',
  );
  const bare = median(runs.flatMap((one) => one.bare.outcome));
  const frames = runs.flatMap((one) => one.scrolled.outcome);
  figure('a frame while scrolling without them', bare, 'ms');
  figure('a frame while scrolling them', median(frames), 'ms');
  figure(
    '  the page’s own work for it',
    of(({ scrolled }) => scrolled.cpu / FRAMES),
    'ms',
  );
  figure(
    '  without them',
    of(({ bare: alone }) => alone.cpu / FRAMES),
    'ms',
  );
} finally {
  await reader.close();
  await closeSharedChromium();
}
