/** Runs inside the Chromium of the tests, in the app's page: what tests ask of the renderer's modules there. */
import { FrameText } from '../../../renderer/viewer/page/frame-text.ts';
import { FrozenPageView } from '../../../renderer/viewer/page/frozen-page-view.ts';
import { hiddenOnPage } from '../../../renderer/viewer/page/unseen-page.ts';
import type { DrawnPassage, TextRange } from '../../../renderer/viewer/types.ts';

const app = (): HTMLElement => {
  const element = document.getElementById('app');
  if (element === null) throw new Error('the app’s page has no place for a view');
  return element;
};

/** Shows a frozen page in a frame like the reader's; returns its document once loaded. */
export async function loadFrame(src: string): Promise<Document> {
  const iframe = document.createElement('iframe');
  iframe.setAttribute('sandbox', 'allow-same-origin');
  const loaded = new Promise((done) => iframe.addEventListener('load', done));
  iframe.src = src;
  app().replaceChildren(iframe);
  await loaded;
  if (iframe.contentDocument === null) throw new Error('the frame has no document');
  return iframe.contentDocument;
}

/** The text of the page in the frame, and which of `trips` random ranges did not come back unchanged. */
export async function readFrame(src: string, trips: number): Promise<{ text: string; wrong: string[] }> {
  const page = new FrameText(await loadFrame(src));
  let state = 7;
  const random = (below: number): number => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
  const wrong: string[] = [];
  for (let trip = 0; trip < trips && page.text !== ''; trip++) {
    const from = random(page.text.length);
    const range = withoutSpaceAtEnds(page.text, {
      start: from,
      end: Math.min(page.text.length, from + 1 + random(300)),
    });
    if (range === null) continue;
    const there = page.range(range);
    const back = there === null ? null : page.covered(there);
    if (back?.start !== range.start || back.end !== range.end) {
      wrong.push(`${range.start}-${range.end} came back as ${back?.start}-${back?.end}`);
    }
    const held = (there?.toString() ?? '').replace(/\s+/g, '');
    const meant = page.text.slice(range.start, range.end).replace(/\s+/g, '');
    if (!isWithin(meant, held)) wrong.push(`${range.start}-${range.end} covers other characters`);
  }
  return { text: page.text, wrong };
}

/**
 * Whether the characters of `part` are in `whole` in this order, possibly with others between them that the page does not
 * show as text.
 */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of whole) if (character === part.slice(at, at + character.length)) at += character.length;
  return at === part.length;
}

function withoutSpaceAtEnds(text: string, { start, end }: TextRange): TextRange | null {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  const to = end - (part.length - part.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}

/** A view in the app, and what it reported. */
let view: FrozenPageView | null = null;
let told: { event: string; value: unknown }[] = [];
let takenKeys: readonly string[] = [];

export async function openView(src: string, text: string, passages: readonly DrawnPassage[] = []): Promise<void> {
  view?.destroy();
  app().replaceChildren();
  told = [];
  const tell = (event: string) => (value: unknown) => void told.push({ event, value });
  await new Promise<void>((done) => {
    view = new FrozenPageView(app(), {
      src,
      text,
      labels: {
        frame: 'page',
        emptyFrame: 'Not in the saved "file"',
        untagged: 'untagged',
        suggested: (codes) => `suggested ${codes.join(', ')}`,
        list: 'Passages',
        begins: (codes, words) => `begins at ${words}: ${codes.join(', ')}`,
        ends: (codes, words) => `ends at ${words}: ${codes.join(', ')}`,
        more: (count: number) => `${count} more`,
        code: (codes) => codes.join(', '),
      },
      events: {
        onSelect: tell('select'),
        onPassageClick: tell('passage'),
        onAddress: tell('address'),
        onReshape: (id, to) => told.push({ event: 'reshape', value: { id, to } }),
        onDragOut: (passage, transfer) => {
          told.push({ event: 'drag', value: passage });
          transfer.setData('text/plain', 'what the app says');
        },
        onKey: (key) => {
          told.push({ event: 'key', value: key.key });
          return takenKeys.includes(key.key);
        },
        onReady: (state) => {
          told.push({ event: 'ready', value: state });
          done();
        },
      },
    });
    view.setPassages(passages);
  });
}

export const theView = (): FrozenPageView => {
  if (view === null) throw new Error('no view is open');
  return view;
};
export const whatItTold = (): readonly { event: string; value: unknown }[] => told;
export const takeKeys = (keys: readonly string[]): void => void (takenKeys = keys);

/** Resolves once everything begun before is done and drawn: after two frames and their zero-delay timers. */
export const drawn = (): Promise<void> =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));

/** The place of a range in the app's viewport, for a pointer. */
export const pointOf = (range: TextRange): { left: number; top: number; right: number; bottom: number } => {
  const box = theView().boxOf(range);
  if (box === null) throw new Error('the range is out of view');
  return box;
};

const isLive = (range: AbstractRange): range is Range => 'cloneRange' in range;
/** The words under the highlights that are registered in the frame. */
export function marked(): string[] {
  const highlights = document.querySelector('iframe')?.contentDocument?.defaultView?.CSS.highlights;
  return [...(highlights?.values() ?? [])]
    .flatMap((mark) => [...mark])
    .filter(isLive)
    .map((range) => range.toString())
    .sort();
}

/** The words under each highlighted match, the current one separately. */
export function found(): { others: string[]; current: string[] } {
  const highlights = document.querySelector('iframe')?.contentDocument?.defaultView?.CSS.highlights;
  const words = (priority: number): string[] =>
    [...(highlights?.values() ?? [])]
      .filter((mark) => mark.priority === priority)
      .flatMap((mark) => [...mark])
      .filter(isLive)
      .map((range) => range.toString());
  return { others: words(1), current: words(2) };
}

const reader = {
  hiddenOnPage,
  found,
  marked,
  loadFrame,
  readFrame,
  openView,
  theView,
  whatItTold,
  takeKeys,
  pointOf,
  drawn,
};
declare global {
  interface Window {
    reader: typeof reader;
  }
}
window.reader = reader;
