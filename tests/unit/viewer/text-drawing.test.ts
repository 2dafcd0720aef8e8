// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TextView } from '../../../renderer/viewer/text/view.ts';
import type { DrawnPassage } from '../../../renderer/viewer/types.ts';

/** The blocks whose lines were measured since the last call: measuring is most of the work of drawing. */
let measured = new Set<number>();
let changes: MutationObserver;
const blockOf = (node: Node): number =>
  [...document.querySelectorAll('.text-block')].findIndex((block) => block.contains(node));
const inOrder = (blocks: ReadonlySet<number>): number[] =>
  [...blocks].filter((at) => at >= 0).toSorted((a, b) => a - b);
const fonts = new EventTarget();
let view: TextView;

class NoObserver {
  observe(): void {}
  disconnect(): void {}
}
/** Every block counts as near the window. */
class Near {
  readonly seen: (entries: { target: Element; isIntersecting: boolean }[]) => void;
  constructor(seen: Near['seen']) {
    this.seen = seen;
  }
  observe(target: Element): void {
    queueMicrotask(() => this.seen([{ target, isIntersecting: true }]));
  }
  disconnect(): void {}
}

const LINE = 'Workers were trained and sent to other counties.\n';
/** Two blocks of lines. */
const TEXT = LINE.repeat(200);
const joined = (codes: readonly string[]): string => codes.join(', ');
const LABELS = {
  text: 'Text',
  untagged: 'No tags',
  list: 'Codes',
  code: joined,
  suggested: joined,
  begins: joined,
  ends: joined,
  more: String,
};
const passage = (id: string, start: number, codes: readonly string[]): DrawnPassage => {
  const end = start + 7;
  return { id, kind: 'text', start, end, page: 1, area: null, families: [], codes };
};
const FIRST = passage('first', 0, ['TRF']);
const SECOND = passage('second', LINE.length * 190, ['LND']);

beforeEach(async () => {
  vi.stubGlobal('ResizeObserver', NoObserver);
  vi.stubGlobal('IntersectionObserver', Near);
  vi.stubGlobal('requestIdleCallback', () => 1);
  vi.stubGlobal('cancelIdleCallback', () => undefined);
  Object.defineProperty(document, 'fonts', { configurable: true, value: fonts });
  Range.prototype.getClientRects = function rects(this: Range) {
    measured.add(blockOf(this.startContainer));
    return Object.assign([], { item: () => null });
  };
  const events = { onSelect: () => undefined, onPassageClick: () => undefined, onKey: () => false };
  view = new TextView(document.body, { text: TEXT, labels: LABELS, events });
  await Promise.resolve();
  view.setPassages([FIRST, SECOND]);
  changes = new MutationObserver(() => undefined);
  changes.observe(document.body, { subtree: true, childList: true, attributes: true });
  measuredAgain();
});
afterEach(() => {
  changes.disconnect();
  view.destroy();
  vi.unstubAllGlobals();
});

/** The blocks that were drawn since the last call. */
const drawn = (): number[] => inOrder(new Set(changes.takeRecords().map(({ target }) => blockOf(target))));
function measuredAgain(): number[] {
  const blocks = inOrder(measured);
  measured = new Set();
  return blocks;
}

it('a tag on one passage draws only its block', () => {
  view.setPassages([FIRST, { ...SECOND, codes: ['LND', 'TRF'] }]);
  expect(drawn()).toEqual([1]);
});

it('the same passages draw nothing', () => {
  view.setPassages([FIRST, SECOND]);
  expect(drawn()).toEqual([]);
});

it('another current passage draws the blocks of both', () => {
  view.setCurrent('first');
  drawn();
  view.setCurrent('second');
  expect(drawn()).toEqual([0, 1]);
});

it('what was measured is drawn again without measuring it: a step to the next of 10,000 figures moves none', () => {
  view.setPassages([FIRST, SECOND].map((one) => ({ ...one, codes: ['MAN'] })));
  expect(drawn()).toEqual([0, 1]);
  expect(measuredAgain()).toEqual([]);
});

it('lines are measured again where another height says that they moved', () => {
  const [block] = document.querySelectorAll('.text-block');
  Object.defineProperty(block, 'offsetHeight', { value: 1234 });
  view.setCurrent('first');
  expect(measuredAgain()).toEqual([0]);
});

it('a match draws only its block', () => {
  view.setMatches([{ start: 3, end: 9 }], 0);
  expect(drawn()).toEqual([0]);
});

it('a font that loads late draws all blocks, for it moves letters where no height changes', () => {
  fonts.dispatchEvent(new Event('loadingdone'));
  expect(drawn()).toEqual([0, 1]);
  expect(measuredAgain()).toEqual([0, 1]);
});
