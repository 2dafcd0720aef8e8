/** Runs inside the Chromium of the tests, in the app's page: shows hostile pages in frames and provokes them. */

/** The place of the app's own interface, which no page may cover. */
const CHROME = { width: 1000, height: 16 };

async function show(paths: readonly string[], sandbox: string | null): Promise<void> {
  document.querySelectorAll('iframe, #chrome').forEach((old) => old.remove());
  const chrome = document.createElement('div');
  chrome.id = 'chrome';
  chrome.style.cssText = `height:${CHROME.height}px;width:${CHROME.width}px;position:fixed;inset:0 auto auto 0;z-index:1`;
  const shelf = document.getElementById('app');
  shelf?.before(chrome);
  const loads = paths.map((path) => {
    const iframe = document.createElement('iframe');
    if (sandbox !== null) iframe.setAttribute('sandbox', sandbox);
    iframe.style.cssText = 'width:320px;height:90px;display:inline-block;border:0';
    const loaded = new Promise<void>((done) => iframe.addEventListener('load', () => done()));
    iframe.src = path;
    shelf?.append(iframe);
    return loaded;
  });
  await Promise.all(loads);
  await unprotected();
}

/**
 * Waits as long as an unprotected page, opened now, needs to load, be drawn, let a timer run, and navigate to another address
 * (`serveUnprotected` in hostile-bench.ts). Hostile pages have had that long too.
 */
function unprotected(): Promise<void> {
  const iframe = document.createElement('iframe');
  iframe.style.cssText = 'position:fixed;inset:auto 0 0 auto;width:1px;height:1px;border:0';
  iframe.src = '/tests/unprotected';
  const { promise, resolve } = Promise.withResolvers<void>();
  const onMessage = ({ source }: MessageEvent): void => {
    if (source !== iframe.contentWindow) return;
    removeEventListener('message', onMessage);
    iframe.remove();
    resolve();
  };
  addEventListener('message', onMessage);
  document.body.append(iframe);
  return promise;
}

const PROVOKED =
  'a, area, button, input, select, summary, label, img, form *, [onclick], svg *, math *, [data-fz-href]';

/** Clicks, hovers over and focuses everything that could act, from outside. */
async function poke(): Promise<void> {
  for (const iframe of document.querySelectorAll('iframe')) {
    const page = iframe.contentDocument;
    if (page === null) continue;
    const elements = Array.from(Document.prototype.querySelectorAll.call(page, PROVOKED)).slice(0, 40);
    for (const element of elements) {
      for (const type of ['mouseover', 'mousedown', 'mouseup', 'click', 'auxclick', 'dblclick', 'contextmenu']) {
        element.dispatchEvent(
          new MouseEvent(type, { bubbles: true, cancelable: true, button: type === 'auxclick' ? 1 : 0 }),
        );
      }
      if ('focus' in element && typeof element.focus === 'function') element.focus();
    }
  }
  await unprotected();
}

const places = (): { x: number; y: number }[] =>
  Array.from(document.querySelectorAll('iframe'), (iframe) => {
    const { left, top } = iframe.getBoundingClientRect();
    return { x: left + 18, y: top + 18 };
  }).filter(({ y }) => y < innerHeight);

/** What a page did to the app. */
async function changes(): Promise<string[]> {
  const found: string[] = [];
  for (const x of [5, CHROME.width / 2, CHROME.width - 5]) {
    if (document.elementFromPoint(x, CHROME.height / 2)?.id !== 'chrome') found.push('something covers the interface');
  }
  if (document.fullscreenElement !== null) found.push('full screen');
  if (localStorage.length > 0 || sessionStorage.length > 0) found.push('something was stored');
  if ((await navigator.serviceWorker.getRegistrations()).length > 0) found.push('a service worker was registered');
  if (document.title !== 'reader') found.push('the title was changed');
  localStorage.clear();
  return found;
}

export {};
const attack = { show, poke, unprotected, places, changes };
declare global {
  interface Window {
    attack: typeof attack;
  }
}
window.attack = attack;
