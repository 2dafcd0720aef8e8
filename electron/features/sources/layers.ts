import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { layer as layerSchema, sourceRecord, type Source } from '../../../shared/model/index.ts';
import { isRemark, layerNoteText, STYLES_VERSION } from '../../../shared/model/layer-notes.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit, Readable } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import type { Extracted, PrefilledRecord } from '../../formats/extracted.ts';
import { charsetOf } from '../../project/sources/layers.ts';
import { readPageStyles } from '../../project/sources/page-styles.ts';
import { storeLayer, edit, type SourceEdit } from './edits.ts';
import { layersOf, oneLayer } from './queries.ts';
import { readOriginal } from './read-original.ts';
import { fromJson } from './source-rows.ts';

/** A layer's notes as a person reads them. What is not a list of texts is left for the schema to reject. */
export function notesOf(notes: string | null): unknown {
  const value = fromJson(notes) ?? [];
  if (!Array.isArray(value)) return value;
  return value.map((note: unknown) => (typeof note === 'string' ? layerNoteText(note) : note));
}

const listed = layerSchema.omit({ pages: true });

/** A source's text layers, newest first, without invalid records. */
export function listLayers(db: Readable, source: Source): CallOutput<'layers.list'>['layers'] {
  return db.all(layersOf, { source: source.id }).flatMap((row) => {
    const fields = {
      ...row,
      hasText: row.hasText === 1,
      notes: notesOf(row.notes),
      charset: charsetOf(row.options),
    };
    const layer = listed.safeParse(fields);
    if (!layer.success) return [];
    return [{ ...layer.data, addedAt: row.createdAt, passages: row.passages, current: row.id === source.layer }];
  });
}

type Input = CallArgs<'layers.remake'>;

/** Extracts the text of a source again: see `layers.remake` in shared/contract/sources.ts. */
export async function remakeLayer(
  context: WriteContext,
  source: Source,
  { charset, pageStyles }: Omit<Input, 'source'>,
): Promise<CallOutput<'layers.remake'>> {
  if (charset !== null) checkCharset(source, charset);
  const read = await readOriginal(context, source, { charset, passwords: [] });
  if (!read.ok) throw new Fault(read.error.code, read.error.message, read.error.context);
  const styled = pageStyles
    ? await readPageStyles(context, read.value, new AbortController().signal)
    : { extracted: read.value, picture: null, remarks: [] };
  const { extracted, picture, remarks } = styled;
  const notes = [...remarks, ...extracted.notes.filter(isRemark).map(layerNoteText)];
  const layer = storeLayer(context.files, source.id, extracted, charset === null ? null : { charset });
  if (layer.id === source.layer) return { layer: layer.id, same: true, notes };
  const renamed = await detailsInNewEncoding(context, source, extracted.record);
  const isKnown = context.db.get(oneLayer, { id: layer.id }) !== undefined;
  const shown = picture === null ? [] : pictureEdits(context, source, picture);
  context.db.commit(labelOf(source, extracted.version, charset), [
    ...(isKnown ? [{ entity: 'layer', id: layer.id, field: 'deleted', value: false } as const] : layer.edits),
    ...shown,
    ...renamed,
    edit(source.id, 'layer', layer.id),
  ]);
  return { layer: layer.id, same: false, notes };
}

/** Replaces the page's screenshot with the new one, unless passages are on the old one, which then stays. */
function pictureEdits({ db, files }: WriteContext, source: Source, picture: Extracted): Edit[] {
  const before = listLayers(db, source).find(({ id }) => id === source.picture);
  const stored = storeLayer(files, source.id, picture);
  if (before === undefined) return stored.edits;
  if (before.id === stored.id || before.passages > 0) return [];
  return [{ entity: 'layer', id: before.id, field: 'deleted', value: true }, ...stored.edits];
}

/** Details that come from the page, and are garbled if its encoding was wrong. */
const WORDS = ['title', 'author', 'publisher'] as const;

/** The original's own details in the new encoding, for fields that still have the old extracted text. Edits by people stay. */
async function detailsInNewEncoding(
  context: WriteContext,
  source: Source,
  found: PrefilledRecord,
): Promise<SourceEdit[]> {
  if (!WORDS.some((field) => source[field] !== null && source.prefilled[field] !== undefined)) return [];
  const row = source.layer === null ? undefined : context.db.get(oneLayer, { id: source.layer });
  const before = await readOriginal(context, source, { charset: charsetOf(row?.options ?? null), passwords: [] });
  if (!before.ok) return [];
  const { record } = before.value;
  return WORDS.flatMap((field) => {
    const words = sourceRecord.shape[field].safeParse(found[field] ?? null).data ?? null;
    const isItsOwn = source[field] !== null && source[field] === (record[field] ?? null);
    return isItsOwn && words !== null && words !== source[field] ? [edit(source.id, field, words)] : [];
  });
}

function checkCharset({ kind }: Source, charset: string): void {
  if (kind !== 'page' && kind !== 'text')
    throw new Fault('UNSUPPORTED', 'You can only set the encoding of web pages and plain text.', { kind });
  try {
    new TextDecoder(charset);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new Fault('BAD_INPUT', `Unknown encoding “${charset}”.`, { charset });
  }
}

function labelOf({ title, fileName }: Source, version: string, charset: string | null): string {
  const read = `Extract text of ${title ?? fileName} again`;
  if (charset !== null) return `${read} as ${charset}`;
  return version.endsWith(STYLES_VERSION) ? `${read} with its styles` : read;
}
