import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { ComingItem } from '../../../shared/contract/merge.ts';
import { fieldOf } from '../../../shared/changes/fields.ts';
import type { Entity } from '../../../shared/changes/registry.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId, passageId, recordId, sourceId } from '../../../shared/model/index.ts';
import type { ComingRecord, IncomingRecords, Json } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { previewedRecords } from './kept-preview.ts';
import { rowWords, valueWordsBy } from './words.ts';

/** A page of what the last preview would bring, item by item, in words. */
export function incomingItems(
  { project }: Pick<ReadContext, 'project'>,
  { after, limit, ...filter }: CallArgs<'merge.items'>,
): CallOutput<'merge.items'> {
  const records = previewedRecords(project);
  if (records === null) throw new Fault('NOT_FOUND', 'This merge preview has expired. Open the file again.');
  const page = records.page(filter, after, limit);
  const names = new Names(records);
  return { items: page.records.map((one) => itemOf(one, names)), next: page.next };
}

/** What records are called as they would be, each looked up once a page. */
class Names {
  private readonly records: IncomingRecords;
  private readonly rows = new Map<string, Readonly<Record<string, Json>>>();

  constructor(records: IncomingRecords) {
    this.records = records;
  }
  row(entity: string, id: Json): Readonly<Record<string, Json>> {
    if (typeof id !== 'string') return {};
    const known = this.rows.get(`${entity} ${id}`);
    if (known !== undefined) return known;
    const row = this.records.record(entity, id) ?? {};
    this.rows.set(`${entity} ${id}`, row);
    return row;
  }
  readonly of = (entity: Entity, id: string): string => rowWords(entity, this.row(entity, id));
}

function itemOf({ entity, id, how, before, after, fields, person, at, label }: ComingRecord, names: Names): ComingItem {
  const passage = entity === 'passage' ? id : passageOf(entity, after);
  const onPassage = entity === 'passage' ? after : names.row('passage', passage);
  const tagged = entity === 'tag' ? names.row('category', after['category'] ?? null) : null;
  const say = (field: string, value: Json | undefined): string => valueWordsBy(names.of, entity, field, value ?? null);
  return {
    entity,
    record: recordId.parse(id),
    how,
    words: entity === 'tag' ? '' : rowWords(entity, how === 'removed' ? before : after),
    // Of what is new or goes, the record itself says it all.
    fields: (how === 'changed' ? fields : []).map((field) => ({
      field,
      before: say(field, before[field]),
      after: say(field, after[field]),
    })),
    tag:
      tagged === null
        ? null
        : {
            category: categoryId.safeParse(after['category']).data ?? null,
            code: textOf(tagged['code']),
            name: textOf(tagged['name']),
            colour: textOf(tagged['colour']),
          },
    passage: passageId.safeParse(passage).data ?? null,
    quote: entity === 'passage' ? '' : rowWords('passage', onPassage),
    source: sourceId.safeParse(entity === 'source' ? id : (onPassage['source'] ?? after['source'])).data ?? null,
    sourceTitle: entity === 'source' ? '' : rowWords('source', names.row('source', onPassage['source'] ?? null)),
    person: rowWords('person', names.row('person', person)) || `Unknown person ${person.slice(-8)}`,
    at,
    label,
  };
}

/** The passage a record hangs on. */
function passageOf(entity: Entity, row: Readonly<Record<string, Json>>): Json {
  if (entity === 'memo') return row['targetKind'] === 'passage' ? (row['target'] ?? null) : null;
  return fieldOf(entity, 'passage') !== undefined ? (row['passage'] ?? null) : null;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
