import { frozenResourceType } from '../../../shared/model/frozen-resource.ts';
import type { Painted } from '../pdf/page-box.ts';

/** A picture ready to be shown, and how to give its memory back. */
export interface LoadedPicture {
  readonly element: Painted;
  /** Upright, in its own pixels. */
  readonly width: number;
  readonly height: number;
  /** What is shown, as bytes: for paper. (Our policy lets nothing fetch a `blob:` address.) */
  bytes(): Promise<Blob>;
  close(): void;
}

const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp']);

/**
 * Fetches a picture from our own host and has the browser decode it. It is what its first bytes say, never SVG, and lies at an
 * address of its own (`blob:`), so that nothing else is asked for. The browser turns it upright as EXIF says and paints of it what
 * is in view, at any size: 16,000 pixels need no canvas. Of an animated one the first picture is taken out and stands still.
 * Rejects where it cannot be had or shown.
 */
export async function loadPicture(url: string, isAnimated: boolean, signal: AbortSignal): Promise<LoadedPicture> {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(`Couldn’t read the image (${answer.status}).`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const type = frozenResourceType(bytes);
  if (type === null || !SHOWN.has(type)) throw new Error('This type of image isn’t supported.');
  const blob = new Blob([bytes], { type });
  return isAnimated ? firstOf(blob) : whole(blob);
}

async function whole(blob: Blob): Promise<LoadedPicture> {
  const url = URL.createObjectURL(blob);
  const image = document.createElement('img');
  image.alt = '';
  image.draggable = false;
  try {
    // Not `decode()`: one that is cut would be refused, and its upper part is still there.
    await new Promise<void>((loaded, failed) => {
      image.addEventListener('load', () => loaded(), { once: true });
      image.addEventListener('error', () => failed(new Error('Couldn’t decode the image.')), { once: true });
      image.src = url;
    });
  } catch (failure) {
    URL.revokeObjectURL(url);
    throw failure;
  }
  return {
    element: image,
    width: image.naturalWidth,
    height: image.naturalHeight,
    bytes: () => Promise.resolve(blob),
    close: () => URL.revokeObjectURL(url),
  };
}

async function firstOf(blob: Blob): Promise<LoadedPicture> {
  const bitmap = await createImageBitmap(blob);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  const { width, height } = canvas;
  return {
    element: canvas,
    width,
    height,
    bytes: async () => {
      const first = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
      if (first === null) throw new Error('Couldn’t prepare the image for printing.');
      return first;
    },
    close: () => {
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}
