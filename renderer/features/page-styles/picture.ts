import type { CallInput } from '../../../shared/contract/index.ts';
import type { Frame } from '../../viewer/page/frame-style.ts';
import { inertCopy, VIEW, type ReadData } from './inert-copy.ts';
import { nextTurn } from './probe.ts';

export type Picture = NonNullable<CallInput<'pageStyles.done'>['picture']>;

/** Chromium draws no canvas higher than 16,384 pixels; of longer pages the upper part is taken. */
const MOST_HEIGHT = 16_000;
/** Drawn at a time, so that the app does not stand still for the whole of a long page. */
const BAND = 2000;
/** Fonts that are in the image need this long to be ready, ms. */
const FONTS = 150;
/** Of the base64: what the engine takes. */
const MOST_LENGTH = 40_000_000;

/**
 * The whole page as it stands in the frame, 1280 pixels wide, without any help of the host: its inert copy is drawn as an
 * image. Null where that fails or is too much.
 */
export async function takePicture(frame: Frame, read: ReadData): Promise<Picture | null> {
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
  // Fonts begin to load when something is drawn with them, and nothing says when they have.
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

/** As data: of such an image Chromium 153 lets the canvas be read (blob addresses were not tried). */
async function imageOf(svg: string): Promise<HTMLImageElement | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${await base64Of(new Blob([svg]))}`;
  // What Chromium cannot read as XML, or not draw, it says no more of than that.
  return image.decode().then(
    () => image,
    () => null,
  );
}

/** What lies behind the page: the root's colour, or the body's, as browsers spread it; paper where neither has one. */
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
