import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { type ErrorData, Fault, toErrorData } from '../../../shared/errors.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import type { FieldOf } from '../../../shared/changes/fields.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Json, Readable, Writable } from '../../db/types.ts';
import { checkRecord, detailName, edit, recordFields } from './edits.ts';
import { getSource, nameOf } from './source-rows.ts';

type Fields = Map<FieldOf<'source'>, Json>;

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
    const source = checked(db, id, fields);
    if ('code' in source) rejected.push({ source: id, error: source });
    else changed.push({ source, fields });
  }
  const commit = db.commit(
    labelOf(changed),
    changed.flatMap(({ source: { id }, fields }) => [...fields].map(([field, value]) => edit(id, field, value))),
  );
  return { changed: commit === null ? 0 : changed.length, rejected };
}

/** The source before the edit, or why it can’t be edited in this way. */
function checked(db: Readable, id: SourceId, fields: Fields): Source | ErrorData {
  try {
    const before = getSource(db, id);
    checkRecord(db, fields, before);
    return before;
  } catch (thrown) {
    if (thrown instanceof Fault) return toErrorData(thrown);
    throw thrown;
  }
}

function labelOf(changed: readonly { readonly source: Source; readonly fields: Fields }[]): string {
  const detail = detailName([...new Set(changed.flatMap(({ fields }) => [...fields.keys()]))]);
  const [first] = changed;
  const whose = changed.length === 1 && first !== undefined ? nameOf(first.source) : counted(changed.length, 'source');
  return `Edit ${detail} of ${whose}`;
}
