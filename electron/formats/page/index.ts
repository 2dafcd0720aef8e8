import { parse } from 'parse5';
import { Fault, ok, fail } from '../../../shared/errors.ts';
import { UNSETTLED } from '../../../shared/model/layer-notes.ts';
import { encodeLayerFile } from '../../../shared/text/layer-file.ts';
import { PAGE_TEXT_VERSION } from '../../../shared/text/page-text.ts';
import type { Extraction } from '../extracted.ts';
import { decodeHtml, type Decoded } from './charset.ts';
import { freeze, FREEZER_VERSION, type Counts } from './freeze.ts';
import { LIMITS } from './limits.ts';
import { readRecord } from './record.ts';
import { hashOf } from './resources.ts';

/** Freezer's rules and text function's rules, as a layer's version. */
export const PAGE_ENGINE_VERSION = `${FREEZER_VERSION}+${PAGE_TEXT_VERSION}`;

/**
 * A saved page as a source: one HTML file, with what it holds itself (SingleFile), or without its folder. The same bytes
 * give the same answer on every machine. It may take seconds on a hostile page, so it belongs in a worker that can be
 * ended. Errors: TOO_LARGE, BAD_INPUT.
 */
export function freezePage(bytes: Uint8Array, { fileName }: { readonly fileName: string }): Extraction {
  try {
    return extract(bytes, fileName);
  } catch (thrown) {
    if (thrown instanceof Fault)
      return fail(thrown.data.code, thrown.data.message, { ...thrown.data.context, fileName });
    throw thrown;
  }
}

function extract(bytes: Uint8Array, fileName: string): Extraction {
  if (bytes.length > LIMITS.html) {
    throw new Fault(
      'TOO_LARGE',
      `This page is larger than ${LIMITS.html >> 20} MB, which is more than Sourcebook reads.`,
      { bytes: bytes.length },
    );
  }
  const other = notHtml(bytes);
  if (other !== null) {
    throw new Fault(
      'BAD_INPUT',
      `“${fileName}” is called a web page, but it is ${other}. Give it the ending of what it is.`,
    );
  }
  const decoded = decodeHtml(bytes);
  const document = parse(decoded.text, { scriptingEnabled: false });
  const { record, prefilled } = readRecord(document);
  const frozen = freeze(document, record.capture?.url ?? null, record.title ?? '');
  const page = new TextEncoder().encode(frozen.html);
  const text = frozen.text.text;
  const notes = [...charsetNotes(decoded), ...contentNotes(frozen.counts)];
  const resources = [...frozen.resources.kept];
  return ok({
    engine: 'frozen-page' as const,
    version: PAGE_ENGINE_VERSION,
    layerFile: encodeLayerFile({
      engine: 'frozen-page',
      version: PAGE_ENGINE_VERSION,
      notes,
      frozen: hashOf(page),
      resources: resources.map(([hash]) => hash),
      pages: [{ text, box: [0, 0, 0, 0], rotation: 0, failed: false, geometry: null }],
    }),
    textSha256: hashOf(new TextEncoder().encode(text)),
    length: text.length,
    hasText: text.trim() !== '',
    pages: [{ page: 1, start: 0, end: text.length, box: [0, 0, 0, 0] as const, rotation: 0, failed: false }],
    notes,
    frozen: page,
    // Of their own memory: what came out of a data address is a view into Node's shared pool, which must not be transferred.
    resources: resources.map(([, resource]) => new Uint8Array(resource)),
    record,
    prefilled,
  });
}

/** Files of other kinds that are called `.html`, by their first bytes. */
function notHtml(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (/^\s*%PDF-/.test(head)) return 'a PDF';
  if (head.startsWith('PK\u0003\u0004')) return 'a ZIP archive';
  if (head.startsWith('WARC/') || head.startsWith('\u001f\u008b')) return 'a web archive or compressed';
  if (head.startsWith('\u0089PNG') || head.startsWith('\u00ff\u00d8\u00ff') || head.startsWith('GIF8'))
    return 'a picture';
  if (/^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?(?:mime-version:|content-type:\s*multipart)/i.test(head))
    return 'an MHTML archive';
  return null;
}

function charsetNotes({ charset, how, declared, replaced }: Decoded): string[] {
  const notes: string[] = [];
  if (how === 'meta-overruled')
    notes.push(`The page says that it is encoded in ${declared}, but it is UTF-8; it was read as UTF-8.`);
  if (how === 'detected' && charset !== 'utf-8')
    notes.push(`The page does not say how it is encoded; it was read as ${charset}.`);
  if (how === 'default')
    notes.push(`The page does not say how it is encoded and it could not be found out; it was read as ${charset}.`);
  if (replaced > 0) notes.push(`${replaced} characters could not be read and are shown as �.`);
  return notes;
}

function contentNotes(counts: Counts): string[] {
  // Until a window says what they do: settle.ts.
  const notes = [UNSETTLED];
  const missing = [
    several(counts.missingPictures, 'picture or font', 'pictures or fonts'),
    several(counts.missingSheets, 'style sheet', 'style sheets'),
    several(counts.emptyFrames, 'embedded page', 'embedded pages'),
  ].filter((part) => part !== null);
  if (missing.length > 0) notes.push(`Not in this file: ${missing.join(', ')}.`);
  if (counts.media > 0)
    notes.push(`Left out: ${several(counts.media, 'film, sound or drawing', 'films, sounds or drawings')}.`);
  if (counts.isFrameset) notes.push('This page is a set of frames: its text is in them.');
  if (counts.flattened > 0) notes.push('The page is nested very deeply; its innermost parts were laid side by side.');
  if (counts.overLimit)
    notes.push('The page holds more styles, pictures or fonts than Sourcebook keeps; the rest was left out.');
  return notes;
}

const several = (count: number, one: string, many: string): string | null =>
  count === 0 ? null : `${count} ${count === 1 ? one : many}`;
