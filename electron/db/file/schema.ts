import { REGISTRY, type Entity, type FieldKind } from '../../../shared/changes/registry.ts';

/** `SBK1`: says in the file's header that it is ours. */
export const APPLICATION_ID = 0x53424b31;

const REFUSE = "BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END";
const appendOnly = (table: string): readonly string[] => [
  `CREATE TRIGGER ${table}no_update BEFORE UPDATE ON ${table} ${REFUSE}`,
  `CREATE TRIGGER ${table}no_delete BEFORE DELETE ON ${table} ${REFUSE}`,
];

/**
 * The log: what was signed. `c`, `ent`, `field` and `replica` are local numbers, in order of arrival. A commit whose
 * body is withheld has no seed; what is known of its leaves is in leaf_.
 */
export const LOG_TABLES = {
  project_: 'CREATE TABLE project_(one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL) STRICT',
  replica_:
    'CREATE TABLE replica_(replica INTEGER PRIMARY KEY, id BLOB NOT NULL, key BLOB NOT NULL, UNIQUE(id, key)) STRICT',
  field_:
    'CREATE TABLE field_(field INTEGER PRIMARY KEY, entity TEXT NOT NULL, name TEXT NOT NULL, UNIQUE(entity, name)) STRICT',
  entity_:
    'CREATE TABLE entity_(ent INTEGER PRIMARY KEY, kind TEXT NOT NULL, id BLOB NOT NULL, UNIQUE(id, kind)) STRICT',
  commit_:
    'CREATE TABLE commit_(c INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, replica INTEGER NOT NULL, ' +
    'clock INTEGER NOT NULL, wall INTEGER NOT NULL, own INTEGER, others BLOB, root BLOB NOT NULL, sig BLOB NOT NULL, ' +
    'seed BLOB, label TEXT, chain INTEGER NOT NULL, seq INTEGER NOT NULL, vv INTEGER NOT NULL) STRICT',
  change_:
    'CREATE TABLE change_(c INTEGER NOT NULL, i INTEGER NOT NULL, ent INTEGER NOT NULL, field INTEGER NOT NULL, value TEXT NOT NULL, ' +
    'PRIMARY KEY(c, i)) STRICT, WITHOUT ROWID',
  leaf_:
    'CREATE TABLE leaf_(c INTEGER NOT NULL, i INTEGER NOT NULL, salt BLOB, hash BLOB, PRIMARY KEY(c, i), ' +
    'CHECK ((salt IS NULL) <> (hash IS NULL))) STRICT, WITHOUT ROWID',
} as const;

/** Derived from the log: local numbering, version vectors, heads, open conflicts. They never travel. */
const DERIVED_TABLES = {
  chain_: 'CREATE TABLE chain_(chain INTEGER PRIMARY KEY, replica INTEGER NOT NULL, tip INTEGER NOT NULL) STRICT',
  vv_: 'CREATE TABLE vv_(vv INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT',
  head_: 'CREATE TABLE head_(c INTEGER PRIMARY KEY) STRICT',
  conflict_:
    'CREATE TABLE conflict_(ent INTEGER NOT NULL, field INTEGER NOT NULL, c INTEGER NOT NULL, i INTEGER NOT NULL, ' +
    'PRIMARY KEY(ent, field, c, i)) STRICT, WITHOUT ROWID',
} as const;

/** This folder's own: never exported, never in the log. */
const LOCAL_TABLES = {
  local_self: 'CREATE TABLE local_self(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID',
  local_view: 'CREATE TABLE local_view(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  migration_:
    'CREATE TABLE migration_(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, at INTEGER NOT NULL) STRICT',
} as const;

const INDEXES = [
  'CREATE INDEX commit_by_chain ON commit_(chain, seq)',
  'CREATE INDEX commit_withheld ON commit_(c) WHERE seed IS NULL',
  'CREATE INDEX change_by_field ON change_(ent, field)',
] as const;

export const TRIGGERS: readonly string[] = [
  ...['project_', 'replica_', 'field_', 'entity_', 'change_'].flatMap(appendOnly),
  `CREATE TRIGGER commit_no_delete BEFORE DELETE ON commit_ ${REFUSE}`,
  // Supplying a body that had been withheld is the one change a commit allows; chain numbers never move.
  'CREATE TRIGGER commit_no_update BEFORE UPDATE ON commit_ WHEN NOT (' +
    ['c', 'hash', 'kind', 'replica', 'clock', 'wall', 'own', 'others', 'root', 'sig', 'chain', 'seq', 'vv']
      .map((column) => `OLD.${column} IS NEW.${column}`)
      .join(' AND ') +
    ` AND (OLD.seed IS NULL OR OLD.seed IS NEW.seed) AND (OLD.label IS NULL OR OLD.label IS NEW.label)) ${REFUSE}`,
  `CREATE TRIGGER leaf_no_update BEFORE UPDATE ON leaf_ WHEN NOT (OLD.c IS NEW.c AND OLD.i IS NEW.i AND OLD.salt IS NULL AND NEW.hash IS NULL) ${REFUSE}`,
  `CREATE TRIGGER leaf_no_delete BEFORE DELETE ON leaf_ WHEN (SELECT seed FROM commit_ WHERE c = OLD.c) IS NULL ${REFUSE}`,
];

/** What goes into a database written afresh, column by column: the log and what is derived from it, nothing local. */
export const COPIED_TABLES = {
  project_: 'one, id',
  replica_: 'replica, id, key',
  field_: 'field, entity, name',
  entity_: 'ent, kind, id',
  commit_: 'c, hash, kind, replica, clock, wall, own, others, root, sig, seed, label, chain, seq, vv',
  change_: 'c, i, ent, field, value',
  leaf_: 'c, i, salt, hash',
  chain_: 'chain, replica, tip',
  vv_: 'vv, body',
  head_: 'c',
  conflict_: 'ent, field, c, i',
} as const;

/** Names of the triggers, for tests that stand in for a tamperer. */
export const TRIGGER_NAMES: readonly string[] = TRIGGERS.flatMap((sql) => /TRIGGER (\w+)/.exec(sql)?.[1] ?? []);

/** Version 1 of everything that is not a projection. */
export const BASE_SCHEMA: readonly string[] = [
  ...Object.values(LOG_TABLES),
  ...Object.values(DERIVED_TABLES),
  ...Object.values(LOCAL_TABLES),
  ...INDEXES,
  ...TRIGGERS,
];

const COLUMN: Record<FieldKind, string> = { text: 'TEXT', int: 'INTEGER', bool: 'INTEGER', ref: 'TEXT', json: 'TEXT' };

export const ENTITIES: readonly Entity[] = (Object.keys(REGISTRY) as Entity[]).sort();
export const isEntity = (name: string): name is Entity => Object.hasOwn(REGISTRY, name);
const NO_FIELDS: ReadonlyMap<string, FieldKind> = new Map();
const FIELDS = new Map<string, ReadonlyMap<string, FieldKind>>(
  ENTITIES.map((entity) => [entity, new Map(Object.entries(REGISTRY[entity]))]),
);
/** An entity's fields in the registry's order. */
export const fieldsOf = (entity: Entity): ReadonlyMap<string, FieldKind> => FIELDS.get(entity) ?? NO_FIELDS;

// An anchor comes from outside: one that is no JSON to SQLite (nested beyond 1,000 levels, say) or whose start is no
// number must be NULL here, not an error in every query.
const fromAnchor = (name: string): string =>
  `"${name}" INTEGER GENERATED ALWAYS AS (iif(json_valid(anchor) AND json_type(anchor, '$.${name}') = 'integer', json_extract(anchor, '$.${name}'), NULL)) VIRTUAL`;
/** The layer the anchor itself names, else the one the passage was made on. */
const ON_LAYER = `"onLayer" TEXT GENERATED ALWAYS AS (iif(json_valid(anchor) AND json_type(anchor, '$.layer') = 'text', json_extract(anchor, '$.layer'), layer)) VIRTUAL`;
const GENERATED: Partial<Record<Entity, readonly string[]>> = {
  passage: [...['start', 'end', 'page'].map(fromAnchor), ON_LAYER],
};

const PROJECTION_INDEXES = [
  'CREATE INDEX p_tag_by_passage ON p_tag(passage, category)',
  // `deleted` too, so that counting a category's passages reads the index alone.
  'CREATE INDEX p_tag_by_category ON p_tag(category, passage, deleted)',
  // `deleted` too, so that counting a source's passages reads the index alone.
  'CREATE INDEX p_passage_by_source ON p_passage(source, page, start, deleted)',
  'CREATE INDEX p_passage_removed ON p_passage(id) WHERE deleted = 1',
  'CREATE INDEX p_passage_by_layer ON p_passage(layer)',
  'CREATE INDEX p_passage_on_layer ON p_passage(onLayer)',
  'CREATE INDEX p_passage_by_origin ON p_passage(origin) WHERE origin IS NOT NULL',
  'CREATE INDEX p_source_by_url ON p_source(captureUrl)',
  'CREATE INDEX p_source_by_replaces ON p_source(replaces)',
  'CREATE INDEX p_setting_by_passage ON p_setting(passage, dimension)',
  'CREATE INDEX p_setting_by_value ON p_setting(value)',
  'CREATE INDEX p_memo_by_target ON p_memo(target)',
  'CREATE INDEX p_passage_by_state ON p_passage(state) WHERE state IS NOT NULL',
  'CREATE INDEX p_review_by_passage ON p_review(passage)',
  'CREATE INDEX p_translation_by_passage ON p_translation(passage)',
  'CREATE INDEX p_comment_by_passage ON p_comment(passage)',
  'CREATE INDEX p_adjudication_by_passage ON p_adjudication(passage)',
  'CREATE INDEX p_layer_by_source ON p_layer(source)',
  'CREATE INDEX p_category_by_parent ON p_category(parent, position)',
  'CREATE INDEX p_category_by_code ON p_category(code)',
  'CREATE INDEX p_value_by_dimension ON p_value(dimension, position)',
  'CREATE INDEX p_source_by_sha256 ON p_source(sha256)',
  'CREATE INDEX p_person_by_key ON p_person("key")',
] as const;

/**
 * The projections: one table an entity, made from the registry. They hold nothing of their own, so that a project whose
 * tables differ (the registry gained a field) gets them made anew from the log.
 */
export const PROJECTION_SCHEMA: readonly string[] = [
  ...ENTITIES.map((entity) => {
    const columns = [...fieldsOf(entity)].map(([name, kind]) => `"${name}" ${COLUMN[kind]}`);
    return `CREATE TABLE p_${entity}(${['id TEXT PRIMARY KEY NOT NULL', ...columns, '"createdAt" INTEGER', ...(GENERATED[entity] ?? [])].join(', ')}) STRICT`;
  }),
  ...PROJECTION_INDEXES,
];
