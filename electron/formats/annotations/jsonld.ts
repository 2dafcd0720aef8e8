import type { Anchor, AreaAnchor } from '../../../shared/model/index.ts';

/** What is exported for a passage. Ids are replaced by names, since the file is for readers without Sourcebook. */
export interface ExportedPassage {
  readonly id: string;
  readonly created: number;
  readonly creator: { readonly id: string; readonly name: string };
  readonly source: ExportedSource;
  readonly anchor: Anchor;
  /** The id of the text layer that it is on. */
  readonly layer: string;
  /** The image an area is on, if it is not a page of a PDF. */
  readonly picture: ExportedPicture | null;
  /** The layer's text, to convert UTF-16 offsets to code points. Null for area passages. */
  readonly layerText: string | null;
  readonly tags: readonly { readonly code: string; readonly name: string; readonly person: string }[];
  readonly settings: readonly { readonly dimension: string; readonly value: string }[];
  readonly memos: readonly { readonly text: string; readonly person: string }[];
}
/** An image in the project file: a source, one extracted from an archive, or a page's screenshot. */
export interface ExportedPicture {
  readonly stored: 'originals' | 'layers';
  readonly sha256: string;
  readonly mediaType: string;
  /** Pixels, with the image upright. */
  readonly height: number;
}
interface ExportedSource {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly url: string | null;
  readonly language: string | null;
}

const CONTEXT = [
  'http://www.w3.org/ns/anno.jsonld',
  { sb: 'urn:sourcebook:terms#', sha256: 'sb:sha256', fileName: 'sb:fileName', layer: 'sb:textLayer' },
];

const person = (id: string, name: string) => ({ id: `urn:uuid:${id}`, type: 'Person', name });

function bodies(passage: ExportedPassage): object[] {
  const tags = passage.tags.map((tag) => ({
    type: 'TextualBody',
    purpose: 'tagging',
    value: tag.code,
    format: 'text/plain',
    'sb:name': tag.name,
    'sb:person': tag.person,
  }));
  const settings = passage.settings.map((setting) => ({
    type: 'TextualBody',
    purpose: 'classifying',
    value: setting.value,
    format: 'text/plain',
    'sb:dimension': setting.dimension,
  }));
  const memos = passage.memos.map((memo) => ({
    type: 'TextualBody',
    purpose: 'commenting',
    value: memo.text,
    format: 'text/plain',
    'sb:person': memo.person,
  }));
  return [...tags, ...settings, ...memos];
}

/**
 * The W3C selectors of an anchor. TextPositionSelector counts Unicode code points (Web Annotation Data Model, 4.2.5), not the
 * UTF-16 code units Sourcebook stores. A page is an RFC 8118 fragment. An area's box is given in PDF user space, in a
 * property of our own, since `viewrect` counts from a corner that only the page's height would tell. An area of an image is a
 * Media Fragment (W3C, 4.2.2): pixels from the upper left of the upright image.
 */
function selectors({ anchor, layerText, picture }: ExportedPassage): object[] {
  const page = {
    type: 'FragmentSelector',
    conformsTo: 'http://tools.ietf.org/rfc/rfc8118',
    value: `page=${anchor.page}`,
  };
  switch (anchor.kind) {
    case 'area':
      if (picture !== null) return [pixels(anchor, picture)];
      return [
        { ...page, 'sb:area': anchor.area, 'sb:areaUnit': 'PDF user space: left, bottom, right, top, in points' },
      ];
    case 'text': {
      const quote = { type: 'TextQuoteSelector', exact: anchor.exact, prefix: anchor.prefix, suffix: anchor.suffix };
      if (layerText === null) return [quote, page];
      const start = codePoints(layerText, 0, anchor.start);
      const position = {
        type: 'TextPositionSelector',
        start,
        end: start + codePoints(layerText, anchor.start, anchor.end),
      };
      return [quote, position, page];
    }
  }
}

/** Whole pixels, as the fragment requires: all that the area touches. */
function pixels({ area: [left, bottom, right, top] }: AreaAnchor, { height }: ExportedPicture): object {
  const [x, y] = [Math.floor(left), Math.floor(height - top)];
  const [w, h] = [Math.ceil(right) - x, Math.ceil(height - bottom) - y];
  return {
    type: 'FragmentSelector',
    conformsTo: 'http://www.w3.org/TR/media-frags/',
    value: `xywh=pixel:${x},${y},${w},${h}`,
  };
}

/**
 * `beside`: in a project file, sources are named by the paths of their files in it. `alone`: by the address they were captured from,
 * else by the hash of their bytes (RFC 6920), so that other programs, and other projects, know them.
 */
export type Naming = 'beside' | 'alone';

const placeOf = (folder: string, hash: string): string => `${folder}/${hash.slice(0, 2)}/${hash}`;
const byHash = (hash: string): string => `ni:///sha-256;${Buffer.from(hash, 'hex').toString('base64url')}`;
const nameOf = (naming: Naming, folder: string, hash: string): string =>
  naming === 'beside' ? placeOf(folder, hash) : byHash(hash);
/** An IRI must have no white space; what people entered as an address may be none. */
const isAddress = (url: string | null): url is string => url !== null && /^https?:\/\/\S+$/.test(url);

/** The source of an annotation: the original, or the stored image made from it, which names the original. */
function sourceOf({ source, picture }: ExportedPassage, naming: Naming): object {
  const original = {
    id: naming === 'alone' && isAddress(source.url) ? source.url : nameOf(naming, 'originals', source.sha256),
    type: picture?.stored === 'originals' ? 'Image' : 'Text',
    'dc:title': source.title,
    fileName: source.fileName,
    format: source.mediaType,
    sha256: source.sha256,
    ...(source.language === null ? {} : { language: source.language }),
    ...(source.url === null ? {} : { 'sb:capturedFrom': source.url }),
  };
  if (picture === null || picture.stored === 'originals') return original;
  return {
    id: nameOf(naming, 'layers', picture.sha256),
    type: 'Image',
    'dc:title': source.title,
    format: picture.mediaType,
    sha256: picture.sha256,
    'sb:pictureOf': original,
  };
}

/** One W3C Web Annotation (https://www.w3.org/TR/annotation-model/). */
function annotation(passage: ExportedPassage, naming: Naming): object {
  return {
    id: `urn:uuid:${passage.id}`,
    type: 'Annotation',
    motivation: passage.tags.length > 0 ? ['highlighting', 'tagging'] : ['highlighting'],
    created: new Date(passage.created).toISOString(),
    creator: person(passage.creator.id, passage.creator.name),
    body: bodies(passage),
    target: {
      type: 'SpecificResource',
      source: sourceOf(passage, naming),
      selector: selectors(passage),
    },
  };
}

/** An AnnotationCollection with all passages on one page, in pieces, so that 100,000 of them are never one text in memory. */
export function* annotationsJsonLd(
  project: { id: string; title: string },
  total: number,
  passages: Iterable<ExportedPassage>,
  naming: Naming,
): Generator<string> {
  const head = {
    '@context': CONTEXT,
    id: `urn:uuid:${project.id}`,
    type: 'AnnotationCollection',
    label: project.title,
    total,
  };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "first": {\n  "type": "AnnotationPage",\n  "startIndex": 0,\n  "items": [`;
  let first = true;
  for (const passage of passages) {
    yield `${first ? '' : ','}\n${JSON.stringify(annotation(passage, naming), null, 1)}`;
    first = false;
  }
  yield '\n]\n }\n}\n';
}

/** The number of Unicode code points in `text` between two UTF-16 offsets; half a surrogate pair counts as one. */
function codePoints(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; count++) {
    const code = text.codePointAt(at) ?? 0;
    at += code > 0xffff && at + 1 < end ? 2 : 1;
  }
  return count;
}
