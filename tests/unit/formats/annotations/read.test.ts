import { describe, expect, it } from 'vitest';
import { readAnnotations } from '../../../../electron/formats/annotations/read.ts';
import { Fault } from '../../../../shared/errors.ts';

const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';
const read = (value: unknown) => readAnnotations(JSON.stringify(value));
const one = (more: object) => ({
  '@context': CONTEXT,
  id: 'http://example.org/anno1',
  type: 'Annotation',
  target: 'http://example.com/page1',
  ...more,
});
const target = (value: unknown) => read(one({ target: value })).annotations[0]?.targets[0];

describe('what the Recommendation calls an annotation', () => {
  // The must-rules of the W3C’s test suite (annotation-model/annotations/annotationMusts.test), each with a value that keeps it.
  it.each([
    ['a context in a list', one({ '@context': [CONTEXT, { sb: 'urn:x#' }] })],
    ['several types', one({ type: ['Annotation', 'http://example.org/Review'] })],
    ['a target that is an external resource', one({ target: { id: 'http://example.com/p', type: 'Text' } })],
    ['several targets', one({ target: ['http://example.com/1', { id: 'http://example.com/2' }] })],
    [
      'a choice of targets',
      one({ target: { type: 'Choice', items: ['http://example.com/1', 'http://example.com/2'] } }),
    ],
    ['a body that is only an address', one({ body: 'http://example.org/post1' })],
    ['an embedded text', one({ body: { type: 'TextualBody', value: 'Good.', format: 'text/plain', language: 'en' } })],
    ['a text as bodyValue', one({ bodyValue: 'Good.' })],
    ['times with zones', one({ created: '2015-10-13T13:00:00Z', modified: '2016-01-01T00:00:00+08:00' })],
    ['rights, canonical and via', one({ rights: 'https://e.org/l', canonical: 'urn:uuid:1', via: 'http://e.org/2' })],
    [
      'a collection',
      {
        '@context': CONTEXT,
        id: 'http://e.org/c',
        type: 'AnnotationCollection',
        total: 1,
        first: { type: 'AnnotationPage', items: [one({})] },
      },
    ],
    [
      'a page',
      { '@context': CONTEXT, id: 'http://e.org/p', type: 'AnnotationPage', items: [one({ '@context': undefined })] },
    ],
    ['a list', [one({})]],
  ])('is read: %s', (_, value) => {
    const { annotations, from } = read(value);
    expect(annotations.length).toBe(1);
    expect(from).toBe('webannotation');
  });

  it.each([
    ['no JSON', '{"type": "Annotation", ', /isn’t JSON/],
    ['a text', '"Annotation"', /no annotations/],
    ['another JSON', '{"type":"FeatureCollection","features":[]}', /no annotations/],
    ['nothing', '', /isn’t JSON/],
  ])('is refused clearly: %s', (_, text, message) => {
    expect(() => readAnnotations(text)).toThrow(Fault);
    expect(() => readAnnotations(text)).toThrow(message);
  });

  it('lists what it has no place for', () => {
    const { unread } = read({
      '@context': CONTEXT,
      type: 'AnnotationCollection',
      first: {
        type: 'AnnotationPage',
        items: [{ type: 'Person' }, one({ target: undefined }), 'http://e.org/a'],
        next: 'http://e.org/2',
      },
    });
    expect(unread.map(({ kind }) => kind)).toEqual(['Page', 'Entry', 'Annotation', 'Annotation']);
    const bodies = read(
      one({ body: ['http://e.org/post', { type: 'TextualBody', value: 'x', purpose: 'identifying' }] }),
    );
    expect(bodies.unread.map(({ count }) => count)).toEqual([1, 1]);
  });
});

describe('what an annotation says', () => {
  it('is tags by their purpose, comments, and values of our dimensions', () => {
    const body = [
      { type: 'TextualBody', purpose: 'tagging', value: '就业' },
      { type: 'TextualBody', purpose: 'commenting', value: 'Check this.' },
      { type: 'TextualBody', value: 'As a comment.' },
      { type: 'TextualBody', purpose: 'classifying', 'sb:dimension': 'voice', value: 'official' },
      { type: 'SpecificResource', purpose: 'tagging', source: { type: 'TextualBody', value: 'quota' } },
    ];
    expect(read(one({ body, creator: { type: 'Person', name: 'Ann' } })).annotations[0]).toMatchObject({
      tags: ['就业', 'quota'],
      comments: ['Check this.', 'As a comment.'],
      values: [{ dimension: 'voice', value: 'official' }],
      creator: 'Ann',
    });
    expect(
      read(one({ motivation: 'tagging', body: { type: 'TextualBody', value: 't' } })).annotations[0]?.tags,
    ).toEqual(['t']);
  });
});

describe('where an annotation is', () => {
  it('is a quotation and a position in code points, also where one refines the other', () => {
    const quote = { type: 'TextQuoteSelector', exact: '八', prefix: '4.', suffix: '万' };
    const position = { type: 'TextPositionSelector', start: 3, end: 4 };
    for (const selector of [
      [quote, position],
      { ...quote, refinedBy: position },
      { type: 'Choice', items: [quote, position] },
    ])
      expect(target({ source: 'http://e.org/p', selector })).toMatchObject({
        quote: { exact: '八', prefix: '4.', suffix: '万' },
        position: { start: 3, end: 4, count: 'points' },
        unread: [],
      });
  });
  it('is an area of an image, and an area of ours on a page', () => {
    expect(target('http://e.org/i.png#xywh=10,20,30,40')?.area).toEqual({ unit: 'pixels', box: [10, 20, 30, 40] });
    const selector = { type: 'FragmentSelector', value: 'page=3', 'sb:area': [1, 2, 3, 4] };
    expect(target({ source: 'http://e.org/p', selector })?.area).toEqual({
      unit: 'points',
      page: 3,
      box: [1, 2, 3, 4],
    });
  });
  it('names what can’t be read', () => {
    const selector = [
      { type: 'CssSelector', value: '#x' },
      { type: 'SvgSelector', value: '<svg/>' },
    ];
    expect(target({ source: 'http://e.org/p', selector })?.unread).toEqual(['CssSelector', 'SvgSelector']);
  });
  it('knows its document by address and by hash', () => {
    const hash = 'ab'.repeat(32);
    const source = { id: `originals/ab/${hash}`, 'sb:capturedFrom': 'https://e.org/x' };
    expect(target({ source })).toMatchObject({ hashes: [hash], addresses: [source.id, 'https://e.org/x'] });
    const coded = `ni:///sha-256;${Buffer.from(hash, 'hex').toString('base64url')}`;
    expect(target(coded)?.hashes).toEqual([hash]);
  });
  it('ends where selectors refine each other without end', () => {
    let selector: object = { type: 'TextQuoteSelector', exact: 'x' };
    for (let n = 0; n < 500; n++) selector = { type: 'FragmentSelector', value: 'page=1', refinedBy: selector };
    expect(target({ source: 'http://e.org/p', selector })?.quote).toBeNull();
  });
});

describe('a file of Hypothesis', () => {
  const row = (more: object) => ({
    id: 'aB1',
    created: '2024-05-01T10:00:00+00:00',
    user: 'acct:jane@hypothes.is',
    uri: 'https://e.org/page',
    text: 'Look.',
    tags: ['quota'],
    target: [
      {
        source: 'https://e.org/page',
        selector: [
          { type: 'RangeSelector', startContainer: '/p[1]', endContainer: '/p[1]', startOffset: 0, endOffset: 4 },
          { type: 'TextPositionSelector', start: 2, end: 6 },
          { type: 'TextQuoteSelector', exact: 'word', prefix: 'a ', suffix: '.' },
        ],
      },
    ],
    document: { title: ['Page'], link: [{ href: 'urn:x-pdf:1' }] },
    ...more,
  });
  it.each([
    ['the answer of its search', { total: 1, rows: [row({})] }],
    [
      'what its client exports',
      { export_date: '2024-05-02', export_userid: 'x', client_version: '1.2', annotations: [row({})] },
    ],
    ['a list', [row({})]],
    ['one annotation', row({})],
  ])('is read: %s', (_, value) => {
    const { annotations, from } = read(value);
    expect(from).toBe('hypothesis');
    expect(annotations).toEqual([
      expect.objectContaining({ creator: 'jane@hypothes.is', tags: ['quota'], comments: ['Look.'] }),
    ]);
    expect(annotations[0]?.targets[0]).toMatchObject({
      position: { count: 'units' },
      quote: { exact: 'word' },
      unread: [],
    });
  });
  it('gives replies to what they answer, and reads a page note as a note', () => {
    const reply = row({ id: 'r', text: 'No.', tags: [], references: ['aB1'], user_info: { display_name: 'Ben' } });
    const lost = row({ id: 'l', references: ['zz'] });
    const note = row({ id: 'n', target: [{ source: 'https://e.org/page' }] });
    const { annotations, unread } = read({ total: 4, rows: [reply, row({}), lost, note] });
    expect(annotations.map(({ comments }) => comments)).toEqual([['Look.', 'Ben: No.'], ['Look.']]);
    expect(annotations[1]?.targets[0]).toMatchObject({ quote: null, unread: [] });
    expect(unread.map(({ kind }) => kind)).toEqual(['Reply', 'Tag of a reply']);
  });
});
