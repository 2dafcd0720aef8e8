import type { Bring } from '../../../shared/contract/merge.ts';
import { isWithheld, kindsOf } from '../../../shared/changes/fields.ts';
import type { FieldKind } from '../../../shared/changes/registry.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit, Json, Readable } from '../../db/types.ts';
import type { LeftOut } from './incoming-project.ts';
import {
  type Bringable,
  byId,
  categories,
  type CategoryRow,
  dimensions,
  type Row,
  rowsOf,
  values,
} from './incoming-replay.ts';

export interface Brought {
  readonly edits: readonly Edit[];
  /** Records that are here already, and otherwise: what is here was kept. */
  readonly left: readonly LeftOut[];
  /** How many records come, by kind. */
  readonly added: ReadonlyMap<string, number>;
  readonly sources: ReadonlySet<string>;
  /** With their layers: whose files are needed. */
  readonly withFiles: ReadonlySet<string>;
}

/** Theirs → the id it has here. */
type Mapped = ReadonlyMap<string, string>;

/**
 * What brings sources of another project here, as the edits of one commit. Records keep their ids and their persons, so that
 * bringing them again changes nothing; one that is here already stays as it is here. BAD_INPUT, NOT_FOUND, TOO_LARGE.
 */
export function broughtEdits(mine: Readable, theirs: Readable, asked: Bring): Brought {
  const bringing = new Bringing(mine, theirs);
  const sources = rowsOf(theirs, 'source', asked.sources);
  const known = new Set(sources.map((row) => row.id));
  for (const id of asked.sources)
    if (!known.has(id)) throw new Fault('NOT_FOUND', 'No such source in the other project.', { id });
  const layers = rowsOf(theirs, 'layer', known);
  const passages = tied(mine, asked.passages ? rowsOf(theirs, 'passage', known) : [], 'passage', 'origin');
  const on = passages.map((row) => row.id);
  const tags = rowsOf(theirs, 'tag', on);
  const settings = rowsOf(theirs, 'setting', on);
  const memos = asked.memos ? rowsOf(theirs, 'memo', [...known, ...on]) : [];
  const talk = [...memos, ...rowsOf(theirs, 'translation', on), ...rowsOf(theirs, 'comment', on)];
  bringing.revive(sources, [...layers, ...passages], [...tags, ...settings, ...talk]);
  const category = bringing.categories(tags, asked.categories);
  const { dimension, value } = bringing.settings(settings);

  bringing.records('source', tied(mine, sources, 'source', 'replaces'));
  bringing.records('layer', layers);
  bringing.records('passage', passages);
  bringing.records('tag', tags, new Map([['category', category]]));
  bringing.records(
    'setting',
    settings,
    new Map([
      ['dimension', dimension],
      ['value', value],
    ]),
  );
  bringing.records('memo', memos);
  bringing.records('translation', rowsOf(theirs, 'translation', on));
  bringing.records('comment', rowsOf(theirs, 'comment', on));
  bringing.people([...passages, ...tags, ...settings, ...talk]);
  return bringing.brought(known, layers);
}

/** Rows that name no record which is neither here nor among them. */
function tied(mine: Readable, rows: readonly Row[], entity: Bringable, field: string): Row[] {
  const there = new Set([...rows.map((row) => row.id), ...byId(mine, entity, ids(rows, field)).keys()]);
  return rows.map((row) => (there.has(String(row[field])) ? row : { ...row, [field]: null }));
}

/** The log takes no more changes in one commit. */
const MOST = 1_000_000;

class Bringing {
  private readonly mine: Readable;
  private readonly theirs: Readable;
  private readonly edits: Edit[] = [];
  private readonly left: LeftOut[] = [];
  private readonly added = new Map<string, number>();
  private readonly revived = new Set<string>();

  constructor(mine: Readable, theirs: Readable) {
    this.mine = mine;
    this.theirs = theirs;
  }

  brought(sources: ReadonlySet<string>, layers: readonly Row[]): Brought {
    if (this.edits.length > MOST)
      throw new Fault(
        'TOO_LARGE',
        'That’s too much for one merge. Choose fewer sources now, and add the rest afterwards.',
      );
    const withFiles = new Set([...sources, ...layers.map((row) => row.id)]);
    return { edits: this.edits, left: this.left, added: this.added, sources, withFiles };
  }

  /**
   * A source that was removed here and is asked for comes back with all that hangs on it, as it is there: an undo of bringing
   * it, too, only removed it. What was removed here of a source that stayed is not asked for, and stays removed.
   */
  revive(sources: readonly Row[], onSources: readonly Row[], onPassages: readonly Row[]): void {
    const here = byId(
      this.mine,
      'source',
      sources.map((row) => row.id),
    );
    for (const { id } of sources) if (here.get(id)?.['deleted'] === 1) this.revived.add(id);
    const follow = (rows: readonly Row[], ...fields: readonly string[]): void => {
      for (const row of rows)
        if (fields.some((field) => this.revived.has(String(row[field])))) this.revived.add(row.id);
    };
    follow(onSources, 'source');
    follow(onPassages, 'passage', 'target');
  }

  /**
   * New records as they are there, but for what is `mapped` to its like here and what is `without`. How far a passage was
   * reviewed there says nothing here: nobody of this project looked at it.
   */
  records(
    entity: Bringable,
    rows: readonly Row[],
    mapped: ReadonlyMap<string, Mapped> = new Map(),
    without: readonly string[] = ['deleted'],
  ): void {
    const here = byId(
      this.mine,
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
      const isBack = known?.['deleted'] === 1 && this.revived.has(row.id);
      if (known === undefined || isBack) {
        this.added.set(entity, (this.added.get(entity) ?? 0) + 1);
        if (isBack) this.edits.push(set(entity, row.id, 'deleted', false));
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

  /** Each category of these tags as one of ours: by its id, as a person matched it, or new with all above it. */
  categories(tags: readonly Row[], asked: Readonly<Record<string, string>>): Mapped {
    const [ours, all] = [index(this.mine.all(categories, {})), index(this.theirs.all(categories, {}))];
    const mapped = new Map<string, string>();
    for (const [from, to] of Object.entries(asked)) {
      const target = ours.get(to);
      if (target === undefined || target.deleted === 1)
        throw new Fault('BAD_INPUT', 'No such category to match in this project.', { id: to });
      if (!all.has(from)) throw new Fault('BAD_INPUT', 'No such category in the other project.', { id: from });
      mapped.set(from, to);
    }
    const codes = new Set(
      [...ours.values()].flatMap(({ deleted, code }) => (deleted === 1 || code === null ? [] : [code.toUpperCase()])),
    );
    const isNew: string[] = [];
    const map = (id: string, above: ReadonlySet<string> = new Set()): string => {
      const known = mapped.get(id);
      if (known !== undefined) return known;
      const same = standing(ours, id);
      mapped.set(id, same ?? id);
      if (same !== null) return same;
      isNew.push(id);
      const parent = all.get(id)?.parent ?? null;
      if (parent !== null && !above.has(parent)) map(parent, new Set([...above, id]));
      return id;
    };
    for (const id of [...new Set(tags.map((row) => String(row['category'])))].sort()) map(id);
    for (const row of rowsOf(this.theirs, 'category', isNew)) this.newCategory(row, ours.has(row.id), mapped, codes);
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

  /** Dimensions and values by id, else by code and name, else new. */
  settings(rows: readonly Row[]): { dimension: Mapped; value: Mapped } {
    const dimension = this.like(
      'dimension',
      ids(rows, 'dimension'),
      this.mine.all(dimensions, {}),
      ({ code, name }) => sign(code, name),
      ({ code, name }) => sign(code, name),
    );
    const value = this.like(
      'value',
      ids(rows, 'value'),
      this.mine.all(values, {}),
      (row) => sign(row.dimension, row.code, row.label),
      (row) => sign(dimension.get(String(row['dimension'])) ?? row['dimension'], row['code'], row['label']),
      new Map([['dimension', dimension]]),
    );
    return { dimension, value };
  }

  private like<R extends { readonly id: string; readonly deleted: number | null }>(
    entity: 'dimension' | 'value',
    wanted: readonly string[],
    ours: readonly R[],
    signOf: (row: R) => string,
    signOfTheirs: (row: Row) => string,
    refs: ReadonlyMap<string, Mapped> = new Map(),
  ): Map<string, string> {
    const here = new Set(ours.map((row) => row.id));
    const bySign = new Map(ours.filter((row) => row.deleted !== 1).map((row) => [signOf(row), row.id]));
    const mapped = new Map<string, string>();
    const fresh: Row[] = [];
    for (const row of rowsOf(this.theirs, entity, wanted)) {
      const same = here.has(row.id) ? row.id : bySign.get(signOfTheirs(row));
      mapped.set(row.id, same ?? row.id);
      if (same === undefined) fresh.push(row);
    }
    this.records(entity, fresh, refs, ['deleted', 'parent']);
    return mapped;
  }

  /** Who made what comes, with the key they sign with. */
  people(rows: readonly Row[]): void {
    const drafts = rows.flatMap((row) => personOfDraft(row['draft'] ?? null));
    const named = new Set([...ids(rows, 'person'), ...drafts]);
    const here = byId(this.mine, 'person', named);
    this.records(
      'person',
      rowsOf(this.theirs, 'person', named).filter(({ id }) => !here.has(id)),
    );
  }
}

const set = (entity: string, id: string, field: string, value: Json): Edit => ({ entity, id, field, value }) as Edit;
const ids = (rows: readonly Row[], field: string): string[] =>
  [...new Set(rows.flatMap((row) => (typeof row[field] === 'string' ? [row[field]] : [])))].sort();
const index = (rows: readonly CategoryRow[]): Map<string, CategoryRow> => new Map(rows.map((row) => [row.id, row]));
const sign = (...parts: readonly (string | number | null | undefined)[]): string =>
  parts
    .map((part) =>
      String(part ?? '')
        .normalize('NFKC')
        .toLowerCase(),
    )
    .join('\0');

/** A category that is here, or what it was merged into here; null where neither stands. */
function standing(ours: ReadonlyMap<string, CategoryRow>, id: string): string | null {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !seen.has(at); at = ours.get(at)?.mergedInto ?? null) {
    seen.add(at);
    const row = ours.get(at);
    if (row !== undefined && row.deleted !== 1 && row.mergedInto === null) return at;
  }
  const own = ours.get(id);
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

/** A column as the log says it. */
function toJson(kind: FieldKind, value: string | number | null): Json {
  if (kind === 'json' && typeof value === 'string') return JSON.parse(value) as Json;
  return kind === 'bool' ? value === 1 : value;
}

function personOfDraft(draft: string | number | null): string[] {
  if (typeof draft !== 'string') return [];
  const { person } = JSON.parse(draft) as { person?: unknown };
  return typeof person === 'string' ? [person] : [];
}
