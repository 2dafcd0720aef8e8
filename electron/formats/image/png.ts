import { crc32, deflateSync } from 'node:zlib';

/** Pixels, row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Of each pixel: grey, or red, green and blue. */
  readonly channels: 1 | 3;
  readonly samples: Uint8Array;
}

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const UP = 2;

/** A PNG of some pixels, without any details. */
export function pngOf({ width, height, channels, samples }: Picture): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8);
  const data = deflateSync(filtered(samples, width * channels));
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** Rows of PNG (and of PDF’s predictor 15): what the row above has is subtracted, which halves the size of a page. */
export function filtered(samples: Uint8Array, row: number): Uint8Array {
  const rows = Math.floor(samples.length / row);
  const out = new Uint8Array(rows * (row + 1));
  for (let y = 0; y < rows; y++) {
    out[y * (row + 1)] = UP;
    for (let x = 0; x < row; x++) {
      const above = y === 0 ? 0 : (samples[(y - 1) * row + x] ?? 0);
      out[y * (row + 1) + 1 + x] = (samples[y * row + x] ?? 0) - above;
    }
  }
  return out;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length, 0);
  check.writeUInt32BE(crc32(body), 0);
  return Buffer.concat([length, body, check]);
}
