import { closeSync, openSync, writeSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { filtered } from '../image/png.ts';

/** A page that is one picture. */
export interface PicturePage {
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly picture: {
    /** Pixels. */
    readonly width: number;
    readonly height: number;
    /** Of each pixel: grey, or red, green and blue. */
    readonly channels: 1 | 3;
    /** Row by row from the top. */
    readonly samples: Uint8Array;
  } | null;
}

const CATALOGUE = 1;
const PAGES = 2;

/**
 * Writes a new PDF of pictures, page by page, which has nothing else: no text, no details, no date, no id. The pictures are compressed
 * without loss. Throws file-system errors; `path` must not exist.
 */
export class ImageDocument {
  private readonly file: number;
  private readonly offsets: number[] = [];
  private readonly pages: number[] = [];
  private next = PAGES + 1;
  private at = 0;

  constructor(path: string) {
    this.file = openSync(path, 'wx', 0o600);
    this.write('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');
  }

  add({ width, height, picture }: PicturePage): void {
    const [page, contents, image] = [this.next, this.next + 1, this.next + 2];
    this.next += picture === null ? 1 : 3;
    const [x, y] = [length(width), length(height)];
    const box = `/Type /Page /Parent ${PAGES} 0 R /MediaBox [0 0 ${x} ${y}]`;
    this.pages.push(page);
    if (picture === null) return this.object(page, `<< ${box} >>`);
    this.object(page, `<< ${box} /Resources << /XObject << /I ${image} 0 R >> >> /Contents ${contents} 0 R >>`);
    this.stream(contents, '', Buffer.from(`q ${x} 0 0 ${y} 0 0 cm /I Do Q`, 'latin1'));
    const { channels, samples } = picture;
    const says = [
      `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /BitsPerComponent 8`,
      `/ColorSpace /Device${channels === 1 ? 'Gray' : 'RGB'} /Filter /FlateDecode`,
      `/DecodeParms << /Predictor 15 /Colors ${channels} /BitsPerComponent 8 /Columns ${picture.width} >>`,
    ];
    this.stream(image, says.join(' '), deflateSync(filtered(samples, picture.width * channels)));
  }

  /** The bytes written. Nothing can be added afterwards. */
  end(): number {
    this.object(CATALOGUE, `<< /Type /Catalog /Pages ${PAGES} 0 R >>`);
    const kids = this.pages.map((page) => `${page} 0 R`).join(' ');
    this.object(PAGES, `<< /Type /Pages /Count ${this.pages.length} /Kids [${kids}] >>`);
    const start = this.at;
    const size = this.offsets.length;
    this.write(`xref\n0 ${size}\n0000000000 65535 f \n`);
    for (let number = 1; number < size; number++)
      this.write(`${String(this.offsets[number] ?? 0).padStart(10, '0')} 00000 n \n`);
    this.write(`trailer\n<< /Size ${size} /Root ${CATALOGUE} 0 R >>\nstartxref\n${start}\n%%EOF\n`);
    return this.at;
  }

  close(): void {
    closeSync(this.file);
  }

  private object(number: number, body: string): void {
    this.offsets[number] = this.at;
    this.write(`${number} 0 obj\n${body}\nendobj\n`);
  }

  private stream(number: number, says: string, bytes: Uint8Array): void {
    this.offsets[number] = this.at;
    this.write(`${number} 0 obj\n<< ${says} /Length ${bytes.length} >>\nstream\n`);
    this.put(bytes);
    this.write('\nendstream\nendobj\n');
  }

  private write(text: string): void {
    this.put(Buffer.from(text, 'latin1'));
  }

  private put(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.file, bytes, done);
    this.at += bytes.length;
  }
}

/** Points with at most three digits after the point, never with an exponent. */
const length = (points: number): string => String(Number(points.toFixed(3)));
