import { type RecordPatch, recordPatch } from '../../../../shared/contract/sources.ts';
import { dateProblem } from '../../../../shared/model/dates.ts';
import {
  type ArchivePage,
  DATE_FIELDS,
  type LayerId,
  type OriginalPart,
  type Sha256,
  type SourceId,
  type SourceKind,
} from '../../../../shared/model/index.ts';
import type { FieldOf } from '../../../../shared/changes/fields.ts';
import type { Edit, Json, Readable } from '../../../db/types.ts';
import type { Extracted } from '../../../workers/jobs.ts';
import { entriesOf } from '../layer-edits.ts';
import { removedPictures } from '../queries.ts';
import { recordFields } from '../record-edits.ts';

/** A new source, all of whose files are stored. */
export interface NewSource {
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
  /** What the person set for every file of the import: it stands before what the file says. */
  readonly record: RecordPatch;
}

/** What a commit says of it, besides its layers. Fields nobody filled are not mentioned: they are gaps. */
export function newSourceEdits(source: NewSource): Edit[] {
  const { extracted, archive, parts, content } = source;
  const { status = null, redirects = [] } = extracted;
  const said = recordFields(usable(extracted.record));
  const given = recordFields(source.record);
  const prefilled = Object.fromEntries(
    Object.entries(extracted.prefilled).filter(([field]) => isField(said, field) && !isField(given, field)),
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
  const record = new Map([...said, ...given].filter(([, value]) => value !== null));
  return [...entriesOf(own), ...record].map(([field, value]): Edit => ({
    entity: 'source',
    id: source.id,
    field,
    value,
  }));
}

const isField = (fields: ReadonlyMap<string, Json>, name: string): boolean => (fields.get(name) ?? null) !== null;

/** What a hostile file says of itself, as far as a record can hold it: a field that cannot is left a gap. */
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

/**
 * What a source that had been removed takes to be there again, its pictures too: an undone import removes them with it. Its
 * passages and record are as they were left.
 */
export function restoreEdits(db: Readable, id: SourceId, layer: string | null): Edit[] {
  const layers = [...(layer === null ? [] : [layer]), ...db.all(removedPictures, { source: id }).map((row) => row.id)];
  return [
    { entity: 'source', id, field: 'deleted', value: false },
    ...layers.map((one): Edit => ({ entity: 'layer', id: one, field: 'deleted', value: false })),
  ];
}
