import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { type LayerPageContent, quarterTurn } from '../../../shared/text/layer-file.ts';
import { type TextRun, noGeometry } from '../../../shared/text/page-geometry.ts';
import { canonicalCodePoint } from './code-points.ts';
import { noPassword, sensibleBox } from './document.ts';
import { failedPage, MAX_PAGES, MAX_UNITS, type Progress, type ReadPdf, tooLarge } from './pdfium-text.ts';

/** Estimated extent of an item across its baseline, in font sizes: pdf.js gives no boxes. */
const DESCENT = 0.22;
const ASCENT = 0.85;

/**
 * Like readWithPdfium but by pdf.js, which opens some damaged files and decodes some fonts that PDFium cannot. It only gives
 * a box for a whole piece of text, which is divided evenly.
 */
export async function readWithPdfjs(
  data: Uint8Array,
  passwords: readonly string[],
  onProgress: Progress,
): Promise<Result<ReadPdf>> {
  for (const password of [undefined, ...passwords]) {
    const opened = await openAndRead(new Uint8Array(data), password, onProgress);
    if (opened !== 'password') return opened;
  }
  return noPassword(passwords);
}

type PdfjsModule = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

async function openAndRead(
  data: Uint8Array,
  password: string | undefined,
  onProgress: Progress,
): Promise<Result<ReadPdf> | 'password'> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = pdfjs.getDocument({
    data,
    ...(password === undefined ? {} : { password }),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    ...resources(),
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    isImageDecoderSupported: false,
    isOffscreenCanvasSupported: false,
  });
  try {
    const document = await task.promise;
    return await readDocument(document, password !== undefined, onProgress);
  } catch (thrown) {
    if (thrown instanceof pdfjs.PasswordException) return 'password';
    // It throws many kinds of errors, all of them about the file: it is only tried when PDFium has failed.
    if (thrown instanceof Error) return damaged(thrown.message);
    throw thrown;
  } finally {
    await task.destroy();
  }
}

const damaged = (detail: string): Result<never> =>
  fail('DAMAGED', 'This PDF is damaged or isn’t a PDF. Get a new copy.', { detail });

/** Character maps and font data from the package's own folder: nothing is downloaded. */
function resources(): { cMapUrl: string; cMapPacked: boolean; standardFontDataUrl: string; wasmUrl: string } {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const sub = (name: string): string => `${join(folder, name)}/`;
  return { cMapUrl: sub('cmaps'), cMapPacked: true, standardFontDataUrl: sub('standard_fonts'), wasmUrl: sub('wasm') };
}

type PdfjsDocument = Awaited<ReturnType<PdfjsModule['getDocument']>['promise']>;

async function readDocument(
  document: PdfjsDocument,
  isProtected: boolean,
  onProgress: Progress,
): Promise<Result<ReadPdf>> {
  if (document.numPages === 0) return damaged('no pages');
  if (document.numPages > MAX_PAGES) return tooLarge(`it claims ${document.numPages} pages; the limit is ${MAX_PAGES}`);
  const pages: LayerPageContent[] = [];
  let units = 0;
  for (let page = 1; page <= document.numPages; page++) {
    const read = await readPage(document, page);
    pages.push(read);
    units += read.text.length;
    if (units > MAX_UNITS) return tooLarge('it has more text than Sourcebook can store');
    onProgress({ done: page, total: document.numPages });
  }
  const { info } = await document.getMetadata();
  const entries = new Map<string, unknown>(Object.entries(info));
  const text = (key: string): string => {
    const value = entries.get(key);
    return typeof value === 'string' ? value : '';
  };
  const metadata = {
    title: text('Title'),
    author: text('Author'),
    creationDate: text('CreationDate'),
    language: text('Language'),
  };
  return ok({ pages, metadata, protected: isProtected });
}

async function readPage(document: PdfjsDocument, number: number): Promise<LayerPageContent> {
  try {
    const page = await document.getPage(number);
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const box = sensibleBox([left, bottom, right, top]);
    const content = await page.getTextContent({ disableNormalization: true });
    const builder = new ItemBuilder();
    for (const item of content.items) if ('str' in item) builder.add(item);
    page.cleanup();
    return { ...builder.finish(), box, rotation: quarterTurn(page.rotate), failed: false };
  } catch (thrown) {
    // pdf.js has an error class for each problem of one page; other pages may be readable.
    if (thrown instanceof Error) return failedPage;
    throw thrown;
  }
}

/** Converts pieces of text to runs, one each. */
class ItemBuilder {
  private text = '';
  private readonly runs: TextRun[] = [];
  private readonly alongMin: number[] = [];
  private readonly alongMax: number[] = [];

  add(item: TextItem): void {
    const text = canonicalText(item.str);
    const line = placeOf(item);
    const start = this.text.length;
    this.text += text;
    const width = text.length === 0 ? 0 : (line.to - line.from) / text.length;
    const rightToLeft = item.dir === 'rtl';
    for (let unit = 0; unit < text.length; unit++) {
      const place = rightToLeft ? text.length - 1 - unit : unit;
      this.alongMin.push(width > 0 ? line.from + place * width : 0);
      this.alongMax.push(width > 0 ? line.from + (place + 1) * width : 0);
    }
    if (width > 0) {
      const { axisX, axisY, acrossMin, acrossMax } = line;
      this.runs.push({ start, end: this.text.length, axisX, axisY, rightToLeft, hyphen: false, acrossMin, acrossMax });
    }
    if (item.hasEOL && this.text !== '' && !this.text.endsWith('\n')) {
      this.text += '\n';
      this.alongMin.push(0);
      this.alongMax.push(0);
    }
  }

  finish(): Pick<LayerPageContent, 'text' | 'geometry'> {
    if (this.text === '') return { text: '', geometry: noGeometry() };
    const geometry = {
      runs: this.runs,
      alongMin: Float32Array.from(this.alongMin),
      alongMax: Float32Array.from(this.alongMax),
    };
    return { text: this.text, geometry };
  }
}

function canonicalText(text: string): string {
  let canonical = '';
  for (const character of text) canonical += String.fromCodePoint(canonicalCodePoint(character.codePointAt(0) ?? 0));
  return canonical;
}

interface ItemPlace {
  readonly from: number;
  readonly to: number;
  readonly axisX: number;
  readonly axisY: number;
  readonly acrossMin: number;
  readonly acrossMax: number;
}

/** An item's rectangle from its text matrix and its advance. `ttb` is vertical writing: the advance is its height. */
function placeOf(item: TextItem): ItemPlace {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = item.transform.map((part: unknown) => Number(part));
  const size = Math.hypot(c, d) || Math.hypot(a, b);
  if (item.dir === 'ttb') {
    return { from: -y, to: -y + item.height, axisX: 0, axisY: -1, acrossMin: x - size / 2, acrossMax: x + size / 2 };
  }
  const length = Math.hypot(a, b) || 1;
  const axisX = Math.round((a / length) * 1e6) / 1e6 + 0;
  const axisY = Math.round((b / length) * 1e6) / 1e6 + 0;
  const from = x * axisX + y * axisY;
  const baseline = -x * axisY + y * axisX;
  return {
    from,
    to: from + item.width,
    axisX,
    axisY,
    acrossMin: baseline - DESCENT * size,
    acrossMax: baseline + ASCENT * size,
  };
}
