import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init } from '@embedpdf/pdfium';

/** The version of @embedpdf/pdfium: stored with each layer, since the text may differ from one version to the next. */
export const PDFIUM_VERSION = '2.15.1';

/** The functions we call, straight from the WebAssembly module: through cwrap reading a page's boxes takes 90 times as long. */
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
] as const;
type RawFunctions = Readonly<Record<(typeof FUNCTIONS)[number], (...args: number[]) => number>>;

/** One instance of PDFium with a memory of its own. After a trap it must not be used again: its memory may be wrong. */
export interface Pdfium {
  readonly raw: RawFunctions;
  /** Views on its memory. They are made anew when the memory has grown, so never keep one over a call. */
  bytes(): Uint8Array;
  floats(): Float32Array;
  doubles(): Float64Array;
  /** Makes `read` callable from inside; the number is a function pointer. */
  callback(read: (param: number, position: number, buffer: number, size: number) => number): number;
  releaseCallback(pointer: number): void;
  /** Bytes of its memory now; it never shrinks. */
  memorySize(): number;
}

/** A fresh instance: 27 ms, 19 MB. */
export async function startPdfium(): Promise<Pdfium> {
  const wrapped = await init({ wasmBinary: toArrayBuffer(wasmFile()) });
  wrapped.PDFiumExt_Init();
  const exports: unknown = wrapped.pdfium.wasmExports;
  if (!isPdfium(exports)) throw new Error('This build of PDFium lacks functions that reading text needs');
  const { memory } = exports;
  let bytes = new Uint8Array(memory.buffer);
  let floats = new Float32Array(memory.buffer);
  let doubles = new Float64Array(memory.buffer);
  const refresh = (): void => {
    if (bytes.buffer === memory.buffer) return;
    bytes = new Uint8Array(memory.buffer);
    floats = new Float32Array(memory.buffer);
    doubles = new Float64Array(memory.buffer);
  };
  return {
    raw: exports,
    bytes: () => (refresh(), bytes),
    floats: () => (refresh(), floats),
    doubles: () => (refresh(), doubles),
    callback: (read) => wrapped.pdfium.addFunction(read, 'iiiii'),
    releaseCallback: (pointer) => wrapped.pdfium.removeFunction(pointer),
    memorySize: () => memory.buffer.byteLength,
  };
}

function wasmFile(): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

function isPdfium(exports: unknown): exports is RawFunctions & { readonly memory: WebAssembly.Memory } {
  if (typeof exports !== 'object' || exports === null) return false;
  const has = new Map<string, unknown>(Object.entries(exports));
  return (
    FUNCTIONS.every((name) => typeof has.get(name) === 'function') && has.get('memory') instanceof WebAssembly.Memory
  );
}

/** Calls `use` with the address of `size` bytes of PDFium's memory, and frees them. */
export function withMemory<T>(pdfium: Pdfium, size: number, use: (address: number) => T): T {
  const address = pdfium.raw.malloc(size);
  if (address === 0) throw new OutOfMemory();
  try {
    return use(address);
  } finally {
    pdfium.raw.free(address);
  }
}

/** The same with a zero-terminated byte string. */
export function withCString<T>(pdfium: Pdfium, bytes: Uint8Array, use: (address: number) => T): T {
  return withMemory(pdfium, bytes.length + 1, (address) => {
    const memory = pdfium.bytes();
    memory.set(bytes, address);
    memory[address + bytes.length] = 0;
    return use(address);
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
 * A text of PDFium's: `call` is given a buffer and its size in bytes and answers how many the text takes in UTF-16LE
 * with its final zero. Longer texts than `limit` code units are cut: nothing we ask for is that long honestly.
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
