import { type RecordPatch, recordPatch } from '../../../../shared/contract/sources.ts';
import { dateProblem } from '../../../../shared/model/dates.ts';
import {
  DATE_FIELDS,
  type LayerId,
  type Sha256,
  type SourceId,
  type SourceKind,
} from '../../../../shared/model/index.ts';
import type { FieldOf } from '../../../../shared/changes/registry.ts';
import type { Edit, Json } from '../../../db/types.ts';
import type { Extracted } from '../../../workers/jobs.ts';
import { recordFields } from '../record-edits.ts';

/** A new source with its layer, all of whose files are stored. */
export interface NewSource {
  readonly id: SourceId;
  readonly kind: SourceKind;
  readonly mediaType: string;
  readonly fileName: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly layer: LayerId;
  readonly layerSha256: Sha256;
  readonly frozen: Sha256 | null;
  readonly extracted: Extracted;
  /** What the person set for every file of the import: it stands before what the file says. */
  readonly record: RecordPatch;
}

/** Everything that one commit says of it. Fields nobody filled are not mentioned: they are gaps. */
export function newSourceEdits(source: NewSource): Edit[] {
  const { extracted } = source;
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
    deleted: false,
  };
  const layer: Partial<Record<FieldOf<'layer'>, Json>> = {
    source: source.id,
    engine: extracted.engine,
    version: extracted.version,
    sha256: source.layerSha256,
    frozen: source.frozen,
    length: extracted.length,
    pageCount: extracted.pages.length,
    hasText: extracted.hasText,
    notes: extracted.notes,
    deleted: false,
  };
  const record = new Map([...said, ...given].filter(([, value]) => value !== null));
  return [
    ...fields(own).map(([field, value]): Edit => ({ entity: 'source', id: source.id, field, value })),
    ...[...record].map(([field, value]): Edit => ({ entity: 'source', id: source.id, field, value })),
    ...fields(layer).map(([field, value]): Edit => ({ entity: 'layer', id: source.layer, field, value })),
  ];
}

const isField = (fields: ReadonlyMap<string, Json>, name: string): boolean => (fields.get(name) ?? null) !== null;

/** The entries of an object literal of ours, which has no keys but those of its type. */
const fields = <F extends string>(values: Partial<Record<F, Json>>): [F, Json][] =>
  Object.entries(values) as [F, Json][];

/** What a hostile file says of itself, as far as a record can hold it: a field that cannot is left a gap. */
function usable(record: Extracted['record']): RecordPatch {
  const kept: Record<string, unknown> = { ...record };
  const whole = recordPatch.safeParse(kept);
  if (!whole.success) for (const { path } of whole.error.issues) delete kept[String(path[0])];
  const patch = recordPatch.safeParse(kept);
  if (!patch.success) return {};
  const { data } = patch;
  for (const name of DATE_FIELDS) {
    const date = data[name];
    if (date !== undefined && date !== null && dateProblem(date.edtf) !== null) delete data[name];
  }
  return data;
}

/** What a source that had been removed takes to be there again. Its passages and record are as they were left. */
export const restoreEdits = (id: SourceId, layer: string | null): Edit[] => [
  { entity: 'source', id, field: 'deleted', value: false },
  ...(layer === null ? [] : [{ entity: 'layer', id: layer, field: 'deleted', value: false } as const]),
];
