// @vitest-environment jsdom
import { act, useRef } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LOOK_MS, type Seen, TO_SEE, useSeen } from '../../../../../renderer/features/review/useSeen.ts';

/** The height of the pane, and of the passage in it. */
const [PANE, PASSAGE] = [100, 250];

let root: Root;
let seen: Seen;
let box: HTMLElement;

function Pane({ content }: { content: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const found = useSeen(scroller, content);
  return (
    <div ref={scroller} data-looked={found.looked}>
      <p {...TO_SEE}>{content}</p>
      <button type="button" onClick={() => (seen = found)}>
        keep
      </button>
    </div>
  );
}

const show = (content: string): Promise<void> => act(async () => root.render(<Pane content={content} />));
const wait = (ms: number): Promise<void> => act(async () => void vi.advanceTimersByTime(ms));
const looked = (): string | undefined => box.dataset['looked'];
const scrollTo = (top: number): void => {
  box.scrollTop = top;
  box.dispatchEvent(new Event('scroll'));
};
const showRest = (): boolean => {
  box.querySelector('button')?.click();
  return seen.showRest();
};

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(PANE);
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return this.localName === 'p' ? new DOMRect(0, -box.scrollTop, 10, PASSAGE) : new DOMRect(0, 0, 10, PANE);
  });
  const place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  await show('first');
  box = place.firstElementChild as HTMLElement;
  box.scrollTo = (to?: ScrollToOptions | number) => scrollTo(typeof to === 'object' ? (to.top ?? 0) : 0);
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('counts a passage as seen once every part of it stayed on screen for a moment', async () => {
  await wait(LOOK_MS - 1);
  expect(looked()).toBe('not yet');
  await wait(1);
  expect(looked()).toBe('partly');
  scrollTo(PASSAGE - PANE);
  await wait(LOOK_MS);
  // The middle was passed by.
  expect(looked()).toBe('partly');
  scrollTo(60);
  await wait(LOOK_MS);
  expect(looked()).toBe('in full');
});

it('shows what was not on screen yet, however often a key is pressed before it was looked at', async () => {
  expect(showRest()).toBe(true);
  expect(box.scrollTop).toBeGreaterThan(0);
  for (let n = 0; n < 20; n += 1) showRest();
  expect(looked()).toBe('not yet');
});

it('forgets what was seen when the passage or its translation is another', async () => {
  for (const top of [0, 80, PASSAGE - PANE]) {
    scrollTo(top);
    await wait(LOOK_MS);
  }
  expect(looked()).toBe('in full');
  await show('second');
  expect(looked()).toBe('not yet');
});

it('sees nothing in a pane that is hidden', async () => {
  box.parentElement?.setAttribute('hidden', '');
  await wait(LOOK_MS * 3);
  expect(looked()).toBe('not yet');
  expect(showRest()).toBe(false);
});
