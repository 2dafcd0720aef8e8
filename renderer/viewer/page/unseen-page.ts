import { frozenPagePath } from '../../../shared/model/frozen-csp.ts';
import type { TextRange } from '../types.ts';
import { type Frame, FrameSheet, withoutStyles } from './frame-style.ts';
import { FrameText } from './frame-text.ts';
import { hiddenWords } from './hidden-words.ts';
import { loadUnseen, LONGEST_MS, unseenFrame } from './unseen-frame.ts';

/** A page that was looked at stays open for this long, for the next passage on it, ms. */
const KEPT_MS = 3000;
/** The name of the frame, which tells it from the reader’s. */
const NAME = 'unseen';

/** What fades in is there, and every animation has an end. */
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
 * The words of a passage that can’t be seen on its frozen page, as offsets in the passage. Null if that can’t be looked at: the page
 * isn’t shown, or has other words there. The page is laid out out of sight, in a frame as the reader’s.
 */
export async function hiddenOnPage(
  layer: string,
  { start, end }: TextRange,
  exact: string,
): Promise<readonly TextRange[] | null> {
  const page = pageOf(layer);
  const loaded = await page.loaded;
  // Another page may have been asked for in the meantime, and this one closed.
  if (page !== open || loaded === null || loaded.text.text.slice(start, end) !== exact) return null;
  // What is inert is under no point of the page.
  page.iframe.inert = false;
  // Frames out of sight have no clock.
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
  // What takes no clicks would be under no point of the page.
  withoutStyles(frame, ['pointer-events']);
  new FrameSheet(frame).set(AT_REST);
  return { frame, text: new FrameText(frame.document) };
}
