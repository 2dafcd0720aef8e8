import { fieldName, fieldOf, type FieldOf } from '../../../shared/changes/fields.ts';
import type { Json } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import { dateProblem } from '../../../shared/model/dates.ts';
import { edtfDate, layerId, sha256, type LayerId, type SourceId } from '../../../shared/model/index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { QdaFile, QdaFiled } from '../../formats/qda/file.ts';
import type { AddedFiles } from '../../project/sources/added-files.ts';
import { fileOf, openLayer } from '../../project/sources/layers.ts';
import type { FileImport } from './import-file.ts';
import { AS_TEXT, MISSING, type PlacedSource, type QdaImport } from './qda-in.ts';
import { DETAILS } from './qda-sources.ts';
import { layerOfSource } from './queries.ts';

/**
 * Adds the sources whose files are in the file, and answers all that the project then has, each with its text. A document that can’t be
 * read comes in as its text, if the file has that.
 */
export async function sourcesIn(all: QdaImport, importing: FileImport): Promise<PlacedSource[]> {
  const { ledger } = all;
  const first = await add(importing, all.read.sources, ({ original, text }) => original ?? text);
  const isUnread = (filed: QdaFiled): boolean => first.sources.get(filed) === undefined && first.errors.has(filed);
  const again = all.read.sources.filter(
    (filed) => isUnread(filed) && filed.text !== null && filed.text !== filed.original,
  );
  const second = await add(importing, again, ({ text }) => text);
  const found: PlacedSource[] = [];
  for (const filed of all.read.sources) {
    const made = second.sources.get(filed) ?? first.sources.get(filed) ?? null;
    const file = filed.original ?? filed.text;
    const asText = second.sources.has(filed) || filed.original === null;
    const { name, guid, selections, kind, file: formatted } = filed.source;
    if (made === null || asText)
      ledger.addMissing({ id: guid, name: name ?? guid, selections: selections.length, asText: made !== null });
    if (made === null) countLost(all, filed, file === null ? MISSING : (first.errors.get(filed) ?? MISSING));
    ledger.count('Sources', 'sources', { found: 1, [made?.isNew === true ? 'added' : 'here']: made === null ? 0 : 1 });
    if (made === null) continue;
    const unread = second.sources.has(filed) ? first.errors.get(filed) : undefined;
    if (unread !== undefined) ledger.left.add('Original', `${unread} Its text came in.`);
    if (asText && made.isNew) ledger.say('Sources', 'sources', AS_TEXT);
    if (kind === 'text' && formatted !== null) ledger.left.add('Formatted document', 'Its text comes in without it.');
    if (made.isNew) describe(all, filed, made, !asText);
    found.push({ filed, ...placeOf(importing, made) });
  }
  return found;
}

/** A source that is not there takes what is on it along: each is named. */
function countLost({ ledger }: QdaImport, { source }: QdaFiled, why: string): void {
  ledger.left.add('Sources', why);
  for (const { place, codings } of source.selections) {
    const inFile = place.kind === 'text' ? 'Text selections' : 'Page rectangles';
    ledger.count(inFile, 'passages', { found: 1 });
    ledger.left.add(inFile, why);
    ledger.count('Codings', 'tags', { found: codings.length });
    ledger.left.add('Codings', why, codings.length);
  }
}

interface MadeSource {
  readonly id: SourceId;
  readonly isNew: boolean;
  /** What adding it writes, by record and field. */
  readonly written: Written;
}
type Written = ReadonlyMap<string, Json>;
const written = ({ edits }: AddedFiles): Written =>
  new Map(edits.map(({ id, field, value }) => [`${id} ${field}`, value]));

/** Imports one file of each source. `errors`: why some could not be read. */
async function add(
  importing: FileImport,
  all: readonly QdaFiled[],
  choose: (filed: QdaFiled) => QdaFile | null,
): Promise<{ readonly sources: Map<QdaFiled, MadeSource>; readonly errors: Map<QdaFiled, string> }> {
  const byPath = new Map<string, QdaFiled[]>();
  for (const filed of all) {
    const at = choose(filed)?.at ?? null;
    if (at !== null) byPath.set(at, [...(byPath.get(at) ?? []), filed]);
  }
  const [sources, errors] = [new Map<QdaFiled, MadeSource>(), new Map<QdaFiled, string>()];
  if (byPath.size === 0) return { sources, errors };
  const files = await importing.addFiles([...byPath.keys()]);
  const fields = written(files);
  for (const { path, status, source, error } of files.items)
    for (const filed of byPath.get(path) ?? []) {
      if (source !== null) sources.set(filed, { id: source, isNew: status === 'added', written: fields });
      else if (error !== null) errors.set(filed, error.message);
    }
  return { sources, errors };
}

/** The current text of a source, which may not be committed yet. */
function placeOf(
  { context }: FileImport,
  { id, written: fields }: MadeSource,
): { readonly id: SourceId; readonly layer: LayerId | null; readonly file: LayerFile | null } {
  const added = layerId.safeParse(fields.get(`${id} layer`)).data;
  const hash = added === undefined ? undefined : sha256.safeParse(fields.get(`${added} sha256`)).data;
  if (added !== undefined && hash !== undefined) return { id, layer: added, file: fileOf(context.files, hash) };
  const layer = layerId.safeParse(context.db.get(layerOfSource, { id })?.layer).data;
  if (layer === undefined) return { id, layer: null, file: null };
  try {
    return { id, layer, file: openLayer(context, layer).file };
  } catch (thrown) {
    // What is on it is then named as not placed.
    if (thrown instanceof Fault) return { id, layer: null, file: null };
    throw thrown;
  }
}

/** Gives a new source the details that the file has of it: of one of Sourcebook’s, all; else its name. */
function describe(all: QdaImport, { source }: QdaFiled, { id, written: fields }: MadeSource, isWhole: boolean): void {
  const { records, ledger, isOwn, read } = all;
  const names = new Map(read.project.variables.map(({ guid, name }) => [guid, name]));
  const values = new Map(source.values.map(({ variable, value }) => [names.get(variable) ?? '', value]));
  const fileName = fields.get(`${id} fileName`);
  // Restored from the trash: it has its details.
  if (fileName === undefined) return;
  const details = new Map<FieldOf<'source'>, Json>();
  const title = source.name?.trim() ?? '';
  const isName = title === fileName || title === values.get(fieldName('source', 'fileName'));
  if (title !== '' && !isName) details.set('title', title);
  if (isOwn)
    for (const detail of DETAILS) {
      const value = detailIn(detail, values.get(fieldName('source', detail)));
      if (value !== null && (detail !== 'fileName' || isWhole)) details.set(detail, value);
    }
  else ledger.left.add('Variable', 'Sourcebook has no details of sources but its own.', source.values.length);
  for (const [field, value] of details) records.edits.push({ entity: 'source', id, field, value });
}

const NOT_SET: readonly FieldOf<'source'>[] = ['sha256'];

/** A detail as the project has it; null if it is not one. */
function detailIn(detail: FieldOf<'source'>, written: string | undefined): Json {
  if (written === undefined || NOT_SET.includes(detail)) return null;
  if (detail === 'fileName') return /[\\/]/.test(written) ? null : written;
  if (!detail.startsWith('dateOf')) {
    const found = fieldOf('source', detail)?.schema?.safeParse(written);
    return found?.success === true ? written : null;
  }
  const edtf = written.replace(/ \(implied\)$/, '');
  const date = edtfDate.safeParse({ edtf, implied: edtf !== written }).data;
  return date === undefined || dateProblem(date.edtf) !== null ? null : { ...date };
}
