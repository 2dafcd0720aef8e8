import { Fault } from '../../../shared/errors.ts';
import { hypothesisRows, readHypothesis } from './hypothesis.ts';
import { type ForeignAnnotation, type ForeignAnnotations, type ForeignTarget, UnreadList } from './model.ts';
import { placeOf } from './selectors.ts';
import { isObject, type Json, listOf, textOf, textsIn } from './values.ts';

/** Where the terms of the standard are defined: a context that every annotation names. */
const CONTEXT = /^https?:\/\/www\.w3\.org\/ns\/anno\.jsonld$/;
/** The most pages of annotations that are read from one file. */
const MOST_PAGES = 100_000;

const NOTHING = 'Choose a file of W3C Web Annotations (.json, .jsonld), or one that Hypothesis exported as JSON.';
const bad = (why: string): Fault => new Fault('BAD_INPUT', `${why} ${NOTHING}`);

/**
 * Reads W3C Web Annotations (https://www.w3.org/TR/annotation-model/): a collection, a page, a single annotation, or a list of
 * annotations; and what Hypothesis exports. All that the Recommendation demands is understood, and what it leaves open is read
 * leniently: an annotation in a page needs no context of its own. What cannot be read is counted, never dropped in silence.
 * BAD_INPUT if it is no JSON, or neither.
 */
export function readAnnotations(text: string): ForeignAnnotations & { readonly from: 'webannotation' | 'hypothesis' } {
  const value = parsed(text);
  const rows = hypothesisRows(value);
  if (rows !== null) return { ...readHypothesis(rows), from: 'hypothesis' };
  const unread = new UnreadList();
  const found = annotationsIn(value, unread);
  if (found === null) throw bad('This JSON has no annotations.');
  return {
    annotations: found.flatMap((one) => annotationOf(one, unread) ?? []),
    unread: unread.list(),
    from: 'webannotation',
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    // What the parser says names the place, and may quote the file.
    throw bad(`This isn’t JSON (${thrown instanceof Error ? thrown.message.slice(0, 200) : 'it can’t be read'}).`);
  }
}

const typesOf = (one: Json): string[] =>
  textsIn(one['type'] ?? one['@type']).map((type) => type.replace(/^oa:|^http:\/\/www\.w3\.org\/ns\/oa#/, ''));
const is = (value: unknown, type: string): value is Json => isObject(value) && typesOf(value).includes(type);

/** The annotations of a file, unread; null if it has none by its own description. */
function annotationsIn(value: unknown, unread: UnreadList): unknown[] | null {
  if (is(value, 'Annotation')) return [value];
  if (is(value, 'AnnotationCollection')) {
    const first = value['first'] ?? value['items'];
    if (first === undefined && value['total'] === 0) return [];
    return pagesFrom(Array.isArray(first) ? { items: first } : first, unread);
  }
  if (is(value, 'AnnotationPage')) return pagesFrom(value, unread);
  const list = Array.isArray(value) ? value : isObject(value) ? value['@graph'] : undefined;
  if (!Array.isArray(list)) return null;
  const all: unknown[] = list;
  return all.some((one) => is(one, 'Annotation')) ? all : null;
}

function pagesFrom(first: unknown, unread: UnreadList): unknown[] {
  const items: unknown[] = [];
  let page = first;
  for (let n = 0; page !== undefined && page !== null && n < MOST_PAGES; n++) {
    if (!isObject(page)) {
      unread.add(
        'Page',
        `It isn’t in the file, which only says where it is: ${textOf(page)?.slice(0, 300) ?? 'nowhere'}`,
      );
      break;
    }
    for (const one of listOf(page['items'])) items.push(one);
    page = page['next'];
  }
  return items;
}

function annotationOf(one: unknown, unread: UnreadList): ForeignAnnotation | null {
  if (typeof one === 'string') {
    unread.add('Annotation', 'It isn’t in the file, which only has its address.');
    return null;
  }
  if (!is(one, 'Annotation')) {
    unread.add('Entry', 'It isn’t an annotation.');
    return null;
  }
  const context = one['@context'];
  if (context !== undefined && !listOf(context).some((name) => typeof name === 'string' && CONTEXT.test(name))) {
    unread.add('Annotation', 'It doesn’t name the context of Web Annotations, so its words may mean something else.');
    return null;
  }
  const targets = listOf(one['target']).flatMap((target) => targetsOf(target, unread));
  if (targets.length === 0) {
    unread.add('Annotation', 'It has no target.');
    return null;
  }
  const said = bodiesOf(one, unread);
  return {
    id: textOf(one['id']) ?? textOf(one['@id']),
    creator: nameOf(listOf(one['creator'])[0]),
    created: textOf(one['created']) ?? textOf(one['modified']),
    ...said,
    targets,
  };
}

function nameOf(agent: unknown): string | null {
  if (!isObject(agent)) return textOf(agent);
  return textsIn(agent['name'])[0] ?? textOf(agent['nickname']) ?? textsIn(agent['email'])[0] ?? textOf(agent['id']);
}

/** One target, or each of a composite, list or set of independent ones. */
function targetsOf(target: unknown, unread: UnreadList): ForeignTarget[] {
  const whole = (addresses: readonly string[], hashes: readonly string[]): ForeignTarget => ({
    addresses,
    hashes,
    ...placeOf(undefined, 'points'),
  });
  const address = textOf(target);
  if (address !== null) return [partOfAddress(whole([address], hashesOf(address)))];
  if (!isObject(target)) {
    unread.add('Target', 'It is empty.');
    return [];
  }
  if (typesOf(target).includes('Choice')) {
    // The first of a choice is the one that is meant if nothing speaks for another (3.2.7).
    return targetsOf(listOf(target['items'])[0], unread);
  }
  const items = listOf(target['items']);
  if (items.length > 0) return items.flatMap((one) => (isObject(one) && 'items' in one ? [] : targetsOf(one, unread)));
  const source = target['source'];
  const names = [
    ...(isObject(source) ? namesOf(source) : textsIn(source)),
    ...(source === undefined ? namesOf(target) : []),
  ];
  const pictureOf = isObject(source) ? source['sb:pictureOf'] : undefined;
  const all = [...names, ...(isObject(pictureOf) ? namesOf(pictureOf) : []), ...textsIn(target['scope'])];
  const hashes = all.flatMap(hashesOf);
  if (all.length === 0) {
    unread.add('Target', 'It doesn’t say what it is on.');
    return [];
  }
  return [partOfAddress({ ...whole(all, hashes), ...placeOf(target['selector'], 'points') })];
}

/** The names of a document: its identity, the address where it was captured, the hash of its bytes. */
const namesOf = (one: Json): string[] => [
  ...textsIn(one['id'] ?? one['@id']),
  ...textsIn(one['sb:capturedFrom']),
  ...textsIn(one['canonical']),
  ...textsIn(one['via']),
  ...textsIn(one['sha256'] ?? one['sb:sha256']),
];

/** `ni:///sha-256;…` of RFC 6920, `urn:sha256:…`, or 64 hexadecimal digits at the end of a path. */
function hashesOf(name: string): string[] {
  const coded = /^ni:\/\/[^/]*\/sha-256;([\w-]{43})$/.exec(name)?.[1];
  if (coded !== undefined) return [Buffer.from(coded, 'base64url').toString('hex')];
  const hex = /(?:^|[/:])([0-9a-f]{64})$/i.exec(name)?.[1];
  return hex === undefined ? [] : [hex.toLowerCase()];
}

/** A fragment in the address of a target is a place too: a page, or a rectangle. */
function partOfAddress(target: ForeignTarget): ForeignTarget {
  if (target.quote !== null || target.position !== null || target.area !== null) return target;
  const fragment = target.addresses[0]?.match(/#(.*)$/s)?.[1];
  if (fragment === undefined || !/(?:^|&)xywh=/.test(fragment)) return target;
  const { area, unread } = placeOf({ type: 'FragmentSelector', value: fragment }, 'points');
  return { ...target, area, unread: [...target.unread, ...unread] };
}

const OTHER_BODY = 'Sourcebook reads tags, comments and values of dimensions as text.';

function bodiesOf(one: Json, unread: UnreadList): Pick<ForeignAnnotation, 'tags' | 'comments' | 'values'> {
  const tags: string[] = [];
  const comments: string[] = [];
  const values: { dimension: string; value: string }[] = [];
  const value = textOf(one['bodyValue']);
  const motivations = textsIn(one['motivation']).map(plain);
  const own = value === null ? [] : [{ type: 'TextualBody', value }];
  for (const body of [...own, ...listOf(one['body'])]) readBody(body);
  return { tags, comments, values };

  function readBody(body: unknown): void {
    if (!isObject(body)) {
      unread.add('Body', `It is only an address. ${OTHER_BODY}`);
      return;
    }
    const items = listOf(body['items']);
    if (items.length > 0 && items.every((item) => isObject(item) && !('items' in item))) {
      for (const item of typesOf(body).includes('Choice') ? items.slice(0, 1) : items) readBody(item);
      return;
    }
    // A body with a purpose of its own can be a SpecificResource around the text (4.5).
    const inner = isObject(body['source']) ? body['source'] : body;
    const text = textOf(inner['value']) ?? textOf(inner['chars']);
    const purposes = [...textsIn(body['purpose']), ...textsIn(inner['purpose'])].map(plain);
    const means = purposes.length > 0 ? purposes : motivations;
    const dimension = textOf(body['sb:dimension']);
    if (text === null) unread.add('Body', `It has no text. ${OTHER_BODY}`);
    else if (purposes.includes('classifying') && dimension !== null) values.push({ dimension, value: text });
    else if (purposes.includes('tagging') || (purposes.length === 0 && isOnlyTagging(means))) tags.push(text);
    else if (purposes.some((purpose) => !COMMENTS.has(purpose)))
      unread.add(`Body with the purpose “${purposes.join(', ').slice(0, 60)}”`, OTHER_BODY);
    else comments.push(text);
  }
}

const plain = (term: string): string => term.replace(/^.*[#:]/, '');
const isOnlyTagging = (motivations: readonly string[]): boolean =>
  motivations.includes('tagging') && motivations.every((one) => one === 'tagging' || one === 'highlighting');
const COMMENTS = new Set(['commenting', 'describing', 'replying', 'questioning', 'assessing', 'editing', 'moderating']);
