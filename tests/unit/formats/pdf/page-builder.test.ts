import { describe, expect, it } from 'vitest';
import {
  DRAWN,
  GENERATED,
  LINE_END_HYPHEN,
  type PageCharacters,
  restoreLigatures,
} from '../../../../electron/formats/pdf/characters.ts';
import { buildPage } from '../../../../electron/formats/pdf/page-builder.ts';
import type { Area } from '../../../../shared/model/index.ts';

/** One entry as PDFium gives it: a box of left, bottom, right, top; the baseline is two points above the bottom. */
interface Entry {
  readonly code: number;
  readonly box: Area;
  readonly origin?: number;
  readonly object?: number;
  readonly angle?: number;
  readonly skew?: boolean;
}
const SIZE = 10;
const PAGE: Area = [0, 0, 600, 800];

function characters(entries: readonly Entry[]): PageCharacters {
  const numbers = (of: (entry: Entry) => number) => Float32Array.from(entries, of);
  return {
    count: entries.length,
    code: Uint32Array.from(entries, (entry) => entry.code),
    origin: Uint8Array.from(entries, (entry) => entry.origin ?? DRAWN),
    object: Int32Array.from(entries, (entry) => entry.object ?? 1),
    box: Float32Array.from(entries.flatMap((entry) => [...entry.box])),
    angle: Float64Array.from(entries, (entry) => entry.angle ?? 0),
    skew: Uint8Array.from(entries, (entry) => (entry.skew === true ? 1 : 0)),
    originX: numbers((entry) => entry.box[0]),
    originY: numbers((entry) => entry.box[1] + 2),
    fontSize: numbers(() => SIZE),
  };
}

const code = (letter: string): number => letter.codePointAt(0) ?? 0;
/** Letters side by side from x on, each `width` wide; a negative width goes leftwards. */
const letters = (text: string, x: number, y = 700, width = 6): Entry[] =>
  Array.from(text, (letter, index) => {
    const [a, b] = [x + index * width, x + (index + 1) * width];
    return { code: code(letter), box: [Math.min(a, b), y, Math.max(a, b), y + 10] };
  });
const generated = (letter: string): Entry => ({ code: code(letter), box: [0, 0, 0, 0], origin: GENERATED });
const build = (...entries: readonly (Entry | readonly Entry[])[]) => buildPage(characters(entries.flat()), PAGE);

/** Runs in short: their text, and L or R. */
const runsOf = ({ text, geometry }: ReturnType<typeof build>) =>
  geometry.runs.map((run) => `${text.slice(run.start, run.end)} ${run.rightToLeft ? 'R' : 'L'}`);

describe('a page', () => {
  it('ends its lines with one LF, which has no place', () => {
    const page = build(letters('one', 10), generated('\r'), generated('\n'), letters('two', 10, 680));
    expect(page.text).toBe('one\ntwo');
    expect(runsOf(page)).toEqual(['one L', 'two L']);
    expect([page.geometry.alongMin[3], page.geometry.alongMax[3]]).toEqual([0, 0]);
  });

  it('gives a generated space the width of its gap', () => {
    const page = build(letters('ab', 10), generated(' '), letters('c', 30));
    expect(page.text).toBe('ab c');
    expect([page.geometry.alongMin[2], page.geometry.alongMax[2]]).toEqual([22, 30]);
  });

  it('stays as it is when others are built after it', () => {
    const page = build(letters('ab', 10), generated(' '), letters('c', 30));
    const before = structuredClone(page);
    const longer = build(letters('xyz', 50, 650, 9), generated('\r'), generated('\n'), letters('uvw', 50, 600, 9));
    expect(page).toEqual(before);
    expect([...page.characters]).toEqual([0, 1, -1, 3]);
    expect([...longer.characters]).toEqual([0, 1, 2, -1, 5, 6, 7]);
  });

  it('has no generated space at its start, after another, or after a line', () => {
    const page = build(
      generated(' '),
      letters('a', 10),
      generated(' '),
      generated(' '),
      letters('b', 22),
      generated('\n'),
      generated(' '),
      letters('c', 10, 680),
    );
    expect(page.text).toBe('a b\nc');
  });

  it('writes a hyphen at a line’s end as such, marks its run, and breaks the line', () => {
    const hyphen: Entry = { code: 2, box: [22, 700, 26, 710], origin: LINE_END_HYPHEN };
    const page = build(letters('ab', 10), hyphen, letters('cd', 10, 680));
    expect(page.text).toBe('ab-\ncd');
    expect(page.geometry.runs.map((run) => run.hyphen)).toEqual([true, false]);
  });

  it('joins the halves of an astral character, which share its box', () => {
    const half = (unit: number): Entry => ({ code: unit, box: [10, 700, 20, 710] });
    const page = build(half(0xd840), half(0xdc00), letters('人', 20, 700, 10));
    expect(page.text).toBe('𠀀人');
    expect(Array.from(page.geometry.alongMin)).toEqual([10, 10, 20]);
    expect(build(half(0xd840), letters('a', 20)).text).toBe('\ufffda');
  });

  it('divides the box of a glyph for several letters', () => {
    const shared = (letter: string): Entry => ({ code: code(letter), box: [10, 700, 22, 710] });
    const page = build(['f', 'f', 'i'].map(shared));
    expect(Array.from(page.geometry.alongMin)).toEqual([10, 14, 18]);
    expect(Array.from(page.geometry.alongMax)).toEqual([14, 18, 22]);
  });

  it('leaves out what is wholly outside the box', () => {
    expect(build(letters('in', 10), letters('out', 700), letters('!', 22)).text).toBe('in!');
  });

  it('limits boxes that are absurdly high', () => {
    const tall: Entry = { code: code('x'), box: [10, 700, 16, 790] };
    const run = build(tall).geometry.runs[0];
    // The size of the font above the baseline, which is at 702.
    expect(run?.acrossMax).toBe(712);
  });
});

describe('a run', () => {
  it('ends where the baseline, the direction, the angle or the column changes', () => {
    expect(runsOf(build(letters('a', 10), letters('b', 16, 706)))).toEqual(['a L', 'b L']);
    expect(runsOf(build(letters('a', 10), letters('b', 60)))).toEqual(['a L', 'b L']);
    expect(runsOf(build(letters('ab', 10), letters('ئۇ', 46, 700, -6)))).toEqual(['ab L', 'ئۇ R']);
    const upward: Entry = { code: code('b'), box: [16, 700, 26, 706], angle: Math.PI / 2 };
    expect(build(letters('a', 10), upward).geometry.runs.map(({ axisX, axisY }) => [axisX, axisY])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('of Arabic script reads leftwards, with its spaces and its stops', () => {
    const page = build(letters('ئۇ', 100, 700, -6), generated(' '), letters('يغ.', 80, 700, -6));
    expect(runsOf(page)).toEqual(['ئۇ يغ. R']);
    expect([page.geometry.alongMin[2], page.geometry.alongMax[2]]).toEqual([80, 88]);
  });

  it('of East Asian characters below each other runs down', () => {
    const below = (text: string) =>
      Array.from(text, (letter, index): Entry => ({
        code: code(letter),
        box: [10, 700 - index * 12, 20, 710 - index * 12],
      }));
    const page = build(below('柳泉县'));
    expect(page.geometry.runs).toMatchObject([
      { axisX: 0, axisY: -1, start: 0, end: 3, rightToLeft: false, acrossMin: 10, acrossMax: 20 },
    ]);
    expect(Array.from(page.geometry.alongMin)).toEqual([-710, -698, -686]);
    // Latin letters below each other are a table's column.
    expect(runsOf(build(below('abc')))).toEqual(['a L', 'b L', 'c L']);
  });

  it('of skew text follows its angle, each character as far as the next', () => {
    const angle = Math.PI / 6;
    const along = (index: number): Entry => ({
      code: code('a') + index,
      box: [100 + index * 6 * Math.cos(angle), 100 + index * 6 * Math.sin(angle), 200, 200],
      angle,
      skew: true,
    });
    const { geometry } = build(along(0), along(1), along(2));
    expect(geometry.runs).toHaveLength(1);
    expect(geometry.runs[0]).toMatchObject({ axisX: 0.866025, axisY: 0.5 });
    const steps = [0, 1].map((unit) => (geometry.alongMax[unit] ?? 0) - (geometry.alongMin[unit] ?? 0));
    expect(steps.every((step) => Math.abs(step - 6) < 0.01)).toBe(true);
  });
});

describe('a ligature of a right-to-left line', () => {
  const swapped = (entries: readonly Entry[]): string => {
    const all = characters(entries);
    restoreLigatures(all);
    return String.fromCodePoint(...all.code);
  };

  it('gets its letters in order, with their places', () => {
    const all = characters(letters('ال', 10));
    restoreLigatures(all);
    expect(String.fromCodePoint(...all.code)).toBe('لا');
    expect(Array.from(all.box.filter((_, index) => index % 4 === 0))).toEqual([16, 10]);
  });

  it('is recognised only if its pieces have one width, one height, one object, and touch', () => {
    const [alef, lam] = letters('ال', 10);
    if (alef === undefined || lam === undefined) throw new Error('two letters are two entries');
    expect(swapped([alef, lam])).toBe('لا');
    expect(swapped([alef, { ...lam, box: [16, 700, 24, 710] }])).toBe('ال');
    expect(swapped([alef, { ...lam, box: [18, 700, 24, 710] }])).toBe('ال');
    expect(swapped([alef, { ...lam, box: [16, 701, 22, 710] }])).toBe('ال');
    expect(swapped([alef, { ...lam, object: 2 }])).toBe('ال');
    expect(swapped(letters('ab', 10))).toBe('ab');
  });
});
