import type { SourcesToAdd } from '../../../shared/contract/merge.ts';
import { isWithheld, kindsOf } from '../../../shared/changes/fields.ts';
import type { FieldKind } from '../../../shared/changes/kinds.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit, Json, Readable } from '../../db/types.ts';
import type { LeftOut } from './incoming.ts';
import {
  type Addable,
  byId,
  categories,
  type CategoryRow,
  dimensions,
  type Row,
  rowsOf,
  values,
} from './incoming-replay.ts';

export interface Addition {
  readonly edits: readonly Edit[];
  /** Records that are here with different content: they were left unchanged. */
  readonly left: readonly LeftOut[];
  /** How many records are added, by kind. */
  readonly added: ReadonlyMap<string, number>;
  readonly sources: ReadonlySet<string>;
  /** The sources and their layers, whose files are needed. */
  readonly withFiles: ReadonlySet<string>;
}

/** An id there → its id here. */
type Mapped = ReadonlyMap<string, string>;

/**
 * The edits of one commit that adds sources of another project to this one, with the work on them. Records keep their ids and
 * persons, so adding them again changes nothing; one that is here already is left as it is. BAD_INPUT, NOT_FOUND, TOO_LARGE.
 */
export function addSources(db: Readable, incoming: Readable, asked: SourcesToAdd): Addition {
  const adder = new SourceAdder(db, incoming);
  const sources = rowsOf(incoming, 'source', asked.sources);
  const known = new Set(sources.map((row) => row.id));
  for (const id of asked.sources)
    if (!known.has(id))
      throw new Fault('NOT_FOUND', 'No such source in the other project. Open the file again.', { id });
  const layers = rowsOf(incoming, 'layer', known);
  const passages = keepLinks(db, asked.passages ? rowsOf(incoming, 'passage', known) : [], 'passage', 'origin');
  const on = passages.map((row) => row.id);
  // Whoever adds passages or none: what the other project does not publish, this one must not either.
  const masks = rowsOf(incoming, 'mask', known);
  const figures = asked.passages ? rowsOf(incoming, 'figure', known) : [];
  const tags = rowsOf(incoming, 'tag', on);
  const settings = rowsOf(incoming, 'setting', on);
  const memos = asked.memos ? rowsOf(incoming, 'memo', [...known, ...on]) : [];
  const notes = [...memos, ...rowsOf(incoming, 'translation', on), ...rowsOf(incoming, 'comment', on)];
  adder.restore(sources, [...layers, ...masks, ...figures, ...passages], [...tags, ...settings, ...notes]);
  const category = adder.categories(tags, asked.categories);
  const { dimension, value } = adder.settings(settings);

  adder.records('source', keepLinks(db, sources, 'source', 'replaces'));
  adder.records('layer', layers);
  adder.records('mask', masks);
  adder.records('figure', figures);
  adder.records('passage', passages);
  adder.records('tag', tags, new Map([['category', category]]));
  adder.records(
    'setting',
    settings,
    new Map([
      ['dimension', dimension],
      ['value', value],
    ]),
  );
  adder.records('memo', memos);
  adder.records('translation', rowsOf(incoming, 'translation', on));
  adder.records('comment', rowsOf(incoming, 'comment', on));
  adder.people([...masks, ...passages, ...tags, ...settings, ...notes]);
  return adder.result(known, layers);
}

/** The rows without the links in `field` to records that are neither here nor among them. */
function keepLinks(db: Readable, rows: readonly Row[], entity: Addable, field: string): Row[] {
  const there = new Set([...rows.map((row) => row.id), ...byId(db, entity, ids(rows, field)).keys()]);
  return rows.map((row) => (there.has(String(row[field])) ? row : { ...row, [field]: null }));
}

/** A commit can have no more changes. */
const MOST = 1_000_000;

class SourceAdder {
  private readonly db: Readable;
  private readonly incoming: Readable;
  private readonly edits: Edit[] = [];
  private readonly left: LeftOut[] = [];
  private readonly added = new Map<string, number>();
  private readonly restored = new Set<string>();

  constructor(db: Readable, incoming: Readable) {
    this.db = db;
    this.incoming = incoming;
  }

  result(sources: ReadonlySet<string>, layers: readonly Row[]): Addition {
    if (this.edits.length > MOST)
      throw new Fault(
        'TOO_LARGE',
        'That’s too much for one merge. Choose fewer sources now, and add the rest afterwards.',
      );
    const withFiles = new Set([...sources, ...layers.map((row) => row.id)]);
    return { edits: this.edits, left: this.left, added: this.added, sources, withFiles };
  }

  /**
   * A source that is in the trash here is restored with everything that belongs to it, as it is there: undoing an addition also
   * just moves its records to the trash. Other records that were moved to the trash here stay there.
   */
  restore(sources: readonly Row[], onSources: readonly Row[], onPassages: readonly Row[]): void {
    const here = byId(
      this.db,
      'source',
      sources.map((row) => row.id),
    );
    for (const { id } of sources) if (here.get(id)?.['deleted'] === 1) this.restored.add(id);
    const follow = (rows: readonly Row[], ...fields: readonly string[]): void => {
      for (const row of rows)
        if (fields.some((field) => this.restored.has(String(row[field])))) this.restored.add(row.id);
    };
    follow(onSources, 'source');
    follow(onPassages, 'passage', 'target');
  }

  /**
   * Adds new records as they are there, with the ids that `mapped` gives and without the fields in `without`. Their review state is
   * left out too: nobody in this project has reviewed them.
   */
  records(
    entity: Addable,
    rows: readonly Row[],
    mapped: ReadonlyMap<string, Mapped> = new Map(),
    without: readonly string[] = ['deleted'],
  ): void {
    const here = byId(
      this.db,
      entity,
      rows.map((row) => row.id),
    );
    for (const row of rows) {
      const known = here.get(row.id);
      const fields = [...kindsOf(entity)].filter(
        ([name]) => !without.includes(name) && !isWithheld(entity, name, 'project'),
      );
      const wanted = fields.map(
        ([name, kind]) => [name, kind, mapped.get(name)?.get(String(row[name])) ?? row[name] ?? null] as const,
      );
      const isRestored = known?.['deleted'] === 1 && this.restored.has(row.id);
      if (known === undefined || isRestored) {
        this.added.set(entity, (this.added.get(entity) ?? 0) + 1);
        if (isRestored) this.edits.push(set(entity, row.id, 'deleted', false));
        for (const [name, kind, value] of wanted)
          if (value !== null) this.edits.push(set(entity, row.id, name, toJson(kind, value)));
      } else if (
        entity !== 'layer' &&
        wanted.some(([name, , value]) => value !== null && (known[name] ?? null) !== value)
      ) {
        const is = known['deleted'] === 1 ? 'is in the trash here' : 'is already here with different content';
        this.left.push({ id: row.id, reason: `This ${entity} ${is}, so it was left unchanged.` });
      }
    }
  }

  /** Maps each category of these tags to one here: with the same id, matched by a person, or added with its parents. */
  categories(tags: readonly Row[], asked: Readonly<Record<string, string>>): Mapped {
    const [here, all] = [index(this.db.all(categories, {})), index(this.incoming.all(categories, {}))];
    const mapped = new Map<string, string>();
    for (const [from, to] of Object.entries(asked)) {
      const target = here.get(to);
      if (target === undefined || target.deleted === 1)
        throw new Fault(
          'BAD_INPUT',
          'No such category to match in this project. It may have been moved to the trash.',
          { id: to },
        );
      if (!all.has(from))
        throw new Fault('BAD_INPUT', 'No such category in the other project. Open the file again.', { id: from });
      mapped.set(from, to);
    }
    const codes = new Set(
      [...here.values()].flatMap(({ deleted, code }) => (deleted === 1 || code === null ? [] : [code.toUpperCase()])),
    );
    const isNew: string[] = [];
    const map = (id: string, above: ReadonlySet<string> = new Set()): string => {
      const known = mapped.get(id);
      if (known !== undefined) return known;
      const same = liveCategory(here, id);
      mapped.set(id, same ?? id);
      if (same !== null) return same;
      isNew.push(id);
      const parent = all.get(id)?.parent ?? null;
      if (parent !== null && !above.has(parent)) map(parent, new Set([...above, id]));
      return id;
    };
    for (const id of [...new Set(tags.map((row) => String(row['category'])))].sort()) map(id);
    for (const row of rowsOf(this.incoming, 'category', isNew)) this.newCategory(row, here.has(row.id), mapped, codes);
    return mapped;
  }

  private newCategory(row: Row, isRemoved: boolean, mapped: Mapped, codes: Set<string>): void {
    if (isRemoved) this.edits.push(set('category', row.id, 'deleted', false));
    const code = freeCode(String(row['code'] ?? ''), codes);
    codes.add(code.toUpperCase());
    const parent = row['parent'] === null ? null : mapped.get(String(row['parent']));
    const own = new Map<string, Json>([
      ['code', code],
      ['parent', parent ?? null],
    ]);
    this.added.set('category', (this.added.get('category') ?? 0) + 1);
    for (const [name, kind] of kindsOf('category')) {
      if (['deleted', 'shortcut', 'mergedInto'].includes(name) || (isRemoved && name !== 'code')) continue;
      const value = own.has(name) ? (own.get(name) ?? null) : toJson(kind, row[name] ?? null);
      if (value !== null) this.edits.push(set('category', row.id, name, value));
    }
  }

  /** Maps dimensions and values by id, else by code and name, else adds them. */
  settings(rows: readonly Row[]): { dimension: Mapped; value: Mapped } {
    const dimension = this.match(
      'dimension',
      ids(rows, 'dimension'),
      this.db.all(dimensions, {}),
      ({ code, name }) => keyFor(code, name),
      ({ code, name }) => keyFor(code, name),
    );
    const value = this.match(
      'value',
      ids(rows, 'value'),
      this.db.all(values, {}),
      (row) => keyFor(row.dimension, row.code, row.label),
      (row) => keyFor(dimension.get(String(row['dimension'])) ?? row['dimension'], row['code'], row['label']),
      new Map([['dimension', dimension]]),
    );
    return { dimension, value };
  }

  private match<R extends { readonly id: string; readonly deleted: number | null }>(
    entity: 'dimension' | 'value',
    wanted: readonly string[],
    existing: readonly R[],
    keyOf: (row: R) => string,
    keyOfIncoming: (row: Row) => string,
    refs: ReadonlyMap<string, Mapped> = new Map(),
  ): Map<string, string> {
    const here = new Set(existing.map((row) => row.id));
    const byKey = new Map(existing.filter((row) => row.deleted !== 1).map((row) => [keyOf(row), row.id]));
    const mapped = new Map<string, string>();
    const fresh: Row[] = [];
    for (const row of rowsOf(this.incoming, entity, wanted)) {
      const same = here.has(row.id) ? row.id : byKey.get(keyOfIncoming(row));
      mapped.set(row.id, same ?? row.id);
      if (same === undefined) fresh.push(row);
    }
    this.records(entity, fresh, refs, ['deleted', 'parent']);
    return mapped;
  }

  /** Adds the people named in the added records, with their signing keys. */
  people(rows: readonly Row[]): void {
    const drafts = rows.flatMap((row) => personOfDraft(row['draft'] ?? null));
    const named = new Set([...ids(rows, 'person'), ...drafts]);
    const here = byId(this.db, 'person', named);
    this.records(
      'person',
      rowsOf(this.incoming, 'person', named).filter(({ id }) => !here.has(id)),
    );
  }
}

const set = (entity: string, id: string, field: string, value: Json): Edit => ({ entity, id, field, value }) as Edit;
const ids = (rows: readonly Row[], field: string): string[] =>
  [...new Set(rows.flatMap((row) => (typeof row[field] === 'string' ? [row[field]] : [])))].sort();
const index = (rows: readonly CategoryRow[]): Map<string, CategoryRow> => new Map(rows.map((row) => [row.id, row]));
const keyFor = (...parts: readonly (string | number | null | undefined)[]): string =>
  parts
    .map((part) =>
      String(part ?? '')
        .normalize('NFKC')
        .toLowerCase(),
    )
    .join('\0');

/** A category here, or the one it was merged into; null if neither is live. */
function liveCategory(here: ReadonlyMap<string, CategoryRow>, id: string): string | null {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !seen.has(at); at = here.get(at)?.mergedInto ?? null) {
    seen.add(at);
    const row = here.get(at);
    if (row !== undefined && row.deleted !== 1 && row.mergedInto === null) return at;
  }
  const own = here.get(id);
  return own !== undefined && own.deleted !== 1 ? id : null;
}

const LONGEST_CODE = 60;
function freeCode(code: string, taken: ReadonlySet<string>): string {
  if (!taken.has(code.toUpperCase())) return code;
  for (let number = 2; ; number++) {
    const end = `-${number}`;
    const free = code.slice(0, LONGEST_CODE - end.length) + end;
    if (!taken.has(free.toUpperCase())) return free;
  }
}

/** A column's value as the log writes it. */
function toJson(kind: FieldKind, value: string | number | null): Json {
  if (kind === 'json' && typeof value === 'string') return JSON.parse(value) as Json;
  return kind === 'bool' ? value === 1 : value;
}

function personOfDraft(draft: string | number | null): string[] {
  if (typeof draft !== 'string') return [];
  const { person } = JSON.parse(draft) as { person?: unknown };
  return typeof person === 'string' ? [person] : [];
}
