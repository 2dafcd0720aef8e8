import type { CallInput } from '../../../shared/contract/index.ts';
import { VIEW, type Frame } from '../../viewer/page/frame-style.ts';
import { nextTurn } from './probe.ts';
import { holds, spansOf } from './character-ranges.ts';
import { fontsInFront } from './missing-glyphs.ts';

export type Picture = NonNullable<CallInput<'pageStyles.done'>['picture']>;

/** Chromium draws no canvas higher than 16,384 pixels. The screenshot of a longer page is cut here. */
const MOST_HEIGHT = 16_000;
/** How many pixels are drawn at a time, so that a long page does not block the app. */
const BAND = 2000;
/** How long fonts in the image need until they are ready, ms. */
const FONTS = 150;
/** The longest base64 that the engine accepts. */
const MOST_LENGTH = 40_000_000;

/**
 * A screenshot of the whole page in the frame, 1280 pixels wide. It needs no host: the page’s inert copy is drawn as an
 * image. Null if that fails or the result is too large.
 */
export async function takeScreenshot(frame: Frame, read: ReadData): Promise<Picture | null> {
  const { documentElement: root, body } = frame.document;
  const pageHeight = Math.max(1, root.scrollHeight, body.scrollHeight);
  const height = Math.min(pageHeight, MOST_HEIGHT);
  const svg = await inertCopy(frame, height, read);
  const image = svg === null ? null : await imageOf(svg);
  if (image === null) return null;
  const canvas = new OffscreenCanvas(VIEW.width, height);
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.fillStyle = backgroundOf(frame);
  context.fillRect(0, 0, VIEW.width, height);
  // Fonts begin to load when something is drawn with them, and no event says when they are ready.
  if (svg?.includes('@font-face') === true) {
    context.drawImage(image, 0, 0);
    await new Promise((resolve) => setTimeout(resolve, FONTS));
    context.fillRect(0, 0, VIEW.width, height);
  }
  for (let top = 0; top < height; top += BAND) {
    const part = Math.min(BAND, height - top);
    context.drawImage(image, 0, top, VIEW.width, part, 0, top, VIEW.width, part);
    await nextTurn();
  }
  const png = await base64Of(await canvas.convertToBlob({ type: 'image/png' }));
  return png.length > MOST_LENGTH ? null : { png, width: VIEW.width, height, pageHeight };
}

/** The image is loaded from a data address, with which Chromium 153 lets the canvas be read (blob addresses were not tried). */
async function imageOf(svg: string): Promise<HTMLImageElement | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${await base64Of(new Blob([svg]))}`;
  // Chromium gives no reason when it cannot parse the XML or draw the image.
  return image.decode().then(
    () => image,
    () => null,
  );
}

/** The page’s background: the root’s colour, or the body’s, which browsers propagate; white if neither has one. */
function backgroundOf({ document, window }: Frame): string {
  const colours = [document.documentElement, document.body].map(
    (element) => window.getComputedStyle(element).backgroundColor,
  );
  return colours.find((colour) => !/^rgba\(.*, 0\)$|^transparent$/.test(colour)) ?? 'white';
}

/** A blob's bytes in base64. */
export function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () =>
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : ''),
    );
    reader.addEventListener('error', () => reject(reader.error ?? new Error('A blob could not be read.')));
    reader.readAsDataURL(blob);
  });
}

/**
 * The greatest length of the copy with all images and fonts, in characters. A longer one is not drawn in time.
 */
const MOST = 96 * 2 ** 20;

/** Reads a resource of the page, or a font of the app, as a data address; null if there is none. */
type ReadData = (address: string) => Promise<string | null>;

/**
 * A frame’s document as an SVG with everything it needs: markup, styles as the browser parsed them, images and fonts as
 * data. An image can run and load nothing. Null if it would be too long. An SVG is XML, and three things differ from an
 * HTML page: names in style rules have to be in lower case (CSSOM writes them so), lengths in viewport heights are
 * converted to pixels, and nothing may be cut off at the viewport.
 */
async function inertCopy(frame: Frame, height: number, read: ReadData): Promise<string | null> {
  const { document } = frame;
  const copy = document.documentElement;
  const clone = copy.cloneNode(true);
  if (!(clone instanceof frame.window.Element)) return null;
  const generated = generatedText(document);
  const front = await fontsInFront(frame, clone, generated);
  for (const meta of clone.querySelectorAll('meta')) meta.remove();
  const has = neededFor(document.body.textContent + generated);
  const originals = [...copy.querySelectorAll('style')];
  for (const [index, style] of [...clone.querySelectorAll('style')].entries()) {
    style.textContent = absolute(rulesOf(originals[index]?.sheet ?? null, has));
  }
  for (const styled of clone.querySelectorAll('[style]')) {
    styled.setAttribute('style', absolute(styled.getAttribute('style') ?? ''));
  }
  const head = clone.querySelector('head');
  if (document.compatMode === 'BackCompat') head?.prepend(styleElement(document, QUIRKS));
  // In front of the page's style sheets, since `!important` in the first layer has precedence over all others.
  head?.prepend(styleElement(document, front));
  // Our own rules without the font faces: those that are needed are in the copy already.
  const isNoFont = (rule: CSSRule): boolean => !(rule instanceof frame.window.CSSFontFaceRule);
  for (const sheet of document.adoptedStyleSheets) {
    head?.append(styleElement(document, absolute(rulesOf(sheet, isNoFont))));
  }
  head?.append(styleElement(document, WHOLE));
  const markup = new XMLSerializer().serializeToString(clone).replace(NOT_XML, '\ufffd');
  const whole = await withData(markup, read);
  if (whole === null) return null;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${VIEW.width}" height="${height}">` +
    `<foreignObject width="${VIEW.width}" height="${VIEW.height}" style="overflow:visible">${whole}</foreignObject></svg>`
  );
}

/** In an image, html and body are ordinary boxes, which could cut off what is longer than the viewport. */
const WHOLE = 'html, body { overflow: visible !important }';
/** What browsers do with tables in pages without a doctype (quirks mode), which an SVG does not have. */
const QUIRKS =
  ':where(table) { font-size: initial; font-weight: initial; font-style: initial; line-height: initial; white-space: initial; text-align: start }';
/** Characters that XML does not allow, escaped or not. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The rules of a sheet for which `has` is true. */
const rulesOf = (sheet: CSSStyleSheet | null, has: (rule: CSSRule) => boolean): string =>
  sheet === null
    ? ''
    : Array.from(sheet.cssRules)
        .filter(has)
        .map(({ cssText }) => cssText)
        .join('\n');

/**
 * Whether a rule is needed for this text. Of a font that is split into many files, most have none of its characters.
 */
function neededFor(text: string): (rule: CSSRule) => boolean {
  const characters = [...new Set(text)];
  return ({ cssText }) => {
    const spans = spansOf(cssText);
    return spans.length === 0 || characters.some((character) => holds(spans, character));
  };
}

/** Text that style rules generate before and after elements. */
const generatedText = (document: Document): string =>
  [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .flatMap(({ cssText }) => cssText.match(/(?<![\w-])content:[^;}]*/g) ?? [])
    .join('');

/** Converts viewport heights to pixels, since the viewport of an image is as high as the image. */
const absolute = (css: string): string =>
  css.replace(
    /(?<![\w.#-])(\d*\.?\d+)(?:[sld]?vh|[sld]?vb)\b/g,
    (_, count: string) => `${(Number(count) * VIEW.height) / 100}px`,
  );

function styleElement(document: Document, css: string): Element {
  const style = document.createElement('style');
  style.textContent = css;
  return style;
}

/** Addresses in the serialised copy: of the page’s resources, and of the app’s fonts in style rules. */
const ADDRESS =
  /(?<=["'(;>\s])r\/[0-9a-f]{64}|(?<=url\((?:"|&quot;|'))https?:[^"'&)]+|(?<=url\((?:"|&quot;|'))app:[^"'&)]+/g;

async function withData(markup: string, read: ReadData): Promise<string | null> {
  const data = new Map<string, string>();
  for (const [address] of markup.matchAll(ADDRESS)) {
    if (!data.has(address)) data.set(address, (await read(address)) ?? 'data:,');
  }
  let length = markup.length;
  for (const [address] of markup.matchAll(ADDRESS)) length += data.get(address)?.length ?? 0;
  return length > MOST ? null : markup.replace(ADDRESS, (address) => data.get(address) ?? 'data:,');
}
