/** Passages over one frozen page in a real Chromium: drawing two thousand of them, and scrolling with them. */
import type { DrawnPassage } from '../../renderer/viewer/types.ts';
import { frozenPagePath } from '../../shared/model/frozen-csp.ts';
import { frozen, FrozenReader } from '../support/frozen-reader.ts';
import { figure, median, ratio } from './harness.ts';

const PASSAGES = 2000;
const FAMILIES = ['sys', 'trf', 'trn', 'mon', 'lnd', 'man', 'plc', 'gra', 'grp', 'aim', 'rsk', 'fig'];
const PARAGRAPH =
  '今年全县农村富余劳动力转移就业目标提前完成，培训人数比上年增长。 The county went on with its plan for the year, and households were visited.';

/** A long report as a page has it: headings, paragraphs, lists and tables. */
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
  const measure = () =>
    reader.page.evaluate(async (passages) => {
      const view = window.reader.theView();
      const scroller = document.querySelector('iframe')?.contentDocument?.scrollingElement;
      const frame = (): Promise<number> => {
        const began = performance.now();
        return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))));
      };
      const scrolled = async (): Promise<number[]> => {
        const frames: number[] = [];
        for (let turn = 0; turn < 40; turn++) {
          scroller?.scrollBy(0, turn < 20 ? 90 : -90);
          frames.push(await frame());
        }
        return frames;
      };
      view.setPassages([]);
      await frame();
      const bare = await scrolled();
      await frame();
      const began = performance.now();
      view.setPassages(passages);
      const set = performance.now() - began;
      await frame();
      await frame();
      const seen = performance.now() - began;
      const frames = await scrolled();
      // A tag on one of them.
      const [first, ...rest] = passages;
      const tagged = performance.now();
      if (first !== undefined) view.setPassages([{ ...first, families: ['fig'], codes: ['FIG.X'] }, ...rest]);
      await frame();
      return { set, seen, bare, frames, tagged: performance.now() - tagged };
    }, passagesOver(fixture.text.length));

  const runs = [];
  for (let run = 0; run < 7; run++) {
    const times = await measure();
    // The first loads fonts and code.
    if (run > 0) runs.push(times);
  }
  const of = (pick: (run: (typeof runs)[number]) => number): number => median(runs.map(pick));
  figure(
    '2,000 passages on one page, the script’s part',
    of(({ set }) => set),
    'ms',
  );
  figure(
    '2,000 passages on one page, drawn and seen',
    of(({ seen }) => seen),
    'ms',
    { atMost: 100 },
  );
  figure(
    'a tag on one of them, drawn and seen',
    of(({ tagged }) => tagged),
    'ms',
  );
  const bare = median(runs.flatMap((run) => run.bare));
  const frames = runs.flatMap((run) => run.frames);
  figure('a frame while scrolling without them', bare, 'ms');
  figure('a frame while scrolling them', median(frames), 'ms');
  figure('the slowest such frame', Math.max(...frames), 'ms');
  ratio('frames while scrolling them, times without', median(frames), bare, { atMost: 1.1 });
} finally {
  await reader.close();
}
