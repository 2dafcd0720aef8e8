import { readFileSync } from 'node:fs';
import { findQuote } from '../../../shared/anchoring/quote.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Anchor, Area, SourceId } from '../../../shared/model/index.ts';
import { codePointsOf } from '../../../shared/text/code-points.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import { unicodeText } from '../../formats/charset.ts';
import type { QdaFiled } from '../../formats/qda/file.ts';
import type { QdaBox, QdaCoding, QdaSelection } from '../../formats/qda/model.ts';
import { anchorOf, textAnchors } from '../../project/passages/anchors.ts';
import type { PlacedSource, QdaImport } from './qda-in.ts';
import { addMemo, notesOn, quoted, saidBy } from './qda-in-notes.ts';
import { ownTagWith } from './queries.ts';

/** A place in the text of the project, or why there is none. */
type Place = { readonly anchor: Anchor } | { readonly why: string; readonly words: string | null };
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Brings in the selections on one source. Only where the words are found for certain, or at the very place on the page, does a selection
 * become a passage; any other is counted as not carried, and its words, categories and notes are kept in a memo on the source.
 */
export async function passagesIn(all: QdaImport, on: PlacedSource): Promise<void> {
  const { id: source, layer, file, filed } = on;
  const { selections } = filed.source;
  if (selections.length === 0 || source === null) return;
  const places = await placesOf(all, on);
  const person = all.importing.context.person.id;
  for (const [number, selection] of selections.entries()) {
    const inFile = inFileOf(selection);
    const id = all.records.idOf('passage', selection.guid, person);
    const isHere = all.records.state('passage', id) === 'here';
    const place = places[number] ?? { why: 'Its place can’t be read.', words: null };
    if (!isHere && !('anchor' in place && layer !== null && file !== null)) {
      const { why, words } = 'why' in place ? place : { why: 'Its source has no text here.', words: null };
      all.ledger.count(inFile, 'passages', { found: 1 });
      all.ledger.left.add(inFile, `${why} It is kept as a memo on its source.`);
      codingsOn(all, selection, null, false);
      keepAsMemo(all, source, selection, words);
      continue;
    }
    const isAdded =
      !isHere &&
      'anchor' in place &&
      all.records.add('passage', id, { source, layer, anchor: { ...place.anchor }, person });
    all.ledger.count(inFile, 'passages', { found: 1, [isAdded ? 'added' : 'here']: 1 });
    const tagged = codingsOn(all, selection, id, isHere);
    notesOn(all, [...selection.notes, ...selection.codings.flatMap(({ notes }) => notes)], { kind: 'passage', id });
    const said = isAdded || tagged > 0 ? saidBy(all, selection) : null;
    if (said !== null) addMemo(all, `${selection.guid} said`, { kind: 'passage', id }, said);
  }
}

const inFileOf = ({ place }: QdaSelection): string => (place.kind === 'text' ? 'Text selections' : 'Page rectangles');

/** Tags a passage, or sets values of dimensions, as its codings say; a null passage is none. Answers how many are new. */
export function codingsOn(all: QdaImport, { codings }: QdaSelection, passage: string | null, isHere: boolean): number {
  const { ledger } = all;
  let tagged = 0;
  for (const coding of codings) {
    const found = passage === null ? null : tag(all, coding, passage, isHere);
    if (found === null)
      ledger.left.add('Codings', passage === null ? 'Its selection is not carried.' : 'Its code is not in the file.');
    ledger.count('Codings', 'tags', { found: 1, ...(found === null ? {} : { [found]: 1 }) });
    if (found === 'added') tagged++;
  }
  return tagged;
}

function tag(all: QdaImport, { guid, code, by }: QdaCoding, passage: string, isHere: boolean): 'added' | 'here' | null {
  const { records, codes, importing } = all;
  const { db } = importing.context;
  const person = (by.user === null ? undefined : all.coders.get(by.user)) ?? importing.context.person.id;
  const to = codes.get(code);
  if (to === undefined) return null;
  if (to.kind === 'value') {
    const id = records.state('setting', guid) === 'new' ? records.idOf('setting', passage, to.id, person) : guid;
    const fields = { passage, dimension: to.dimension, value: to.id, person };
    return records.add('setting', id, fields) ? 'added' : 'here';
  }
  const id = records.state('tag', guid) === 'new' ? records.idOf('tag', passage, to.id, person) : guid;
  const hasOwn = isHere && db.get(ownTagWith, { passage, category: to.id, person }) !== undefined;
  if (hasOwn) return 'here';
  return records.add('tag', id, { passage, category: to.id, person }) ? 'added' : 'here';
}

/** The words of a selection that was not placed, with what it says of them. */
function keepAsMemo(all: QdaImport, source: SourceId, selection: QdaSelection, words: string | null): void {
  const text = words ?? selection.words ?? selection.name ?? selection.description ?? '';
  const { place } = selection;
  const where =
    place.kind === 'text'
      ? `at characters ${place.start} to ${place.end}`
      : place.kind === 'page'
        ? `on page ${place.page + 1}`
        : 'on the picture';
  const names = selection.codings.map(({ code }) =>
    quoted(all.codes.get(code)?.name ?? 'a code that is not in the file'),
  );
  const lines = [
    `Not placed, ${where}: ${text === '' ? 'no words' : quoted(text)}.`,
    ...(names.length === 0 ? [] : [`Coded ${names.join(', ')}.`]),
    ...(saidBy(all, selection) === null ? [] : [saidBy(all, selection) ?? '']),
  ];
  addMemo(all, `${selection.guid} unplaced`, { kind: 'source', id: source }, lines.join('\n'));
  notesOn(all, [...selection.notes, ...selection.codings.flatMap(({ notes }) => notes)], {
    kind: 'source',
    id: source,
  });
}

async function placesOf(all: QdaImport, { filed, file, layer }: PlacedSource): Promise<Place[]> {
  const { selections } = filed.source;
  if (file === null || layer === null)
    return selections.map(() => ({ why: 'Its source has no text here.', words: null }));
  const spans = await spansOf(all, filed, file);
  const anchorAt = textAnchors(file);
  return selections.map((selection): Place => {
    const { place } = selection;
    try {
      if (place.kind === 'text') {
        const found = spans.get(selection.guid) ?? { why: 'Its text is not in the file.', words: null };
        return 'why' in found ? found : { anchor: anchorAt(found) };
      }
      return { anchor: areaOf(file, selection) };
    } catch (thrown) {
      if (thrown instanceof Fault) return { why: thrown.data.message, words: null };
      throw thrown;
    }
  });
}

type Spans = ReadonlyMap<string, Span | { readonly why: string; readonly words: string | null }>;

/** Where the words of text selections are in the project’s text: at the same place where the texts are the same, else where compared. */
async function spansOf({ importing }: QdaImport, { text, source }: QdaFiled, file: LayerFile): Promise<Spans> {
  const found = new Map<string, Span | { why: string; words: string | null }>();
  const selections = source.selections.flatMap(({ guid, place }) =>
    place.kind === 'text' ? [{ guid, ...place }] : [],
  );
  const at = text?.at ?? null;
  if (selections.length === 0 || at === null) return found;
  const older = unicodeText(readFileSync(at));
  const { toUnits } = codePointsOf(older);
  const inside: { id: string; start: number; end: number }[] = [];
  for (const { guid, start: from, end: to } of selections) {
    const [start, end] = [toUnits(from), toUnits(to)];
    if (end > older.length)
      found.set(guid, { why: 'Its place is after the end of its text.', words: older.slice(start, end) || null });
    else inside.push({ id: guid, start, end });
  }
  const newer = file.text();
  if (older === newer) {
    for (const { id, ...span } of inside) found.set(id, span);
    return found;
  }
  const { passages } = await importing.context.pool.run(
    'compare',
    { older, newer, passages: inside },
    { signal: importing.signal },
  );
  for (const [number, { id, fate, to }] of passages.entries()) {
    const span = inside[number] ?? { start: 0, end: 0 };
    const words = older.slice(span.start, span.end);
    if (to !== null && fate === 'found') found.set(id, to);
    else found.set(id, { why: WHY[fate], words });
  }
  return found;
}

const WHY = {
  found: 'Its words are not in the text here.',
  moved: 'Its words are in the text here, but not for certain at its place.',
  changed: 'Its words differ in the text here.',
  vanished: 'Its words are not in the text here.',
} as const;

/** The words of a rectangle, where the file says them and the page has them once; else the rectangle itself. */
function areaOf(file: LayerFile, { place, words }: QdaSelection): Anchor {
  const number = place.kind === 'page' ? place.page + 1 : 1;
  const page = file.pages.find((one) => one.page === number);
  if (page === undefined || place.kind === 'text')
    throw new Fault('BAD_INPUT', `Its source has no page ${number}.`, { page: number });
  const area = place.kind === 'page' ? fromPage(place.box, page.box) : fromPicture(place.box, page.box);
  if (words !== null) {
    const found = findQuote(file.pageText(number), { exact: words, prefix: '', suffix: '' });
    if (found.ok)
      return textAnchors(file)({ start: page.start + found.value.start, end: page.start + found.value.end });
  }
  return anchorOf({ file }, { kind: 'area', page: number, area });
}

/** From points of the page’s lower left corner to the page’s own space. */
const fromPage = ([left, bottom, right, top]: QdaBox, [x, y]: Area): Area => [left + x, bottom + y, right + x, top + y];
/** From pixels of the upper left corner. */
const fromPicture = ([left, top, right, bottom]: QdaBox, [, , , height]: Area): Area => [
  left,
  height - bottom,
  right,
  height - top,
];
