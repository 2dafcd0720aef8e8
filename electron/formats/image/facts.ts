/** The most pixels of an image, whether it is a source or on a page: Chromium unpacks it as a whole, 400 MB for 100 Mpx. */
export const MAX_PIXELS = 100_000_000;

/** What is read from an image file's header. Sizes are pixels as stored, before any turning. */
export interface PictureFacts {
  readonly format: 'PNG' | 'JPEG' | 'WebP';
  readonly width: number;
  readonly height: number;
  /** The EXIF bytes (a TIFF file), if there are any. */
  readonly exif: Uint8Array | null;
  /** PNG's text chunks, by keyword; the first of each. */
  readonly texts: ReadonlyMap<string, string>;
  /** How many colours a JPEG's frame has. */
  readonly colours?: number;
  readonly animated: boolean;
  /** The file ends before its image data does. */
  readonly cut: boolean;
}

/** A file that begins like an image but is none; the sentence is for people. */
export class NoPicture extends Error {
  readonly code: 'DAMAGED' | 'UNSUPPORTED';
  constructor(code: 'DAMAGED' | 'UNSUPPORTED', message: string) {
    super(message);
    this.name = 'NoPicture';
    this.code = code;
  }
}

/** A view that returns null for everything past the end. */
export class Bytes {
  readonly all: Uint8Array;
  readonly #view: DataView;
  constructor(all: Uint8Array) {
    this.all = all;
    this.#view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  }
  get length(): number {
    return this.all.length;
  }
  #has(at: number, count: number): boolean {
    return at >= 0 && at + count <= this.all.length;
  }
  u8(at: number): number | null {
    return this.#has(at, 1) ? this.#view.getUint8(at) : null;
  }
  u16(at: number, little: boolean): number | null {
    return this.#has(at, 2) ? this.#view.getUint16(at, little) : null;
  }
  u24le(at: number): number | null {
    return this.#has(at, 3) ? this.#view.getUint16(at, true) + this.#view.getUint8(at + 2) * 0x10000 : null;
  }
  u32(at: number, little: boolean): number | null {
    return this.#has(at, 4) ? this.#view.getUint32(at, little) : null;
  }
  /** Latin-1, as far as there are bytes. */
  latin(at: number, count: number): string {
    return Buffer.from(this.all.subarray(Math.max(0, at), Math.max(0, at + count))).toString('latin1');
  }
  slice(at: number, count: number): Uint8Array {
    return this.all.subarray(at, at + count);
  }
}
