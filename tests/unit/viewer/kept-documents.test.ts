// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KEPT_CLOSED_PIXELS, KeptDocuments, type KeptDocument } from '../../../renderer/viewer/pdf/kept-documents.ts';
import { PageTexts } from '../../../renderer/viewer/pdf/page-texts.ts';

let kept: KeptDocuments;
/** The closed documents, by name. */
let closed: string[];
beforeEach(() => {
  vi.useFakeTimers();
  kept = new KeptDocuments();
  closed = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const pixelsOf = (taken: KeptDocument | null): number[] =>
  [...(taken?.pages.values() ?? [])].map(({ canvas }) => canvas.width * canvas.height);

function keep(name: string, more: { readonly locked?: boolean; readonly pixels?: readonly number[] } = {}): void {
  const { locked = false, pixels = [] } = more;
  const pages = pixels.map((count, at) => {
    const canvas = document.body.appendChild(document.createElement('canvas'));
    Object.assign(canvas, { width: count, height: 1 });
    return [at + 1, { canvas, turn: 0, scale: 1 }] as const;
  });
  kept.keep(name, {
    document: {
      pageCount: 1,
      locked,
      view: () => Promise.reject(new Error('not here')),
      paint: () => ({ done: Promise.resolve(null), cancel: () => undefined }),
      outline: () => Promise.reject(new Error('not here')),
      release: () => undefined,
      releaseAll: () => undefined,
      restart: () => undefined,
      close: async () => void closed.push(name),
    },
    pages: new Map(pages),
    texts: new PageTexts(() => Promise.reject(new Error('not here'))),
    layer: null,
  });
}

it('a PDF that was closed is cached for being reopened, once', () => {
  keep('a', { pixels: [100] });
  const again = kept.take('a');
  expect(pixelsOf(again)).toEqual([100]);
  // The pages are attached to no document, so their container can be removed.
  expect(document.querySelector('canvas')).toBeNull();
  expect(kept.take('a')).toBeNull();
  vi.runAllTimers();
  expect(closed).toEqual([]);
});

it('the last two closed are cached, for a limited time', () => {
  for (const name of ['a', 'b', 'c']) keep(name);
  expect(closed).toEqual(['a']);
  keep('c');
  // The same source was open twice: one of its documents is kept.
  expect(closed).toEqual(['a', 'c']);
  keep('d');
  expect(closed).toEqual(['a', 'c', 'b']);
  vi.runAllTimers();
  expect(closed.toSorted()).toEqual(['a', 'b', 'c', 'c', 'd']);
});

it('the painted pages of all cached PDFs stay within a limit: those closed longest ago are released', () => {
  keep('a', { pixels: [1000, 2000] });
  keep('b', { pixels: [KEPT_CLOSED_PIXELS - 1500] });
  expect(pixelsOf(kept.take('b'))).toEqual([KEPT_CLOSED_PIXELS - 1500]);
  expect(pixelsOf(kept.take('a'))).toEqual([1000]);
  keep('c', { pixels: [KEPT_CLOSED_PIXELS + 1] });
  expect(pixelsOf(kept.take('c'))).toEqual([]);
});

it('one that asked for a password, or whose bytes have changed, is opened from the start', () => {
  keep('locked', { locked: true });
  keep('changed');
  kept.neverKeep('changed');
  expect(closed).toEqual(['locked', 'changed']);
  keep('changed');
  expect(closed).toEqual(['locked', 'changed', 'changed']);
  expect(kept.take('changed')).toBeNull();
});

it('nothing is cached of a project that was closed', () => {
  keep('a');
  keep('b');
  kept.dropAll();
  expect(closed).toEqual(['a', 'b']);
  expect(vi.getTimerCount()).toBe(0);
});
