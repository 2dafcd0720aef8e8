import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init } from '@embedpdf/pdfium';

/**
 * The functions we call, directly from the WebAssembly module: through cwrap, reading a page's boxes takes 90 times as long.
 */
const FUNCTIONS = [
  'malloc',
  'free',
  'FPDF_LoadCustomDocument',
  'FPDF_CloseDocument',
  'FPDF_GetLastError',
  'FPDF_GetPageCount',
  'FPDF_LoadPage',
  'FPDF_ClosePage',
  'FPDF_GetPageBoundingBox',
  'FPDFPage_GetRotation',
  'FPDF_GetMetaText',
  'EPDFCatalog_GetLanguage',
  'FPDFText_LoadPage',
  'FPDFText_ClosePage',
  'FPDFText_CountChars',
  'FPDFText_GetUnicode',
  'FPDFText_GetTextObject',
  'FPDFText_IsGenerated',
  'FPDFText_IsHyphen',
  'FPDFText_GetCharAngle',
  'FPDFText_GetFontSize',
  'FPDFText_GetMatrix',
  'FPDFText_GetLooseCharBox',
  'FPDFText_GetCharOrigin',
  'FPDFPage_CountObjects',
  'FPDFPage_GetObject',
  'FPDFFormObj_CountObjects',
  'FPDFFormObj_GetObject',
  'FPDFPageObj_GetType',
  'FPDFPageObj_SetIsActive',
  'FPDFPageObj_GetBounds',
  'FPDFPageObj_GetFillColor',
  'FPDFTextObj_GetTextRenderMode',
  'FPDFTextObj_GetFont',
  'FPDFFont_GetIsEmbedded',
  'FPDFBitmap_Create',
  'FPDFBitmap_Destroy',
  'FPDFBitmap_FillRect',
  'FPDFBitmap_GetBuffer',
  'FPDFBitmap_GetStride',
  'FPDF_RenderPageBitmapWithMatrix',
  'EPDFPage_GetAnnotCountRaw',
  'EPDFPage_GetAnnotRaw',
  'FPDFPage_CloseAnnot',
  'FPDFAnnot_GetSubtype',
  'FPDFAnnot_GetRect',
  'FPDFAnnot_GetStringValue',
  'FPDFAnnot_CountAttachmentPoints',
  'FPDFAnnot_GetAttachmentPoints',
  'EPDFAnnot_GetColor',
  'FPDFAnnot_HasKey',
] as const;
type RawFunctions = Readonly<Record<(typeof FUNCTIONS)[number], (...args: number[]) => number>>;

/** An instance of PDFium with its own memory. After a trap it must not be used again: its memory may be corrupt. */
export interface Pdfium {
  readonly raw: RawFunctions;
  /** Views of its memory. They are replaced when the memory grows, so never keep one across a call. */
  bytes(): Uint8Array;
  floats(): Float32Array;
  doubles(): Float64Array;
  /** Makes `read` callable from WebAssembly; the number is a function pointer. */
  callback(read: (param: number, position: number, buffer: number, size: number) => number): number;
  releaseCallback(pointer: number): void;
  /** Current size of its memory in bytes; it never shrinks. */
  memorySize(): number;
  /** Whether it asked for more memory than {@link MAX_MEMORY}. */
  isOverMemory(): boolean;
}

/**
 * The most memory an instance gets. It unpacks the streams of a page before it reads them, and 2 MB can unpack to 2 GB. It reads
 * files in pieces and unpacks no image, so that real pages need some dozen megabytes.
 */
const MAX_MEMORY = 512 * 2 ** 20;

/** A new instance: 27 ms, 19 MB. */
export async function startPdfium(): Promise<Pdfium> {
  let isOver = false;
  const wrapped = await init({
    wasmBinary: toArrayBuffer(wasmFile()),
    instantiateWasm: (imports: WebAssembly.Imports, onInstance: (instance: WebAssembly.Instance) => void) => {
      const limited = withMemoryLimit(imports, () => {
        isOver = true;
      });
      void WebAssembly.instantiate(toArrayBuffer(wasmFile()), limited).then(({ instance }) => onInstance(instance));
      return {};
    },
    printErr: () => undefined,
  });
  wrapped.PDFiumExt_Init();
  const runtime: unknown = wrapped.pdfium;
  if (!isRuntime(runtime)) throw new Error('This build of PDFium lacks functions that reading text needs');
  const exports = runtime.wasmExports;
  const { memory } = exports;
  let bytes = new Uint8Array(memory.buffer);
  let floats = new Float32Array(memory.buffer);
  let doubles = new Float64Array(memory.buffer);
  /**
   * The views of memory are emptied when it grows, and are then made again. Asking for its buffer each time took a twentieth of reading a
   * page.
   */
  const refresh = (): void => {
    if (bytes.length > 0) return;
    bytes = new Uint8Array(memory.buffer);
    floats = new Float32Array(memory.buffer);
    doubles = new Float64Array(memory.buffer);
  };
  return {
    raw: exports,
    bytes: () => (refresh(), bytes),
    floats: () => (refresh(), floats),
    doubles: () => (refresh(), doubles),
    callback: (read) => runtime.addFunction(read, 'iiiii'),
    releaseCallback: (pointer) => runtime.removeFunction(pointer),
    memorySize: () => memory.buffer.byteLength,
    isOverMemory: () => isOver,
  };
}

/** Emscripten's imports, with a limit on what its heap may grow to. */
function withMemoryLimit(imports: WebAssembly.Imports, onRefused: () => void): WebAssembly.Imports {
  const env = imports['env'];
  const grow = env?.['emscripten_resize_heap'];
  if (typeof grow !== 'function') throw new Error('This build of PDFium doesn’t ask for memory as it did');
  const limited = (size: number): unknown => {
    if (size >>> 0 <= MAX_MEMORY) return Reflect.apply(grow, undefined, [size]) as unknown;
    onRefused();
    return 0;
  };
  return { ...imports, env: { ...env, emscripten_resize_heap: limited } };
}

function wasmFile(): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** What we use of Emscripten's runtime. The package's own types name globals that only @types/emscripten has. */
interface Runtime {
  readonly wasmExports: RawFunctions & { readonly memory: WebAssembly.Memory };
  addFunction(callback: (...args: number[]) => number, signature: string): number;
  removeFunction(pointer: number): void;
}

function isRuntime(runtime: unknown): runtime is Runtime {
  const own = entriesOf(runtime);
  const exports = entriesOf(own.get('wasmExports'));
  return (
    typeof own.get('addFunction') === 'function' &&
    typeof own.get('removeFunction') === 'function' &&
    FUNCTIONS.every((name) => typeof exports.get(name) === 'function') &&
    exports.get('memory') instanceof WebAssembly.Memory
  );
}

const entriesOf = (value: unknown): Map<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);

/** Allocates `size` bytes of PDFium's memory for `work`, and frees them. */
export function withMemory<T>(pdfium: Pdfium, size: number, work: (address: number) => T): T {
  const address = pdfium.raw.malloc(size);
  if (address === 0) throw new OutOfMemory();
  try {
    return work(address);
  } finally {
    pdfium.raw.free(address);
  }
}

/** The same with a zero-terminated string. */
export function withCString<T>(pdfium: Pdfium, bytes: Uint8Array, work: (address: number) => T): T {
  return withMemory(pdfium, bytes.length + 1, (address) => {
    const memory = pdfium.bytes();
    memory.set(bytes, address);
    memory[address + bytes.length] = 0;
    return work(address);
  });
}

/** PDFium's memory, which WebAssembly limits, is used up. */
export class OutOfMemory extends Error {
  constructor() {
    super('PDFium has no memory left');
    this.name = 'OutOfMemory';
  }
}

/**
 * A text from PDFium: `call` gets a buffer and its size in bytes, and returns how many bytes the text takes in UTF-16LE with
 * its final zero. Texts longer than `limit` code units are cut; no real one is that long.
 */
export function readUtf16(pdfium: Pdfium, call: (buffer: number, size: number) => number, limit = 4000): string {
  const needed = call(0, 0);
  if (needed <= 2) return '';
  return withMemory(pdfium, needed, (address) => {
    const written = Math.min(call(address, needed), needed);
    const end = address + Math.max(0, Math.min(written - 2, limit * 2));
    return new TextDecoder('utf-16le').decode(pdfium.bytes().slice(address, end));
  });
}
