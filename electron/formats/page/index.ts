import { Fault, ok, fail } from '../../../shared/errors.ts';
import type { Sha256 } from '../../../shared/model/index.ts';
import { WITHOUT_STYLES } from '../../../shared/model/layer-notes.ts';
import { encodeLayerFile } from '../../../shared/text/layer-file.ts';
import { PAGE_TEXT_VERSION } from '../../../shared/text/page-text.ts';
import type { Capture } from '../capture.ts';
import type { Extracted, Extraction } from '../extracted.ts';
import { withinBudget } from './budget.ts';
import { picturesOf } from './budget-pictures.ts';
import { decodeHtml, type Decoded } from './charset.ts';
import { SPECIAL_ELEMENTS } from './elements.ts';
import { stableMarkup, writePage, type StableMarkup } from './fixed-point.ts';
import { Freezer, FREEZER_VERSION, type Counts, type Origin } from './freeze.ts';
import { LIMITS } from './limits.ts';
import { notHtml } from './not-html.ts';
import { parsePage } from './parse.ts';
import { mergeDetails, readRecord, type PageDetails } from './record.ts';
import { findAmong, SAVED_FOLDER, type SavedFiles, hashOf } from './resources.ts';
import type { Document } from './tree.ts';

/** The versions of the freezer's rules and the text function's rules, as a layer's version. */
export const PAGE_ENGINE_VERSION = `${FREEZER_VERSION}+${PAGE_TEXT_VERSION}`;

export interface FreezeOptions {
  /** The file's name for messages. */
  readonly fileName: string;
  /** The encoding that a person set, as a label of the Encoding standard; it overrules everything. Null if nobody did: it is detected. */
  readonly charset: string | null;
}

/**
 * A saved page as a source: one HTML file that contains its resources (SingleFile), or lacks its folder. The same bytes give
 * the same result on every machine. Can take seconds on a hostile page, so run it in a worker that can be stopped. Errors:
 * TOO_LARGE, BAD_INPUT.
 */
export function freezePage(
  html: Uint8Array,
  { fileName, charset = null }: { readonly fileName: string; readonly charset?: string | null },
): Extraction {
  return freezeHeld(standingAlone(html), { fileName, charset, held: 'in this file', folder: null });
}

/** Freezes a page with captured resources. It loads nothing that the capture does not contain. */
export function freezeCapture(capture: Capture, { fileName, charset }: FreezeOptions): Extraction {
  return freezeHeld(capture, { fileName, charset, held: 'in this capture', folder: null });
}

/** Freezes a page whose files were saved into a folder: see resources.ts. */
export function freezeWithFolder(
  html: Uint8Array,
  files: SavedFiles,
  { fileName, charset }: FreezeOptions,
): Extraction {
  const capture = { ...standingAlone(html), find: findAmong(files) };
  return freezeHeld(capture, { fileName, charset, held: 'saved with it', folder: SAVED_FOLDER });
}

const standingAlone = (html: Uint8Array): Capture => ({
  html,
  charset: null,
  address: null,
  find: () => null,
  record: {},
  prefilled: {},
  status: null,
  redirects: [],
  notes: [],
});

interface Held extends FreezeOptions {
  /** Where missing resources were searched for, in the words of a note. */
  readonly held: string;
  readonly folder: string | null;
}

function freezeHeld(capture: Capture, options: Held): Extraction {
  try {
    return extract(capture, options);
  } catch (thrown) {
    if (thrown instanceof Fault)
      return fail(thrown.data.code, thrown.data.message, { ...thrown.data.context, fileName: options.fileName });
    throw thrown;
  }
}

function extract(capture: Capture, options: Held): Extraction {
  refuseOthers(capture.html, options.fileName);
  const { html, resources, notes, record, prefilled } = copied(capture, options);
  const stable = stableMarkup(html);
  const affordable = withinBudget(stable.tree, picturesOf(resources.kept));
  const allNotes = affordable === null ? notes : [...notes, TOO_COSTLY];
  const layer = layerOf(affordable === null ? stable : stableMarkup(affordable), [...resources.kept], allNotes);
  return ok({
    ...layer,
    // Its text is that of the whole page, but it looks different: one id must never name two layers.
    ...(affordable !== null && { textSha256: hashOf(layer.layerFile) }),
    notes: allNotes,
    record,
    prefilled,
    status: capture.status,
    redirects: capture.redirects,
  });
}

const TOO_COSTLY =
  'Left out: graphics or styles that would keep a browser busy for minutes. The text is complete; the original has them.';

interface CopiedPage extends PageDetails, Pick<Freezer, 'resources'> {
  readonly html: string;
  readonly notes: readonly string[];
}

/**
 * A separate function, so that the page's text and trees, which take the most memory, are freed before the copy is parsed.
 */
function copied(capture: Capture, options: Held): CopiedPage {
  const decoded = decodeHtml(capture.html, capture.charset, options.charset);
  const document = parsePage(decoded.text);
  const { record, prefilled } = mergeDetails(capture, readRecord(document));
  const { html, resources, counts } = copyPage(document, record.title ?? '', {
    address: capture.address ?? record.capture?.url ?? null,
    folder: options.folder,
    charset: decoded.charset,
    find: (address) => capture.find(address),
  });
  const notes = [...capture.notes, ...charsetNotes(decoded), ...contentNotes(counts, options.held)];
  return { html, resources, notes, record, prefilled };
}

/**
 * One inert document from a parsed page: what is allowed is copied into a new tree, the rest is left behind. Nothing in the
 * result can run, load, submit, navigate or open a window, in any browser; stableMarkup (fixed-point.ts) makes sure that this
 * still holds when it is parsed again.
 *
 * Throws TOO_LARGE.
 */
function copyPage(
  document: Document,
  title: string,
  origin: Origin,
): Pick<Freezer, 'resources'> & { html: string; counts: Counts } {
  const freezer = new Freezer(origin, SPECIAL_ELEMENTS);
  const html = writePage(freezer.document(document, title));
  return { html, resources: freezer.resources, counts: freezer.finishCounts() };
}

/** Throws if there are too many bytes, or they are not HTML. */
function refuseOthers(html: Uint8Array, fileName: string): void {
  if (html.length > LIMITS.html) {
    throw new Fault('TOO_LARGE', `This page is larger than ${LIMITS.html >> 20} MB, the most Sourcebook can read.`, {
      bytes: html.length,
    });
  }
  if (markupLength(html) > LIMITS.markup) {
    throw new Fault(
      'TOO_LARGE',
      `This page has more than ${LIMITS.markup >> 20} MB of text and markup, the most Sourcebook can read.`,
      { bytes: html.length },
    );
  }
  const other = notHtml(html);
  if (other !== null) {
    throw new Fault(
      'BAD_INPUT',
      `“${fileName}” is named as a web page, but it’s ${other}. Correct its file extension.`,
    );
  }
}

type FrozenLayer = Omit<Extracted, 'notes' | 'record' | 'prefilled' | 'status' | 'redirects'>;

function layerOf(
  { html, text }: StableMarkup,
  resources: readonly (readonly [Sha256, Uint8Array])[],
  notes: readonly string[],
): FrozenLayer {
  const page = new TextEncoder().encode(html);
  return {
    engine: 'frozen-page',
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
    frozen: page,
    // Copied: bytes from a data address are views into Node's shared pool, which must not be transferred.
    resources: resources.map(([, resource]) => new Uint8Array(resource)),
  };
}

function charsetNotes({ charset, how, declared, replaced }: Decoded): string[] {
  const notes: string[] = [];
  if (how === 'meta-overruled')
    notes.push(`The page says its encoding is ${declared}, but it’s UTF-8 and was read as UTF-8.`);
  if (how === 'detected' && charset !== 'utf-8')
    notes.push(`The page doesn’t state its encoding; it was read as ${charset}.`);
  if (how === 'default')
    notes.push(`The page’s encoding isn’t stated and couldn’t be detected; it was read as ${charset}.`);
  if (replaced > 0) notes.push(`${replaced} characters couldn’t be read and are shown as �.`);
  return notes;
}

function contentNotes(counts: Counts, held: string): string[] {
  // Until a window reads its styles: apply-styles.ts.
  const notes = [WITHOUT_STYLES];
  const missing = [
    several(counts.missingPictures, 'image or font', 'images or fonts'),
    several(counts.missingSheets, 'style sheet', 'style sheets'),
    several(counts.emptyFrames, 'embedded page', 'embedded pages'),
  ].filter((part) => part !== null);
  if (missing.length > 0) notes.push(`Not ${held}: ${missing.join(', ')}.`);
  if (counts.media > 0)
    notes.push(`Left out: ${several(counts.media, 'film, sound or drawing', 'films, sounds or drawings')}.`);
  if (counts.isFrameset) notes.push('This page is a frameset: its text is in the frames.');
  if (counts.flattened > 0) notes.push('The page is deeply nested; its innermost parts were flattened.');
  if (counts.isAttributesCut)
    notes.push(
      `An element has more than ${LIMITS.dataAttributes} attributes of its own naming; the rest was left out.`,
    );
  if (counts.overLimit)
    notes.push('The page has more styles, images or fonts than Sourcebook stores; the rest was left out.');
  return notes;
}

const several = (count: number, one: string, many: string): string | null =>
  count === 0 ? null : `${count} ${count === 1 ? one : many}`;

const BASE64_MARK = Buffer.from(';base64,');

/** The length of a page without the base64 in its `data:` addresses. */
function markupLength(html: Uint8Array): number {
  const bytes = Buffer.from(html.buffer, html.byteOffset, html.length);
  let embedded = 0;
  let at = bytes.indexOf(BASE64_MARK);
  while (at >= 0) {
    let end = at + BASE64_MARK.length;
    while (end < bytes.length && isBase64(bytes[end] ?? 0)) end++;
    embedded += end - at;
    at = bytes.indexOf(BASE64_MARK, end);
  }
  return html.length - embedded;
}

/** Letters, digits, `+`, `/`, `=`, and `%`, which escapes some of them. */
const isBase64 = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x2f && byte <= 0x39) ||
  byte === 0x2b ||
  byte === 0x3d ||
  byte === 0x25;
