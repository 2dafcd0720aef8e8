import type { Capture } from '../capture.ts';
import { CAPTURE_PARTS, lengthLimit, RECORD_PARTS, sourceRecord } from '../../../shared/model/index.ts';
import { isLanguage } from '../../../shared/model/language.ts';
import { captureField } from '../../../shared/changes/fields.ts';
import type { EdtfDate } from '../../../shared/model/index.ts';
import type { PrefilledRecord } from '../extracted.ts';
import {
  attribute,
  childrenOf,
  findElement,
  isElement,
  textContent,
  walk,
  type Document,
  type TreeNode,
} from './tree.ts';

/** A page's own details, and where in the page each was found. Nothing is inferred. */
export interface PageDetails {
  readonly record: PrefilledRecord;
  /** Details by their field name in the log, each with where it was found. */
  readonly prefilled: Readonly<Record<string, string>>;
}

interface Declared {
  readonly value: string;
  readonly from: string;
}

export function readRecord(document: Document): PageDetails {
  const metas = readMetas(document);
  const article = readJsonLd(document);
  const capture = readCapture(document);
  const meta = (...names: readonly string[]): Declared | null => {
    for (const name of names) {
      const value = metas.get(name.toLowerCase());
      if (value !== undefined) return { value, from: `meta ${name}` };
    }
    return null;
  };
  const title = limited(readTitle(document) ?? meta('og:title', 'ArticleTitle', 'dc.title'), LIMIT.title);
  const author = limited(notAddress(meta('author', 'article:author', 'dc.creator')) ?? article.author, LIMIT.author);
  const publisher = limited(
    meta('og:site_name', 'SiteName', 'dc.publisher', 'dcterms.publisher') ??
      notAddress(meta('article:publisher', 'publisher')) ??
      article.publisher,
    LIMIT.publisher,
  );
  const published =
    dated(
      meta('article:published_time', 'PubDate', 'datePublished', 'dcterms.issued', 'dc.date.issued', 'publishdate'),
    ) ?? dated(article.published);
  const language = limited(readLanguage(document) ?? meta('content-language', 'dc.language'), LIMIT.language);
  const captured = dated(capture.time);

  const record: Writable<PrefilledRecord> = {};
  const prefilled: Record<string, string> = {};
  if (title !== null) [record.title, prefilled['title']] = [title.value, title.from];
  if (author !== null) [record.author, prefilled['author']] = [author.value, author.from];
  if (publisher !== null) [record.publisher, prefilled['publisher']] = [publisher.value, publisher.from];
  if (language !== null && isLanguage(language.value))
    [record.language, prefilled['language']] = [language.value, language.from];
  if (published !== null) [record.dateOfPublication, prefilled['dateOfPublication']] = [published.date, published.from];
  if (captured !== null) [record.dateOfCapture, prefilled['dateOfCapture']] = [captured.date, captured.from];
  record.capture = {
    ...(capture.url !== null && { url: capture.url.value }),
    ...(capture.time !== null && { time: capture.time.value }),
    ...(capture.tool !== null && { tool: capture.tool.value }),
  };
  if (capture.url !== null) prefilled['captureUrl'] = capture.url.from;
  if (capture.time !== null) prefilled['captureTime'] = capture.time.from;
  if (capture.tool !== null) prefilled['captureTool'] = capture.tool.from;
  return { record, prefilled };
}

const LIMIT = {
  title: lengthLimit(sourceRecord.shape.title),
  author: lengthLimit(sourceRecord.shape.author),
  publisher: lengthLimit(sourceRecord.shape.publisher),
  language: lengthLimit(sourceRecord.shape.language),
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A value if there is one and it is not too long for the record; longer values are abuse. */
const limited = (declared: Declared | null, max: number): Declared | null =>
  declared !== null && declared.value.length <= max ? declared : null;
const notAddress = (declared: Declared | null): Declared | null =>
  declared !== null && /^(?:https?:)?\/\//i.test(declared.value) ? null : declared;
const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

function readTitle(document: Document): Declared | null {
  const title = findElement(document, (e) => e.tagName === 'title' && e.namespaceURI.endsWith('xhtml'));
  const value = title === null ? '' : tidy(textContent(title));
  return value === '' ? null : { value, from: 'title element' };
}

function readLanguage(document: Document): Declared | null {
  const html = childrenOf(document).find((node) => isElement(node));
  const lang = html !== undefined && isElement(html) ? (attribute(html, 'lang') ?? '').trim() : '';
  return lang === '' ? null : { value: lang, from: 'lang attribute' };
}

/** `meta` elements by name, property or http-equiv, in lower case; the first of each name counts. */
function readMetas(document: Document): ReadonlyMap<string, string> {
  const metas = new Map<string, string>();
  for (const node of walk(document)) {
    if (!isElement(node) || node.tagName !== 'meta') continue;
    const name =
      attribute(node, 'property') ??
      attribute(node, 'name') ??
      attribute(node, 'itemprop') ??
      attribute(node, 'http-equiv');
    const content = tidy(attribute(node, 'content') ?? '');
    const key = name?.trim().toLowerCase();
    if (key !== undefined && content !== '' && !metas.has(key)) metas.set(key, content);
  }
  return metas;
}

/** When and from where a page was captured, from the comments of the tools that saved it. */
function readCapture(document: Document): { url: Declared | null; time: Declared | null; tool: Declared | null } {
  for (const comment of commentsOnTop(document)) {
    const single = /^\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\r\n]+)/.exec(comment);
    if (single !== null) {
      const from = 'SingleFile comment';
      const time = savedTime(single[2] ?? '');
      return {
        url: address(single[1] ?? '', from),
        time: time === null ? null : { value: time, from },
        tool: { value: 'SingleFile', from },
      };
    }
    const saved = /^\s*saved from url=\(\d+\)(\S+)/i.exec(comment);
    if (saved !== null) return { url: address(saved[1] ?? '', '“saved from” comment'), time: null, tool: null };
  }
  return { url: null, time: null, tool: null };
}

function* commentsOnTop(document: Document): Generator<string> {
  const tops: TreeNode[] = [document];
  for (const top of childrenOf(document)) {
    if (!isElement(top)) continue;
    tops.push(top);
    tops.push(...childrenOf(top).filter((node) => isElement(node) && node.tagName === 'head'));
  }
  for (const top of tops)
    for (const node of childrenOf(top)) if (node.nodeName === '#comment' && 'data' in node) yield node.data;
}

function address(text: string, from: string): Declared | null {
  return isPageAddress(text) ? { value: text, from } : null;
}

/** Whether it is an address that a page can have been saved from. */
export function isPageAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^(?:https?|ftp|file):$/.test(url.protocol) && text.length <= 4096;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `Tue Nov 24 2026 22:50:36 GMT+0000 (…)` as ISO 8601 with its zone; null if it is neither this form nor ISO. */
function savedTime(text: string): string | null {
  const iso = /^\s*(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))/.exec(text)?.[1];
  if (iso !== undefined) return iso;
  const found = /^\s*\w{3} (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d\d)(\d\d)/.exec(text);
  if (found === null) return null;
  const [, month = '', day = '', year = '', clock = '', hours = '', minutes = ''] = found;
  const index = MONTHS.indexOf(month);
  if (index < 0 || index % 3 !== 0) return null;
  return `${year}-${String(index / 3 + 1).padStart(2, '0')}-${day}T${clock}${hours}:${minutes}`;
}

/** The day of a time in ISO 8601, in its own zone. */
export const dayOf = (time: string | null): EdtfDate | null =>
  time === null ? null : (dated({ value: time, from: '' })?.date ?? null);

/** The day of a complete date or time, as EDTF; the day is as written, in its own zone. */
function dated(declared: Declared | null): { date: EdtfDate; from: string } | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:$|[日T\s])/.exec(declared?.value ?? '');
  if (declared === null || found === null) return null;
  const [, year = '', month = '', day = ''] = found;
  const edtf = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${edtf}T00:00:00Z`);
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(edtf);
  return isDay ? { date: { edtf, implied: false }, from: declared.from } : null;
}

/** Details of the first article or page described in JSON-LD, where they are plain values. Unreadable JSON-LD gives none. */
function readJsonLd(document: Document): {
  author: Declared | null;
  publisher: Declared | null;
  published: Declared | null;
} {
  const from = 'JSON-LD';
  const declared = (value: string | null): Declared | null => (value === null ? null : { value, from });
  for (const node of walk(document)) {
    if (
      !isElement(node) ||
      node.tagName !== 'script' ||
      attribute(node, 'type')?.trim().toLowerCase() !== 'application/ld+json'
    )
      continue;
    for (const item of itemsOf(parseJson(textContent(node)))) {
      if (!typesOf(item).some((type) => /(?:Article|Posting|Report|WebPage)$/.test(type))) continue;
      return {
        author: declared(nameOf(item['author'])),
        publisher: declared(nameOf(item['publisher'])),
        published: declared(textOf(item['datePublished'])),
      };
    }
  }
  return { author: null, publisher: null, published: null };
}

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null; // hostile or careless JSON: no details
    throw thrown;
  }
}
function itemsOf(json: unknown): JsonObject[] {
  const top = Array.isArray(json) ? json : [json];
  const items = top.filter(isObject);
  const graphs = items.flatMap((item) => (Array.isArray(item['@graph']) ? item['@graph'].filter(isObject) : []));
  return [...items, ...graphs];
}
function typesOf(item: JsonObject): string[] {
  const type = item['@type'];
  return (Array.isArray(type) ? type : [type]).filter((t): t is string => typeof t === 'string');
}
const textOf = (value: unknown): string | null =>
  typeof value === 'string' && tidy(value) !== '' ? tidy(value) : null;

/** One name, or several joined; null if one of them is not a plain text. */
function nameOf(value: unknown): string | null {
  const names = (Array.isArray(value) ? value : [value]).map((one) => textOf(isObject(one) ? one['name'] : one));
  return names.length > 0 && names.every((name) => name !== null) ? names.join('; ') : null;
}

/**
 * Combines the details given by a capture's format with those of the page itself: the page knows its title and author, the
 * format its address and time. Notes where each value was found. The day of capture is the day of the time of capture.
 */
export function mergeDetails(capture: Pick<Capture, 'record' | 'prefilled'>, page: PageDetails): PageDetails {
  const record: Writable<PrefilledRecord> = {};
  const prefilled: Record<string, string> = {};
  const take = (name: string, from: FromOne): void => {
    const where = from.prefilled[name];
    if (where !== undefined) prefilled[name] = where;
  };
  for (const field of RECORD_PARTS) {
    if (field === 'capture' || field === 'dateOfCapture') continue;
    const from = has(page.record[field]) ? page : has(capture.record[field]) ? capture : null;
    if (from === null) continue;
    Object.assign(record, { [field]: from.record[field] });
    take(field, from);
  }
  const merged: Writable<NonNullable<PrefilledRecord['capture']>> = {};
  // For details of the capture, the format takes precedence over the page.
  for (const field of CAPTURE_PARTS) {
    const from = has(capture.record.capture?.[field]) ? capture : has(page.record.capture?.[field]) ? page : null;
    const value = from?.record.capture?.[field];
    if (from === null || !has(value)) continue;
    merged[field] = value;
    take(captureField(field), from);
  }
  record.capture = merged;
  const day = has(capture.record.dateOfCapture) ? capture.record.dateOfCapture : dayOf(merged.time ?? null);
  if (has(day)) {
    record.dateOfCapture = day;
    const where = capture.prefilled['dateOfCapture'] ?? prefilled['captureTime'];
    if (where !== undefined) prefilled['dateOfCapture'] = where;
  }
  return { record, prefilled };
}

type FromOne = Pick<Capture, 'record' | 'prefilled'>;
const has = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
