import { frozenPagePath } from '../../../shared/model/frozen-csp.ts';
import type { TextRange } from '../types.ts';
import { type Frame, FrameSheet, withoutStyles } from './frame-style.ts';
import { FrameText } from './frame-text.ts';
import { hiddenWords } from './hidden-words.ts';
import { loadUnseen, LONGEST_MS, unseenFrame } from './unseen-frame.ts';

/** A page stays open this long after it was used, for the next passage on it, ms. */
const KEPT_MS = 3000;
/** The name of the frame; it differs from the reader’s. */
const NAME = 'unseen';

/** Ends all animations, so that content that fades in is visible. */
const AT_REST = `*, *::before, *::after { animation-duration: 1ms !important; animation-delay: 0s !important;
  animation-iteration-count: 1 !important; transition: none !important; }`;

interface OpenPage {
  readonly layer: string;
  readonly iframe: HTMLIFrameElement;
  readonly loaded: Promise<{ readonly frame: Frame; readonly text: FrameText } | null>;
  timer: ReturnType<typeof setTimeout>;
}
let open: OpenPage | null = null;

/**
 * The words of a passage that can’t be seen on its frozen page, as offsets in the passage. Null if that can’t be determined: the page can’t
 * be shown, or has other words at that place. The page is laid out out of sight, in a frame like the reader’s.
 */
export async function hiddenOnPage(
  layer: string,
  { start, end }: TextRange,
  exact: string,
): Promise<readonly TextRange[] | null> {
  const page = pageOf(layer);
  const loaded = await page.loaded;
  // Meanwhile another page may have been requested, and this one closed.
  if (page !== open || loaded === null || loaded.text.text.slice(start, end) !== exact) return null;
  // Hit testing finds no elements in an inert frame.
  page.iframe.inert = false;
  // Animations don’t run in frames out of sight.
  for (const animation of loaded.frame.document.getAnimations()) animation.finish();
  const hidden = hiddenWords(loaded.frame, loaded.text, { start, end });
  page.iframe.inert = true;
  closeIn(page, KEPT_MS);
  return hidden.map((one) => ({ start: one.start - start, end: one.end - start }));
}

function pageOf(layer: string): OpenPage {
  if (open?.layer !== layer) {
    close();
    const iframe = unseenFrame();
    iframe.name = NAME;
    open = { layer, iframe, loaded: load(iframe, frozenPagePath(layer)), timer: setTimeout(close, 0) };
  }
  closeIn(open, LONGEST_MS + KEPT_MS);
  return open;
}

function closeIn(page: OpenPage, ms: number): void {
  if (page !== open) return;
  clearTimeout(page.timer);
  page.timer = setTimeout(close, ms);
}

function close(): void {
  if (open === null) return;
  clearTimeout(open.timer);
  open.iframe.remove();
  open = null;
}

async function load(iframe: HTMLIFrameElement, src: string): Promise<{ frame: Frame; text: FrameText } | null> {
  const frame = await loadUnseen(iframe, src);
  if (frame === null) return null;
  // Hit testing finds no elements that take no clicks.
  withoutStyles(frame, ['pointer-events']);
  new FrameSheet(frame).set(AT_REST);
  return { frame, text: new FrameText(frame.document) };
}
