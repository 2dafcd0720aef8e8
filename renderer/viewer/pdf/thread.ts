/** The place in the constructor of PDFImage where pdf.js knows an image’s size and hasn’t unpacked it. */
const IMAGE = /this\.width=(\w+);this\.height=(\w+);this\.interpolate=/g;

/**
 * The script of pdf.js’s thread, with our limits (thread-limits.mjs) before it. Throws if a new version of pdf.js has no such place, or
 * several. Used by builds and tests, in Node.
 */
export function limitedThread(limits: string, worker: string): string {
  const places = [...worker.matchAll(IMAGE)].length;
  if (places !== 1) throw new Error(`pdf.js makes images in ${places} places; thread.ts expects one`);
  return `${limits}\n${worker.replace(IMAGE, 'globalThis.takeImage($1,$2);$&')}`;
}
