import type { RecordPatch } from '../../../shared/contract/sources.ts';
import { dateProblem, explainDateProblem } from '../../../shared/model/dates.ts';
import { Fault } from '../../../shared/errors.ts';
import { CAPTURE_PARTS, DATE_FIELDS, type EdtfDate, RECORD_PARTS, type SourceId } from '../../../shared/model/index.ts';
import { captureField, type FieldOf } from '../../../shared/changes/fields.ts';
import type { Edit, Json, Readable } from '../../db/types.ts';
import { dimensionValue } from './queries.ts';

type SourceField = FieldOf<'source'>;
export type SourceEdit = Extract<Edit, { readonly entity: 'source' }>;

export const edit = (id: SourceId, field: SourceField, value: Json): SourceEdit => ({
  entity: 'source',
  id,
  field,
  value,
});

/** The fields that a patch sets, as the log names them. An empty text clears its field: it is a gap again. */
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

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const toJson = ({ edtf, implied }: EdtfDate): Json => ({ edtf: edtf.trim(), implied });

/**
 * Refuses what must not get into a record: a date that is none, a language that is no tag, a document type that the
 * project's codebook does not have, a grade without its reason. `before` is what stood there. Throws BAD_INPUT.
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

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

/** A project without the dimension (an empty codebook) takes any code: there is nothing to hold it to. */
function checkDocumentType(db: Readable, value: string): void {
  const found = db.get(dimensionValue, { dimension: 'doctype', value });
  if (found !== undefined && found.dimensions > 0 && found.known === 0) {
    throw bad('documentType', `No document type “${value}” in the codebook. Choose a value of the dimension doctype.`);
  }
}
