import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { IncomingItem } from '../../../shared/contract/merge.ts';
import { fieldOf } from '../../../shared/changes/fields.ts';
import type { Entity } from '../../../shared/changes/kinds.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId, passageId, recordId, sourceId } from '../../../shared/model/index.ts';
import type { IncomingRecord, IncomingRecords, Json, ProjectDb, Readable } from '../../db/types.ts';
import { perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import { type IncomingFiles, openIncomingFiles } from '../../project/files/incoming-files.ts';
import { namesOfPeople, toldApart } from '../../project/people/names.ts';
import type { Work } from './incoming.ts';
import { rowWords, valueWordsBy } from './words.ts';

/** A page of the items that merging the last previewed log would change. */
export function incomingItems(
  { project, db }: Pick<ReadContext, 'project' | 'db'>,
  { after, limit, ...filter }: CallArgs<'merge.items'>,
): CallOutput<'merge.items'> {
  const records = previewedRecords(project);
  if (records === null) throw new Fault('NOT_FOUND', 'This merge preview has expired. Open the file again.');
  const page = records.page(filter, after, limit);
  const names = new Names(records);
  const people = peopleOn(db, page.records, names);
  return { items: page.records.map((one) => itemOf(one, names, people)), next: page.next };
}

/** The names of records after the merge; each is looked up once a page. */
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

/** Those of the project, and of the records, told apart where their names look alike. */
function peopleOn(db: Readable, records: readonly IncomingRecord[], names: Names): ReadonlyMap<string, string> {
  const here = db.all(namesOfPeople, {});
  const known = new Set(here.map(({ id }) => id));
  const others = [...new Set(records.map(({ person }) => person))].filter((id) => !known.has(id));
  const named = [
    ...here,
    ...others.map((id) => {
      const { name = null, key = null } = names.row('person', id);
      return { id, name: typeof name === 'string' ? name : null, key: typeof key === 'string' ? key : null };
    }),
  ];
  return toldApart(named.flatMap(({ id, name, key }) => (name === null ? [] : [{ id, name, key }])));
}

function itemOf(
  { entity, id, how, before, after, fields, person, at, label }: IncomingRecord,
  names: Names,
  people: ReadonlyMap<string, string>,
): IncomingItem {
  const passage = entity === 'passage' ? id : passageOf(entity, after);
  const onPassage = entity === 'passage' ? after : names.row('passage', passage);
  const tagged = entity === 'tag' ? names.row('category', after['category'] ?? null) : null;
  const say = (field: string, value: Json | undefined): string => valueWordsBy(names.of, entity, field, value ?? null);
  return {
    entity,
    record: recordId.parse(id),
    how,
    words: entity === 'tag' ? '' : rowWords(entity, how === 'removed' ? before : after),
    // For an added or removed record, its words say enough.
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
    person: people.get(person) ?? `Unknown person ${person.slice(-8)}`,
    at,
    label,
  };
}

/** The passage a record belongs to. */
function passageOf(entity: Entity, row: Readonly<Record<string, Json>>): Json {
  if (entity === 'memo') return row['targetKind'] === 'passage' ? (row['target'] ?? null) : null;
  return fieldOf(entity, 'passage') !== undefined ? (row['passage'] ?? null) : null;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** What a preview keeps so that it can be shown item by item: the incoming database, in a temporary folder. */
interface KeptPreview {
  readonly files: IncomingFiles;
  readonly database: string;
  readonly rejected: ReadonlySet<string>;
  records: IncomingRecords | null;
}

/** The last preview. `closes`: it is dropped when the project is closed. */
const previewOf = perProject((): { kept: KeptPreview | null; closes: boolean } => ({ kept: null, closes: false }));

/** Keeps the previewed log until the next preview, the merge, or the closing of the project. */
export function keepPreview(context: WriteContext, { incoming }: Work, rejected: ReadonlySet<string>): void {
  const { project } = context;
  dropPreview(project);
  const files = openIncomingFiles(project.folder, context.files);
  const database = join(files.folder, 'looked-at.sqlite');
  incoming.log.close();
  renameSync(incoming.database, database);
  const preview = previewOf({ project });
  preview.kept = { files, database, rejected, records: null };
  if (preview.closes) return;
  preview.closes = true;
  context.atClose(() => dropPreview(project));
}

export function dropPreview(project: ProjectDb): void {
  const preview = previewOf({ project });
  const { kept } = preview;
  preview.kept = null;
  kept?.records?.close();
  kept?.files.close();
}

/** The records that merging the previewed log would change; null if there is no preview. */
function previewedRecords(project: ProjectDb): IncomingRecords | null {
  const { kept } = previewOf({ project });
  if (kept === null) return null;
  kept.records ??= project.merges.incomingRecords(kept.database, kept.rejected);
  return kept.records;
}
