import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { type RecordPatch, recordPatch } from '../../../shared/contract/sources.ts';
import { dateProblem, explainDateProblem } from '../../../shared/model/dates.ts';
import { type ErrorData, Fault, toErrorData } from '../../../shared/errors.ts';
import {
  CAPTURE_PARTS,
  DATE_FIELDS,
  type EdtfDate,
  RECORD_PARTS,
  type Source,
  type SourceId,
  type LayerId,
  type ArchivePage,
  type OriginalPart,
  type Sha256,
  type SourceKind,
} from '../../../shared/model/index.ts';
import { isLanguage } from '../../../shared/model/language.ts';
import { captureField, fieldName, type FieldOf } from '../../../shared/changes/fields.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Edit, Json, Readable, Writable } from '../../db/types.ts';
import { dimensionValue, removedPictures } from './queries.ts';
import { getSource, nameOf } from './source-rows.ts';
import { layerIdOf } from '../../project/ids.ts';
import type { Originals } from '../../project/files/originals.ts';
import type { Extracted } from '../../formats/extracted.ts';

type SourceField = FieldOf<'source'>;
export type SourceEdit = Extract<Edit, { readonly entity: 'source' }>;

export const edit = (id: SourceId, field: SourceField, value: Json): SourceEdit => ({
  entity: 'source',
  id,
  field,
  value,
});

/** The fields that a patch sets, as the log names them. An empty text clears its field. */
export function recordFields(patch: RecordPatch): ReadonlyMap<SourceField, Json> {
  const fields = new Map<SourceField, Json>();
  const set = (field: SourceField, value: string | EdtfDate | null | undefined): void => {
    if (value !== undefined) fields.set(field, typeof value === 'string' ? orNull(value) : value && toJson(value));
  };
  for (const name of RECORD_PARTS) {
    if (name !== 'capture') set(name, patch[name]);
    else for (const part of CAPTURE_PARTS) set(captureField(part), patch.capture?.[part]);
  }
  return fields;
}

/** What is edited, for an undo label: a detail’s name. A reliability rating comes with its reason. */
export function detailName(fields: readonly SourceField[]): string {
  const [only, ...more] = fields.filter((field) => field !== 'gradeReason' || !fields.includes('grade'));
  return only === undefined || more.length > 0 ? 'details' : fieldName('source', only).toLowerCase();
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const toJson = ({ edtf, implied }: EdtfDate): Json => ({ edtf: edtf.trim(), implied });

/**
 * Throws BAD_INPUT for an invalid date or language code, a document type that the codebook does not have, or a reliability
 * rating without a reason. `before` is the present rating and reason.
 */
export function checkRecord(
  db: Readable,
  fields: ReadonlyMap<SourceField, Json>,
  before: { readonly grade: string | null; readonly gradeReason: string | null },
): void {
  for (const name of DATE_FIELDS) checkDate(name, fields.get(name));
  const language = fields.get('language');
  if (typeof language === 'string' && !isLanguage(language)) {
    throw bad('language', `“${language}” isn’t a valid language code. Use zh, zh-Hans, ug or en (BCP 47).`);
  }
  const type = fields.get('documentType');
  if (typeof type === 'string') checkDocumentType(db, type);
  const grade = fields.get('grade') === undefined ? before.grade : fields.get('grade');
  const reason = fields.get('gradeReason') === undefined ? before.gradeReason : fields.get('gradeReason');
  if (typeof grade === 'string' && typeof reason !== 'string') {
    throw bad('gradeReason', 'Give a reason for the reliability rating.');
  }
}

const bad = (field: string, message: string): Fault => new Fault('BAD_INPUT', message, { field });

function checkDate(field: string, value: Json | undefined): void {
  if (typeof value !== 'object' || value === null || !('edtf' in value) || typeof value.edtf !== 'string') return;
  const problem = dateProblem(value.edtf);
  if (problem !== null) throw bad(field, explainDateProblem(problem));
}

/** If the codebook has no such dimension, any code is allowed. */
function checkDocumentType(db: Readable, value: string): void {
  const found = db.get(dimensionValue, { dimension: 'doctype', value });
  if (found !== undefined && found.dimensions > 0 && found.known === 0) {
    throw bad('documentType', `No document type “${value}” in the codebook. Choose a value of the dimension doctype.`);
  }
}

/** Object.entries with the type of the keys, for object literals that have no other keys. */
const entriesOf = <F extends string>(values: Partial<Record<F, Json>>): [F, Json][] =>
  Object.entries(values) as [F, Json][];

/**
 * Stores a layer's files and returns its id with the edits to commit: a kill before that leaves unused files, never half a
 * layer. `options` is what a person set for it. Throws DISK_FULL, PROJECT_READ_ONLY.
 */
export function storeLayer(
  files: Originals,
  source: SourceId,
  extracted: Extracted,
  options: Json = null,
): { readonly id: LayerId; readonly edits: Edit[] } {
  for (const resource of extracted.resources) files.putLayer(resource);
  const frozen = extracted.frozen === null ? null : files.putLayer(extracted.frozen);
  const hash = files.putLayer(extracted.layerFile);
  // Screenshots have no text, so their file's hash tells them apart.
  const what = extracted.engine === 'picture' ? hash : extracted.textSha256;
  const id = layerIdOf(source, extracted.engine, extracted.version, what);
  const fields: Partial<Record<FieldOf<'layer'>, Json>> = {
    source,
    engine: extracted.engine,
    version: extracted.version,
    sha256: hash,
    frozen,
    length: extracted.length,
    pageCount: extracted.pages.length,
    hasText: extracted.hasText,
    notes: extracted.notes,
    ...(options === null ? {} : { options }),
    deleted: false,
  };
  return { id, edits: entriesOf(fields).map(([field, value]): Edit => ({ entity: 'layer', id, field, value })) };
}

/** A new source, all of whose files are stored. */
interface NewSource {
  readonly id: SourceId;
  readonly kind: SourceKind;
  readonly mediaType: string;
  readonly fileName: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly layer: LayerId;
  readonly archive: ArchivePage | null;
  readonly parts: readonly OriginalPart[];
  readonly content: Sha256 | null;
  readonly extracted: Pick<Extracted, 'record' | 'prefilled' | 'status' | 'redirects'>;
  /** Details the person set for all files of the import. They take precedence over the file's own. */
  readonly record: RecordPatch;
}

/** The edits for a new source, without its layers. Empty fields are not written. */
export function newSourceEdits(source: NewSource): Edit[] {
  const { extracted, archive, parts, content } = source;
  const { status = null, redirects = [] } = extracted;
  const fromFile = recordFields(usable(extracted.record));
  const fromPerson = recordFields(source.record);
  const prefilled = Object.fromEntries(
    Object.entries(extracted.prefilled).filter(([field]) => isField(fromFile, field) && !isField(fromPerson, field)),
  );
  const own: Partial<Record<FieldOf<'source'>, Json>> = {
    kind: source.kind,
    fileName: source.fileName,
    sha256: source.sha256,
    bytes: source.bytes,
    mediaType: source.mediaType,
    prefilled,
    layer: source.layer,
    ...(archive === null ? {} : { archive }),
    ...(parts.length === 0 ? {} : { parts }),
    ...(content === null ? {} : { content }),
    ...(status === null ? {} : { captureStatus: status }),
    ...(redirects.length === 0 ? {} : { captureRedirects: redirects }),
    deleted: false,
  };
  const record = new Map([...fromFile, ...fromPerson].filter(([, value]) => value !== null));
  return [...entriesOf(own), ...record].map(([field, value]): Edit => ({
    entity: 'source',
    id: source.id,
    field,
    value,
  }));
}

const isField = (fields: ReadonlyMap<string, Json>, name: string): boolean => (fields.get(name) ?? null) !== null;

/** A file's own details without invalid fields: a hostile file can say anything. */
function usable(record: Extracted['record']): RecordPatch {
  const capture: Record<string, unknown> = { ...record.capture };
  const kept: Record<string, unknown> = { ...record, capture };
  const whole = recordPatch.safeParse(kept);
  for (const { path } of whole.error?.issues ?? []) {
    const [field, part] = path;
    if (field === 'capture') delete capture[String(part)];
    else delete kept[String(field)];
  }
  const patch = recordPatch.safeParse(kept);
  if (!patch.success) return {};
  const { data } = patch;
  for (const name of DATE_FIELDS) {
    const date = data[name];
    if (date !== undefined && date !== null && dateProblem(date.edtf) !== null) delete data[name];
  }
  return data;
}

/** Restores a removed source with its text layer, and its screenshots, which undoing an import removes too. */
export function restoreEdits(db: Readable, id: SourceId, layer: string | null): Edit[] {
  const layers = [...(layer === null ? [] : [layer]), ...db.all(removedPictures, { source: id }).map((row) => row.id)];
  return [
    { entity: 'source', id, field: 'deleted', value: false },
    ...layers.map((one): Edit => ({ entity: 'layer', id: one, field: 'deleted', value: false })),
  ];
}

type Fields = Map<SourceField, Json>;

/** Edits several sources in one commit; those that can’t take their patch are returned with the reason. */
export function editSources(
  db: Writable,
  edits: CallArgs<'sources.editMany'>['edits'],
): CallOutput<'sources.editMany'> {
  const wanted = new Map<SourceId, Fields>();
  for (const { ids, patch } of edits) {
    const fields = recordFields(patch);
    for (const id of ids) wanted.set(id, new Map([...(wanted.get(id) ?? []), ...fields]));
  }
  const rejected: { source: SourceId; error: ErrorData }[] = [];
  const changed: { source: Source; fields: Fields }[] = [];
  for (const [id, fields] of wanted) {
    const source = editable(db, id, fields);
    if ('code' in source) rejected.push({ source: id, error: source });
    else changed.push({ source, fields });
  }
  const commit = db.commit(
    labelOfEdits(changed),
    changed.flatMap(({ source: { id }, fields }) => [...fields].map(([field, value]) => edit(id, field, value))),
  );
  return { changed: commit === null ? 0 : changed.length, rejected };
}

/** The source before the edit, or why it can’t be edited in this way. */
function editable(db: Readable, id: SourceId, fields: Fields): Source | ErrorData {
  try {
    const before = getSource(db, id);
    checkRecord(db, fields, before);
    return before;
  } catch (thrown) {
    if (thrown instanceof Fault) return toErrorData(thrown);
    throw thrown;
  }
}

function labelOfEdits(changed: readonly { readonly source: Source; readonly fields: Fields }[]): string {
  const detail = detailName([...new Set(changed.flatMap(({ fields }) => [...fields.keys()]))]);
  const [first] = changed;
  const whose = changed.length === 1 && first !== undefined ? nameOf(first.source) : counted(changed.length, 'source');
  return `Edit ${detail} of ${whose}`;
}
