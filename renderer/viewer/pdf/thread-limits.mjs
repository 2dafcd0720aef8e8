/**
 * What the images of a PDF can make pdf.js’s thread take. A few hundred bytes unpack to gigabytes, and pdf.js unpacks all images
 * of a page at once, each within its own limit. thread.ts puts this before pdf.js, and has each image asked for here.
 */

/** The most memory of each decoder (JPEG 2000, JBIG2, colours), bytes. pdf.js reduces what would fill 1 GiB with pixels. */
const DECODER_BYTES = 1.5 * 2 ** 30;
/** All images of a page together, pixels: as one alone, MAX_IMAGE_PIXELS in pdfjs.ts. In colour that takes a gigabyte. */
const PAGE_PIXELS = 100_000_000;
const WASM_PAGE_BYTES = 65_536;

const { prototype } = WebAssembly.Memory;
// oxlint-disable-next-line typescript/unbound-method -- called with its memory below
const grow = prototype.grow;
prototype.grow = function growWithin(pages) {
  // As if the system had no more: the decoder gives the image up.
  if (this.buffer.byteLength + pages * WASM_PAGE_BYTES > DECODER_BYTES) throw new RangeError('Too much memory.');
  return grow.call(this, pages);
};

let pixels = 0;
self.addEventListener('message', ({ data }) => {
  if (data?.painting === 'begins') pixels = 0;
});

/** Called by pdf.js with the size of an image before it is unpacked. What throws is left out of the page. */
globalThis.takeImage = (width, height) => {
  if (pixels + width * height > PAGE_PIXELS) throw new RangeError('The images of this page are too large.');
  pixels += width * height;
};
