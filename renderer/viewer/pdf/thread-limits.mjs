/**
 * Limits what the images of a PDF can take from pdf.js’s thread. A few hundred bytes can unpack to gigabytes, and pdf.js unpacks all images
 * of a page at once, each within its own limit. thread.ts puts this script before pdf.js, and makes pdf.js ask here before it unpacks an
 * image.
 */

/** The most memory of each decoder (JPEG 2000, JBIG2, colours), bytes. pdf.js scales down pixels that would fill 1 GiB. */
const DECODER_BYTES = 1.5 * 2 ** 30;
/** The most pixels of all images of a page together; the same as MAX_IMAGE_PIXELS in pdfjs.ts for one. In colour they take a gigabyte. */
const PAGE_PIXELS = 100_000_000;
const WASM_PAGE_BYTES = 65_536;

const { prototype } = WebAssembly.Memory;
// oxlint-disable-next-line typescript/unbound-method -- called with its memory below
const grow = prototype.grow;
prototype.grow = function growWithin(pages) {
  // Acts as if the system had no more memory: the decoder gives up on the image.
  if (this.buffer.byteLength + pages * WASM_PAGE_BYTES > DECODER_BYTES) throw new RangeError('Too much memory.');
  return grow.call(this, pages);
};

let pixels = 0;
self.addEventListener('message', ({ data }) => {
  if (data?.painting === 'begins') pixels = 0;
});

/** pdf.js calls this with the size of an image before it is unpacked. If it throws, the image is left out of the page. */
globalThis.takeImage = (width, height) => {
  if (pixels + width * height > PAGE_PIXELS) throw new RangeError('The images of this page are too large.');
  pixels += width * height;
};
