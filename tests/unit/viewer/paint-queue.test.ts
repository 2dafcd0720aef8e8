import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LONGEST_PAINTING_MS, PaintQueue, type PaintRequest } from '../../../renderer/viewer/pdf/paint-queue.ts';
import type { PaintedDocument } from '../../../renderer/viewer/pdf/pdfjs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A PDF whose first page is never painted while `isStuck`: its thread is busy with it, and answers nothing else. */
function painted(): { document: PaintedDocument; painting: number[]; isStuck: boolean } {
  const made = { painting: [] as number[], isStuck: true };
  const canvas = { width: 1, height: 1 } as HTMLCanvasElement;
  const document: PaintedDocument = {
    pageCount: 2,
    locked: false,
    view: () => Promise.reject(new Error('not asked for')),
    paint(page) {
      made.painting.push(page);
      return { done: made.isStuck ? new Promise(() => undefined) : Promise.resolve(canvas), cancel: () => undefined };
    },
    outline: () => Promise.reject(new Error('not asked for')),
    release: () => undefined,
    releaseAll: () => undefined,
    restart: () => void (made.isStuck = false),
    close: () => Promise.resolve(),
  };
  return Object.assign(made, { document });
}

const page = (number: number): PaintRequest => ({ page: number, turn: 0, scale: 1 });

it('gives up a page that takes too long, and paints the others in another thread', async () => {
  const made = painted();
  const [done, failed]: [number[], number[]] = [[], []];
  const events = {
    onPainted: (request: PaintRequest) => void done.push(request.page),
    onFailed: (number: number) => void failed.push(number),
    onThumbnail: () => undefined,
  };
  const queue = new PaintQueue(made.document, events, () => false);
  queue.request([page(1), page(2)]);
  await vi.advanceTimersByTimeAsync(LONGEST_PAINTING_MS - 1);
  expect({ done, failed, painting: made.painting }).toEqual({ done: [], failed: [], painting: [1] });
  await vi.advanceTimersByTimeAsync(1);
  expect({ done, failed, painting: made.painting }).toEqual({ done: [2], failed: [1], painting: [1, 2] });
});

it('waits for a page as long as the window is hidden', async () => {
  const made = painted();
  const failed: number[] = [];
  const events = {
    onPainted: () => undefined,
    onFailed: (n: number) => void failed.push(n),
    onThumbnail: () => undefined,
  };
  let isHidden = true;
  const queue = new PaintQueue(made.document, events, () => isHidden);
  queue.request([page(1)]);
  await vi.advanceTimersByTimeAsync(3 * LONGEST_PAINTING_MS);
  expect(failed).toEqual([]);
  isHidden = false;
  await vi.advanceTimersByTimeAsync(LONGEST_PAINTING_MS);
  expect(failed).toEqual([1]);
});
