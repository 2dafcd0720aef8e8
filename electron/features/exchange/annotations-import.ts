import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { Fault } from '../../../shared/errors.ts';
import { type Anchor, type LayerId, layerId } from '../../../shared/model/index.ts';
import { shortened } from '../../../shared/query/faults.ts';
import type { ForeignAnnotation, ForeignTarget } from '../../formats/annotations/model.ts';
import type { readAnnotations } from '../../formats/annotations/read.ts';
import { derivedId } from '../../project/ids.ts';
import { anchorOf, textAnchors } from '../../project/passages/anchors.ts';
import { openLayer, type StoredLayer } from '../../project/sources/layers.ts';
import { SourceFinder, type SourceRow } from './find-sources.ts';
import type { Found, FilePreview } from './import-file.ts';
import { Ledger } from './ledger.ts';
import { areaOn, TextPlaces } from './place-annotation.ts';
import {
  dimensionsToExchange,
  memosOnPassage,
  ownAreasOn,
  ownPassageAt,
  ownSettingWith,
  ownTagWith,
  valuesToExchange,
} from './queries.ts';
import { IncomingRecords } from './records.ts';
import { TagCategories } from './tags-to-categories.ts';
import type { Edit } from '../../db/types.ts';

const PROGRAMS = { webannotation: null, hypothesis: 'Hypothesis', pdf: null } as const;
const PLACED = 'Annotations';
const NOTES = 'Notes on documents';
const VALUES = 'Values of dimensions';

/**
 * What annotations of other programs become: a passage where their words are in the text of a source of the project, with
 * categories for their tags, values of dimensions, and a memo with their comments that says who wrote them and when. One without a
 * place is a memo on its source. What the project has already is left as it is.
 */
export function annotationsIn(
  importing: Pick<FilePreview, 'context' | 'tell' | 'goOn'>,
  {
    annotations,
    unread,
    from,
  }: Omit<ReturnType<typeof readAnnotations>, 'from'> & { readonly from: keyof typeof PROGRAMS },
): { readonly found: Found; readonly edits: readonly Edit[] } {
  const all = new Annotations(importing.context);
  for (const { kind, why, count } of unread) all.ledger.left.add(kind, why, count);
  for (const [n, one] of annotations.entries()) {
    if (n % 50 === 0) {
      importing.tell('placing', n, annotations.length);
      importing.goOn();
    }
    all.add(one);
  }
  return { found: { program: PROGRAMS[from], ...all.ledger.result() }, edits: all.records.edits };
}

interface Opened {
  readonly layer: StoredLayer;
  readonly places: TextPlaces;
  readonly anchorAt: ReturnType<typeof textAnchors>;
}

class Annotations {
  readonly ledger = new Ledger();
  readonly records: IncomingRecords;
  private readonly context: FilePreview['context'];
  private readonly finder: SourceFinder;
  private readonly categories: TagCategories;
  private readonly opened = new Map<string, Opened | null>();
  private readonly values: ReadonlyMap<string, { readonly dimension: string; readonly id: string }>;

  constructor(context: FilePreview['context']) {
    this.context = context;
    this.records = new IncomingRecords(context.db);
    this.finder = new SourceFinder(context.db);
    this.categories = new TagCategories(context, this.records, this.ledger);
    const codes = new Map(context.db.all(dimensionsToExchange, {}).map(({ id, code }) => [id, code]));
    const values = context.db.all(valuesToExchange, {});
    this.values = new Map(
      values.map(({ id, dimension, code }) => [`${codes.get(dimension) ?? ''} ${code ?? ''}`, { dimension, id }]),
    );
  }

  add(one: ForeignAnnotation): void {
    for (const [n, target] of one.targets.entries()) {
      if (isWhole(target)) this.addToSource(one, target);
      else this.addTarget(one, target, n);
    }
  }

  private addTarget(one: ForeignAnnotation, target: ForeignTarget, n: number): void {
    const own = n === 0 ? ownId(one.id) : null;
    const isOwn = own !== null && this.records.state('passage', own) !== 'new';
    const id = isOwn ? own : idOf(one, target, n, this.context.person.id);
    if (this.records.state('passage', id) === 'here') {
      this.ledger.count(PLACED, 'passages', { found: 1, here: 1 });
      this.addWords(one, id, 'same');
      return;
    }
    this.ledger.count(PLACED, 'passages', { found: 1 });
    const sources = this.knownSources(PLACED, target, one.created);
    const tried = sources.map((source) => ({ source, place: this.placeOn(source, target) }));
    for (const { source, place } of tried) {
      if ('why' in place) continue;
      const there = this.ownPassage(source.id, place);
      if (there !== null) {
        this.ledger.count(PLACED, 'passages', { found: 0, here: 1 });
        this.addWords(one, there, 'other');
        return;
      }
      const fields = {
        source: source.id,
        layer: place.layer,
        anchor: { ...place.anchor },
        person: this.context.person.id,
      };
      const isAdded = this.records.add('passage', id, fields);
      this.ledger.count(PLACED, 'passages', { found: 0, [isAdded ? 'added' : 'here']: 1 });
      this.addWords(one, id, null);
      return;
    }
    const [first] = tried;
    if (first === undefined || !('why' in first.place)) return;
    const words = target.quote === null ? 'Its place' : `“${shortened(target.quote.exact)}”`;
    const name = shortened(first.source.title ?? first.source.fileName ?? '');
    this.ledger.left.add(PLACED, `${words}: the words ${first.place.why} of “${name}”.`);
  }

  /** The person’s own passage on these very words or this area, which another file brought in or they made themselves: no second one is made. */
  private ownPassage(
    source: string,
    { anchor, layer }: { readonly anchor: Anchor; readonly layer: LayerId },
  ): string | null {
    const { db, person } = this.context;
    if (anchor.kind === 'area') {
      const { page } = anchor;
      const own = db.all(ownAreasOn, { source, layer, person: person.id, page });
      return own.find((one) => isSameArea(anchor, readAnchor(one.anchor)))?.id ?? null;
    }
    const { start, end } = anchor;
    return db.get(ownPassageAt, { source, layer, person: person.id, start, end })?.id ?? null;
  }

  /** Says so where there is none. */
  private knownSources(kind: string, target: ForeignTarget, created: string | null): readonly SourceRow[] {
    const found = this.sourcesOf(target, created);
    const name = shortened(target.addresses[0] ?? 'none');
    if (found.length === 0) this.ledger.left.add(kind, `The project has no source with the address ${name}.`);
    return found;
  }

  /** Of several captures of a page, first those that were made when it was annotated: the last before it, then the others. */
  private sourcesOf({ hashes, addresses }: ForeignTarget, created: string | null): readonly SourceRow[] {
    const exact = hashes.flatMap((hash) => this.finder.byHash(hash));
    const found = exact.length > 0 ? exact : addresses.flatMap((address) => this.finder.byAddress(address));
    const at = Date.parse(created ?? '');
    const when = (row: SourceRow): number => {
      const time = Date.parse(row.captureTime ?? '');
      return Number.isNaN(time) ? row.createdAt : time;
    };
    const isAfter = (row: SourceRow): boolean => !Number.isNaN(at) && when(row) > at;
    return [...new Set(found)].toSorted(
      (a, b) => Number(isAfter(a)) - Number(isAfter(b)) || (isAfter(a) ? when(a) - when(b) : when(b) - when(a)),
    );
  }

  private placeOn(
    source: SourceRow,
    target: ForeignTarget,
  ): { readonly anchor: Anchor; readonly layer: LayerId } | { readonly why: string } {
    const opened = this.open(source);
    if (opened === null) return { why: 'can’t be looked for: there is no text here' };
    const { layer } = opened;
    try {
      if (target.quote === null && target.area !== null) {
        const area = areaOn(layer.file, target.area);
        if (area === null) return { why: 'are an area that is on no page' };
        return { layer: layer.id, anchor: anchorOf(layer, { kind: 'area', ...area }) };
      }
      const placed = opened.places.placeOf(target);
      return 'why' in placed ? placed : { layer: layer.id, anchor: opened.anchorAt(placed.span) };
    } catch (thrown) {
      if (thrown instanceof Fault) return { why: `can’t be marked (${thrown.data.message}) in the text` };
      throw thrown;
    }
  }

  private open({ id, layer }: SourceRow): Opened | null {
    const known = this.opened.get(id);
    if (known !== undefined) return known;
    const opened = ((): Opened | null => {
      const current = layerId.safeParse(layer).data;
      if (current === undefined) return null;
      try {
        const stored = openLayer(this.context, current);
        return { layer: stored, places: new TextPlaces(stored.file), anchorAt: textAnchors(stored.file) };
      } catch (thrown) {
        if (thrown instanceof Fault) return null;
        throw thrown;
      }
    })();
    this.opened.set(id, opened);
    return opened;
  }

  /**
   * What is said of the passage. `there`: whether the project has this passage, or another on the same words. Where it has the same, what
   * somebody took away there stays away.
   */
  private addWords(one: ForeignAnnotation, passage: string, there: 'same' | 'other' | null): void {
    const { person, db } = this.context;
    const count = (inFile: string, becomes: 'tags' | 'memos', isAdded: boolean): void =>
      this.ledger.count(inFile, becomes, { found: 1, [isAdded ? 'added' : 'here']: 1 });
    for (const tag of new Set(one.tags.filter((text) => text.trim() !== ''))) {
      const category = this.categories.of(tag);
      const id = this.records.idOf('tag', derivedId('sourcebook annotation tag', passage, category), person.id);
      const has = there !== null && db.get(ownTagWith, { passage, category, person: person.id }) !== undefined;
      count('Tags', 'tags', !has && this.records.add('tag', id, { passage, category, person: person.id }));
    }
    for (const { dimension, value } of one.values) {
      const known = this.values.get(`${dimension} ${value}`);
      if (known === undefined) {
        this.ledger.count(VALUES, 'tags', { found: 1 });
        this.ledger.left.add(VALUES, `The codebook has no ${shortened(`${dimension} ${value}`)}.`);
        continue;
      }
      const id = derivedId('sourcebook annotation value', passage, known.id, person.id);
      const has =
        there === 'same' ||
        (there === 'other' && db.get(ownSettingWith, { passage, value: known.id, person: person.id }) !== undefined);
      const fields = { passage, dimension: known.dimension, value: known.id, person: person.id };
      count(VALUES, 'tags', !has && this.records.add('setting', id, fields));
    }
    const memo = memoOf(one, person.name);
    if (memo === '') return;
    const said = there === 'other' ? db.all(memosOnPassage, { passage }).map(({ text }) => text ?? '') : [];
    const isSaid = one.comments.length > 0 && one.comments.every((comment) => said.includes(comment));
    const isOwn = there === 'same' && ownId(one.id) === passage;
    count('Comments', 'memos', !isSaid && !isOwn && this.addMemo('passage', passage, memo));
  }

  private addMemo(targetKind: 'passage' | 'source', target: string, text: string): boolean {
    const { person } = this.context;
    const id = derivedId('sourcebook imported memo', text, target, person.id);
    return this.records.add('memo', id, { targetKind, target, text, person: person.id });
  }

  /** One without a place says something of its document: a memo on the source, beside what is there. */
  private addToSource(one: ForeignAnnotation, target: ForeignTarget): void {
    this.ledger.count(NOTES, 'memos', { found: 1 });
    const [kind] = target.unread;
    const [source] = this.knownSources(NOTES, target, one.created);
    if (source === undefined) return;
    const tags = one.tags.length === 0 ? '' : `Tags: ${one.tags.join(', ')}`;
    const memo = [memoOf(one, this.context.person.name), tags].filter((text) => text !== '').join('\n\n');
    if (one.comments.length === 0 && tags === '') {
      this.ledger.left.add(
        NOTES,
        kind === undefined
          ? 'It marks a whole document and says nothing of it.'
          : `Its place is only given by a ${shortened(kind)}, which is not read.`,
      );
      return;
    }
    const isAdded = this.addMemo('source', source.id, memo);
    this.ledger.count(NOTES, 'memos', { found: 0, [isAdded ? 'added' : 'here']: 1 });
    if (kind !== undefined)
      this.ledger.left.add(
        'Place',
        `It is only given by a ${shortened(kind)}, which is not read. Its words are a memo on the source.`,
      );
  }
}

/** Points or pixels: files round the edges of an area. */
const ROUNDED = 1;
const isSameArea = (one: Extract<Anchor, { kind: 'area' }>, other: Anchor | null): boolean =>
  other?.kind === 'area' && one.area.every((edge, at) => Math.abs(edge - (other.area[at] ?? Infinity)) <= ROUNDED);

/** On no part of a document. */
const isWhole = ({ quote, position, area }: ForeignTarget): boolean =>
  quote === null && position === null && area === null;

const UUID = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/** The passage that one of our own files is about. */
const ownId = (id: string | null): string | null => (id === null ? null : (UUID.exec(id)?.[1]?.toLowerCase() ?? null));

/** The same each time, so that importing a file again makes nothing new. */
const idOf = (one: ForeignAnnotation, target: ForeignTarget, n: number, person: string): string =>
  derivedId('sourcebook imported annotation', one.id ?? JSON.stringify(one), String(n), wordsOf(target), person);
/** Two annotations that a program gave one name are told apart by their words. */
const wordsOf = ({ quote, position }: ForeignTarget): string => quote?.exact ?? JSON.stringify(position);

/** The comments, and who annotated it, since the passage is the importing person’s. */
function memoOf({ comments, creator, created, id, look }: ForeignAnnotation, person: string): string {
  const when = /^\d{4}-\d\d-\d\d/.exec(created ?? '')?.[0];
  const isOwn = creator === person && ownId(id) !== null;
  const by = [creator, when, look].flatMap((said) => said ?? []);
  const from =
    by.length === 0 && comments.length === 0 ? [] : [...by, ...(id?.startsWith('http') === true ? [id] : [])];
  const origin = isOwn || from.length === 0 ? [] : [`Annotation: ${from.join(', ')}`];
  return [...comments, ...origin].join('\n\n').toWellFormed();
}
