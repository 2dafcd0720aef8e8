import type { CallInput } from '../../../shared/contract/index.ts';
import { type Frame, VIEW } from '../../viewer/page/frame-style.ts';
import { inertCopy, type ReadData } from './inert-copy.ts';
import { nextTurn } from './probe.ts';

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
