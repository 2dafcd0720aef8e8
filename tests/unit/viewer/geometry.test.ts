import { describe, expect, it } from 'vitest';
import type { PageGeometry, TextRun } from '../../../shared/text/page-geometry.ts';
import { caretAt, hitTest, lineStep, paragraphAround, type PlacedText } from '../../../renderer/viewer/pdf/geometry.ts';
import { fittedSize, layOutPages, pagesBetween, zoomFor, zoomStep } from '../../../renderer/viewer/pdf/layout.ts';
import { apply, compose, inverse, pageView, type Point } from '../../../renderer/viewer/pdf/matrix.ts';
import { blocksOf, indexAt, linesOf } from '../../../renderer/viewer/text/block-box.ts';
import { seeded, seeds } from '../../support/seeded.ts';
import { share } from '../../support/share.ts';

interface Line {
  readonly text: string;
  /** The run’s low end along its axis, and its baseline across it. */
  readonly at: number;
  readonly across: number;
  readonly rightToLeft?: boolean;
  readonly axis?: readonly [number, number];
}
const WIDTH = 10;
const TALL = 12;

/** A page of lines with characters of one width; each line's text is in the order of reading. */
function page(...lines: readonly Line[]): PlacedText {
  const text = lines.map((line) => line.text).join('\n');
  const geometry = { alongMin: new Float32Array(text.length), alongMax: new Float32Array(text.length) };
  const runs: TextRun[] = [];
  let start = 0;
  for (const line of lines) {
    const end = start + line.text.length;
    const rightToLeft = line.rightToLeft ?? false;
    for (let unit = start; unit < end; unit++) {
      const step = rightToLeft ? end - 1 - unit : unit - start;
      geometry.alongMin[unit] = line.at + step * WIDTH;
      geometry.alongMax[unit] = line.at + (step + 1) * WIDTH;
    }
    const [axisX, axisY] = line.axis ?? [1, 0];
    runs.push({
      start,
      end,
      axisX,
      axisY,
      rightToLeft,
      hyphen: false,
      acrossMin: line.across,
      acrossMax: line.across + TALL,
    });
    start = end + 1;
  }
  const whole: PageGeometry = { runs, ...geometry };
  return { text, geometry: whole };
}

describe('the offset at a point', () => {
  const two = page({ text: 'abcdef', at: 100, across: 700 }, { text: 'ghij', at: 100, across: 680 });

  it('is the nearest place between two characters of the nearest line', () => {
    expect(hitTest(two, [100 + 2 * WIDTH + 2, 705])?.offset).toBe(2);
    expect(hitTest(two, [100 + 2 * WIDTH + 8, 705])?.offset).toBe(3);
    expect(hitTest(two, [112, 683])?.offset).toBe(8);
  });

  it('is the line’s end beside the line, and the nearest line above and below the text', () => {
    expect(hitTest(two, [900, 705])?.offset).toBe(6);
    expect(hitTest(two, [0, 682])?.offset).toBe(7);
    expect(hitTest(two, [100, 10])?.offset).toBe(7);
    expect(hitTest(two, [300, 705])?.distance).toBe(300 - 160);
    expect(hitTest(two, [130, 705])?.distance).toBe(0);
  });

  it('counts from the right in a line that reads from the right', () => {
    const uyghur = page({ text: 'ئىشقا', at: 100, across: 700, rightToLeft: true });
    expect(hitTest(uyghur, [149, 705])).toMatchObject({ offset: 0, unit: 0 });
    expect(hitTest(uyghur, [101, 705])).toMatchObject({ offset: 5, unit: 4 });
    expect(hitTest(uyghur, [128, 705])).toMatchObject({ offset: 2, unit: 2 });
  });

  it('follows vertical text down the page', () => {
    const vertical = page({ text: '竖排文字', at: -700, across: 300, axis: [0, -1] });
    // The axis points down: 25 along it from the top is the third character.
    expect(hitTest(vertical, [306, 700 - 25])?.unit).toBe(2);
  });

  it('is never between a letter and its mark or inside a surrogate pair', () => {
    const marked = page({ text: 'e\u0301𠀀x', at: 0, across: 0 });
    const offsets = Array.from({ length: 50 }, (_, x) => hitTest(marked, [x, 5])?.offset);
    expect([...new Set(offsets)]).toEqual([0, 2, 4, 5]);
  });

  it('is null on a page without text', () => {
    expect(hitTest(page(), [1, 1])).toBeNull();
    expect(caretAt(page(), 0)).toBeNull();
  });

  it.each(seeds(share(200)))('returns the offset whose caret is pointed at (seed %i)', (seed) => {
    const random = seeded(seed);
    const lines = Array.from({ length: random.int(1, 8) }, (_, at) => ({
      text: 'x'.repeat(random.int(1, 20)),
      at: random.int(0, 200),
      across: 800 - at * 20,
      rightToLeft: random.chance(),
    }));
    const written = page(...lines);
    const offset = random.int(0, written.text.length);
    const caret = caretAt(written, offset);
    if (caret === null) throw new Error('A page with text has a caret.');
    const middle: Point = [(caret.foot[0] + caret.head[0]) / 2, (caret.foot[1] + caret.head[1]) / 2];
    expect(hitTest(written, middle)?.offset).toBe(offset);
  });
});

describe('moving by line and paragraph', () => {
  const written = page(
    { text: 'A title', at: 150, across: 760 },
    { text: '  First line of it, too', at: 120, across: 700 },
    { text: 'the second and a long one', at: 100, across: 684 },
    { text: 'its end.', at: 100, across: 668 },
    { text: '  Another begins', at: 120, across: 652 },
  );
  const at = (words: string): number => written.text.indexOf(words);

  it('goes straight down and up', () => {
    expect(lineStep(written, at('second'), true)).toBe(at('its end') + 4);
    expect(lineStep(written, at('second'), false)).toBe(at('First'));
    expect(lineStep(written, at('Another'), true)).toBeNull();
  });

  it('stops at a line that ends before the caret, and does not enter the next column', () => {
    const columns = page(
      { text: 'a line that is long', at: 60, across: 700 },
      { text: 'short', at: 60, across: 680 },
      { text: 'as long as the first', at: 60, across: 660 },
      { text: 'of another column', at: 300, across: 680 },
    );
    const end = 'a line that is long'.length;
    expect(lineStep(columns, end, true)).toBe(end + 1 + 'short'.length);
    expect(lineStep(columns, end + 3, true)).toBe(columns.text.indexOf('as long') + 2);
    expect(lineStep(columns, columns.text.indexOf('first'), false)).toBe(end + 1 + 'short'.length);
    const mixed = page(
      { text: 'abc', at: 200, across: 700, rightToLeft: true },
      { text: '15', at: 180, across: 700 },
      { text: 'def', at: 200, across: 680, rightToLeft: true },
      { text: 'ghijklmnopqr', at: 170, across: 660, rightToLeft: true },
    );
    expect(lineStep(mixed, 5, true)).toBe(mixed.text.indexOf('def') + 3);
  });

  it('takes the lines of one paragraph', () => {
    const { start, end } = paragraphAround(written, at('second'));
    expect(written.text.slice(start, end)).toBe('  First line of it, too\nthe second and a long one\nits end.');
    const title = paragraphAround(written, 2);
    expect(written.text.slice(title.start, title.end)).toBe('A title');
  });

  it('ends a paragraph where lines are further apart, however tall their boxes are', () => {
    // As browsers print Uyghur: the box 12 high, lines 10.6 apart, paragraphs 19.4, each of them as wide as the column.
    const across = [700, 689.4, 670, 650.6, 640];
    const lines = across.map((at) => ({ text: 'قۇر قۇر قۇر', at: 100, across: at, rightToLeft: true }));
    const printed = page(...lines);
    const [one, two, three] = [2, 26, 40].map((offset) => paragraphAround(printed, offset));
    expect([one, two, three]).toEqual([
      { start: 0, end: 23 },
      { start: 24, end: 35 },
      { start: 36, end: 59 },
    ]);
  });
});

describe('the layout of pages', () => {
  it.each([0, 90, 180, 270])('turned by %i degrees, maps corners to corners and back', (turn) => {
    const { matrix, width, height } = pageView([10, 20, 110, 220], turn);
    expect([width, height]).toEqual(turn % 180 === 0 ? [100, 200] : [200, 100]);
    for (const corner of [
      [10, 20],
      [110, 20],
      [110, 220],
      [10, 220],
    ] as const) {
      const [x, y] = apply(matrix, corner);
      expect(x === 0 || x === width).toBe(true);
      expect(y === 0 || y === height).toBe(true);
      const back = apply(inverse(matrix), [x, y]);
      expect(back[0]).toBeCloseTo(corner[0]);
      expect(back[1]).toBeCloseTo(corner[1]);
    }
    expect(compose(matrix, inverse(matrix)).map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([
      1, 0, 0, 1, 0, 0,
    ]);
  });

  it.each(['one', 'two', 'cover'] as const)('finds the pages in view of a thousand (%s)', (spread) => {
    const sizes = Array.from({ length: 1000 }, (_, at) => ({ width: 600, height: at % 2 === 0 ? 800 : 400 }));
    const room = { gap: 16, margin: 100, between: 2 };
    const sheet = layOutPages(sizes, 1, { width: 1200, height: 900 }, room, { spread, rightToLeft: false });
    const random = seeded(7);
    for (let turn = 0; turn < 200; turn++) {
      const top = random.int(0, sheet.height);
      const { first, last } = pagesBetween(sheet, top, top + 900);
      const rows = sheet.rows.filter((row) => row.top <= top + 900 && row.bottom >= top);
      if (rows.length > 0) expect([first, last]).toEqual([rows[0]?.first, rows.at(-1)?.last]);
    }
  });

  it('puts two pages beside each other with codes outside, the first on the side where reading begins', () => {
    const sizes = Array.from({ length: 4 }, () => ({ width: 300, height: 400 }));
    const room = { gap: 16, margin: 100, between: 2 };
    const lay = (spread: 'two' | 'cover', rightToLeft: boolean) =>
      layOutPages(sizes, 0.75, { width: 1200, height: 900 }, room, { spread, rightToLeft }).places.map(
        ({ left, top, codes }) => `${left} ${top} ${codes}`,
      );
    expect(lay('two', false)).toEqual(['299 16 left', '601 16 right', '299 432 left', '601 432 right']);
    expect(lay('two', true)).toEqual(['601 16 right', '299 16 left', '601 432 right', '299 432 left']);
    expect(lay('cover', false)).toEqual(['601 16 right', '299 432 left', '601 432 right', '299 848 left']);
  });

  it('fits pages and steps the zoom', () => {
    const room = { gap: 16, margin: 100, between: 2 };
    const page = { width: 600, height: 900 };
    expect(zoomFor({ fit: 'width' }, page, { width: 932, height: 500 }, room, 'one')).toBeCloseTo(1);
    expect(zoomFor({ fit: 'page' }, page, { width: 5000, height: 632 }, room, 'one')).toBeCloseTo(0.5);
    expect(zoomFor({ fit: null, zoom: 9 }, page, { width: 1, height: 1 }, room, 'one')).toBe(4);
    const book = fittedSize([page, page, page], 0, 'cover');
    expect(book).toEqual({ width: 1200, height: 900 });
    expect(zoomFor({ fit: 'width' }, book, { width: 1834, height: 500 }, room, 'cover')).toBeCloseTo(1);
    expect(zoomStep(1, true)).toBe(1.1);
    expect(zoomStep(0.79, false)).toBe(0.75);
    expect(zoomStep(4, true)).toBe(4);
    expect(zoomStep(0.5, false)).toBe(0.5);
  });
});

describe('blocks of a plain text', () => {
  it.each(seeds(share(100)))('cover every unit in order, in whole lines (seed %i)', (seed) => {
    const random = seeded(seed);
    const text = Array.from({ length: random.int(0, 400) }, () => random.pick(['a', '就', '\n', '𠀀', ' '])).join('');
    const blocks = blocksOf(text, random.int(1, 60));
    expect(blocks.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    for (const block of blocks) {
      expect(block.end === text.length || text.charAt(block.end - 1) === '\n').toBe(true);
      const lines = linesOf(text, block);
      expect(lines.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text.slice(block.start, block.end));
    }
    for (let unit = 0; unit < text.length; unit++) {
      const block = blocks[indexAt(blocks, unit)];
      expect(block !== undefined && block.start <= unit && unit < block.end).toBe(true);
    }
  });
});
