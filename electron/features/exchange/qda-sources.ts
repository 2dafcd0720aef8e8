import { extname } from 'node:path';
import { parsed } from '../../../shared/changes/canonical.ts';
import { captureField, fieldName, type FieldOf, type RowOf } from '../../../shared/changes/fields.ts';
import {
  area,
  type Area,
  CAPTURE_PARTS,
  edtfDate,
  RECORD_PARTS,
  sha256,
  type Sha256,
  sourceKind,
} from '../../../shared/model/index.ts';
import { codePointsOf, type CodePoints } from '../../../shared/text/code-points.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { QdaBy, QdaPlace, QdaSelection, QdaSource, QdaVariable } from '../../formats/qda/model.ts';
import { hasUnwritable } from '../../formats/qda/xml.ts';
import type { ZipEntry } from '../../formats/zip/write.ts';
import type { WriteContext } from '../../project/context.ts';
import type { Masking } from '../../project/masks/masking.ts';
import { derivedId } from '../../project/ids.ts';
import type { NotCarriedList } from './not-carried.ts';
import { bytesOf } from './qda-redacted.ts';
import type { NoteRow, PassageRow, TagRow } from './queries.ts';

type SourceRow = RowOf<'source'>;

/**
 * The details of a source that are written as variables, as the registry names them: all that people fill in but the title, which is
 * the source’s name, and what its bytes are known by.
 */
export const DETAILS: readonly FieldOf<'source'>[] = [
  ...RECORD_PARTS.flatMap((part): readonly FieldOf<'source'>[] =>
    part === 'title' ? [] : part === 'capture' ? CAPTURE_PARTS.map(captureField) : [part],
  ),
  'fileName',
  'sha256',
];

const variableId = (detail: string): string => derivedId('sourcebook qda variable', detail);

/** All text: a date of EDTF can be a month or a span, which no other type of variable can be. */
export const VARIABLES: readonly QdaVariable[] = DETAILS.map((detail) => ({
  guid: variableId(detail),
  name: fieldName('source', detail),
  type: 'Text',
  description: null,
}));

export const byOf = (person: string | null, at: number): QdaBy => ({ user: person, at: new Date(at).toISOString() });

/** What is written of a project. */
export interface ToWrite {
  readonly masking: Masking;
  /** The passages of a source, without what is masked. Read each time: all of a project need not be in memory. */
  readonly passagesOf: (source: string) => readonly PassageRow[];
  /** Tags and values of dimensions on passages, by passage. */
  readonly givenTo: (passages: readonly PassageRow[]) => ReadonlyMap<string, readonly TagRow[]>;
  /** By what they are on. */
  readonly notes: ReadonlyMap<string, readonly NoteRow[]>;
  /** Copies of masked PDFs without what is masked, by source: where they are. While nothing is written yet, that they will be made. */
  readonly redacted: ReadonlyMap<string, string | null>;
  /** The ids of sources in the file, where they are others: see `Masking.isGuessable`. */
  readonly others: ReadonlyMap<string, string>;
  /** Text layers by id. */
  readonly layers: ReadonlyMap<string, { readonly sha256: string | null; readonly engine: string | null }>;
}

/** The file of a source in the folder `sources`, and that of its text: of a text in another encoding, two of one ending. */
const fileName = (row: SourceRow): string => {
  const ending = row.kind === 'pdf' ? '.pdf' : extname(row.fileName ?? '').toLowerCase();
  const stem = row.kind === 'text' ? `${row.id}.original` : row.id;
  return `${stem}${/^\.[a-z0-9]{1,8}$/.test(ending) ? ending : '.bin'}`;
};
const textName = (row: SourceRow, all: ToWrite): string => `${outId(row, all)}.txt`;
const outId = ({ id }: SourceRow, { others }: Pick<ToWrite, 'others'>): string => others.get(id) ?? id;

/** The layer that a source’s passages are written on: an image’s own, else its current text. Null if its file is missing. */
function layerOf({ files }: WriteContext, row: SourceRow, { layers }: ToWrite): { id: string; sha256: Sha256 } | null {
  const hash = sha256.safeParse(layers.get(row.layer ?? '')?.sha256).data;
  return row.layer === null || hash === undefined || !files.hasLayer(hash) ? null : { id: row.layer, sha256: hash };
}

/** The path of the bytes that are shown. Null if they are missing, or have what is masked. */
const shownFile = (context: WriteContext, row: SourceRow, { masking, redacted }: ToWrite): string | null =>
  masking.of(row.id).length > 0 ? (redacted.get(row.id) ?? null) : bytesOf(context, row);

/** The files of all sources, each read when its turn comes. */
export function* filesOf(context: WriteContext, rows: readonly SourceRow[], all: ToWrite): Generator<ZipEntry> {
  for (const row of rows) {
    const file = shownFile(context, row, all);
    const isText = row.kind === 'page' || row.kind === 'text';
    if (file !== null) yield { path: `sources/${fileName(row)}`, content: { file }, deflate: isText };
    const layer = layerOf(context, row, all);
    if (layer === null || row.kind === 'image') continue;
    const text = openLayerFile(context.files.readLayer(layer.sha256)).text();
    const masked = all.masking.layerText(row.id, layer.id, text);
    yield { path: `sources/${textName(row, all)}`, content: { text: [masked] }, deflate: true };
  }
}

/** The sources with their passages, each made when its turn comes. What has no place is added to `left`. */
export function* sourcesOf(
  context: WriteContext,
  rows: readonly SourceRow[],
  all: ToWrite,
  left: NotCarriedList,
): Generator<QdaSource> {
  for (const row of rows) yield sourceOf(context, row, all, left);
}

function sourceOf(context: WriteContext, row: SourceRow, all: ToWrite, left: NotCarriedList): QdaSource {
  const kind = sourceKind.safeParse(row.kind).data ?? 'text';
  const layer = layerOf(context, row, all);
  const opened = layer === null ? null : openLayerFile(context.files.readLayer(layer.sha256));
  const hasFile = shownFile(context, row, all) !== null;
  const name = row.title ?? row.fileName ?? '';
  if (all.masking.of(row.id).length > 0) left.add('Original', hasFile ? REDACTED : MASKED);
  else if (!hasFile) left.add('Original', 'Its file is missing from this project. Verify the project to see which.');
  if (opened === null)
    left.add('Text layer', 'Its file is missing from this project. Verify the project to see which.');
  const passages = all.passagesOf(row.id);
  const given = all.givenTo(passages);
  const selections = passages.flatMap((passage) => {
    const found = placesOf(passage, { kind, layer: layer?.id ?? null, opened, all, source: row.id }, left);
    return found === null
      ? []
      : [selectionOf(passage, found, kind, { given: given.get(passage.id) ?? [], notes: all.notes })];
  });
  const text =
    opened === null || kind === 'image'
      ? null
      : { guid: derivedId('sourcebook qda text', outId(row, all)), text: { file: textName(row, all) } };
  return {
    kind: kind === 'pdf' ? 'pdf' : kind === 'image' ? 'picture' : 'text',
    guid: outId(row, all),
    name,
    // Web captures and texts travel as text, with the original beside: no program of the standard shows it.
    description:
      kind === 'page' && hasFile
        ? `The saved page is “sources/${fileName(row)}” in this file.`
        : hasFile && all.redacted.has(row.id)
          ? REDACTED_PDF
          : null,
    by: byOf(null, row.createdAt),
    file: hasFile && (kind === 'pdf' || kind === 'image') ? fileName(row) : null,
    text,
    selections,
    codings: [],
    notes: (all.notes.get(row.id) ?? []).map(({ id }) => id),
    values: DETAILS.flatMap((detail) => {
      const value = detail === 'sha256' && all.masking.isGuessable(row) ? null : detailOf(row, detail);
      return value === null ? [] : [{ variable: variableId(detail), type: 'Text' as const, value }];
    }),
  };
}

function detailOf(row: SourceRow, detail: FieldOf<'source'>): string | null {
  const value = row[detail];
  if (value === null || value === '') return null;
  if (!detail.startsWith('dateOf')) return String(value);
  const date = edtfDate.safeParse(parsed(String(value))).data;
  return date === undefined ? null : date.implied ? `${date.edtf} (implied)` : date.edtf;
}

interface Ground {
  readonly kind: 'pdf' | 'page' | 'text' | 'image';
  readonly layer: string | null;
  readonly opened: LayerFile | null;
  readonly all: ToWrite;
  readonly source: string;
}

/** Offsets of each open layer’s text as it goes out, made once a layer. */
const offsets = new WeakMap<LayerFile, CodePoints>();
function offsetsIn(opened: LayerFile, { masking }: ToWrite, source: string, layer: string): CodePoints {
  const known = offsets.get(opened) ?? codePointsOf(masking.layerText(source, layer, opened.text()));
  offsets.set(opened, known);
  return known;
}

/** Where a passage is, as the format writes it; null, and counted, if it has no way to. */
function placesOf(
  passage: PassageRow,
  { kind, layer, opened, all, source }: Ground,
  left: NotCarriedList,
): QdaPlace | null {
  if (passage.start !== null && passage.end !== null) {
    if (opened !== null && layer !== null && passage.layer === layer) {
      const { fromUnits } = offsetsIn(opened, all, source, layer);
      return { kind: 'text', start: fromUnits(passage.start), end: fromUnits(passage.end) };
    }
    left.add('Passage', OLDER);
    return null;
  }
  const box = area.safeParse(parsed(passage.area ?? 'null')).data;
  const page = opened?.pages[(passage.page ?? 0) - 1];
  if (box === undefined || page === undefined) {
    left.add('Passage', 'Its place can’t be read.');
    return null;
  }
  if (kind === 'pdf') return { kind: 'page', page: page.page - 1, box: onPage(box, page.box) };
  if (kind === 'image' && passage.layer === layer) return { kind: 'picture', box: fromTop(box, page.box[3]) };
  const isPicture = all.layers.get(passage.layer ?? '')?.engine === 'picture';
  left.add('Passage', isPicture ? ON_PICTURE : 'Its place can’t be read.');
  return null;
}

/** Points from the lower left corner of what the page shows. */
const onPage = ([left, bottom, right, top]: Area, [x, y]: Area): [number, number, number, number] => [
  left - x,
  bottom - y,
  right - x,
  top - y,
];
/** Pixels from the upper left corner. */
const fromTop = ([left, bottom, right, top]: Area, height: number): [number, number, number, number] => [
  left,
  height - top,
  right,
  height - bottom,
];

/** Characters of a selection’s name: the beginning of its words. */
const NAME = 100;
function cut(words: string): string {
  // As many code units are no more characters.
  if (words.length <= NAME) return words;
  const characters = [...words];
  return characters.slice(0, NAME).join('') + (characters.length > NAME ? '…' : '');
}

function selectionOf(
  passage: PassageRow,
  place: QdaPlace,
  kind: Ground['kind'],
  { given, notes }: { readonly given: readonly TagRow[] } & Pick<ToWrite, 'notes'>,
): QdaSelection {
  const words = passage.exact === null ? null : quotedWords(passage.exact, kind).replaceAll(/\s+/g, ' ').trim();
  return {
    guid: passage.id,
    name: words === null ? null : cut(words),
    description: null,
    by: byOf(passage.person, passage.at),
    place,
    words: null,
    codings: given.map(({ id, category, person, at }) => ({
      guid: id,
      code: category,
      by: byOf(person, at),
      notes: [],
    })),
    notes: (notes.get(passage.id) ?? []).map(({ id }) => id),
  };
}

/** Counts what {@link sourcesOf} would have no place for, without opening a text. */
export function countUnplaced(rows: readonly SourceRow[], all: ToWrite, left: NotCarriedList): void {
  for (const row of rows) {
    for (const passage of all.passagesOf(row.id)) {
      const isText = passage.start !== null && passage.end !== null;
      if (isText && passage.layer !== row.layer) left.add('Passage', OLDER);
      if (!isText && row.kind === 'page') left.add('Passage', ON_PICTURE);
    }
    if (all.masking.of(row.id).length > 0) left.add('Original', all.redacted.has(row.id) ? REDACTED : MASKED);
  }
}
const MASKED = 'It has what is masked. Its text is written without that.';
const REDACTED =
  'It has what is masked. Pictures of its pages without that are written instead, with the text beside them.';
/** What says so in the file. */
export const REDACTED_PDF = 'Pictures of the pages, without what is masked. The words are in the text.';
const OLDER = 'It is on an older text of its source. Move it to the current text, and export again.';
const ON_PICTURE = 'It is an area on the picture of a saved page, and the page travels as text.';

/** Counts texts with characters that XML cannot have. */
export function countUnwritable(texts: Iterable<string | null>, left: NotCarriedList): void {
  for (const text of texts)
    if (text !== null && hasUnwritable(text))
      left.add('Character', 'XML can’t have it. It is written as U+FFFD, the replacement character.');
}
