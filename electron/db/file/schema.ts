import { kindsOf } from '../../../shared/changes/fields.ts';
import { ENTITIES, type Entity, type FieldKind } from '../../../shared/changes/kinds.ts';

/** `SBK1`, the application id in the header of each of our database files. */
export const APPLICATION_ID = 0x53424b31;

/** What is copied into a new database, column by column: the log and what is derived from it, nothing local. */
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

const COLUMN: Record<FieldKind, string> = { text: 'TEXT', int: 'INTEGER', bool: 'INTEGER', ref: 'TEXT', json: 'TEXT' };

// An anchor can come from outside. If SQLite cannot parse it (it is nested beyond 1,000 levels, say) or its start is not a
// number, the column must be NULL, not an error in every query.
const fromAnchor = (name: string): string =>
  `"${name}" INTEGER GENERATED ALWAYS AS (iif(json_valid(anchor) AND json_type(anchor, '$.${name}') = 'integer', json_extract(anchor, '$.${name}'), NULL)) VIRTUAL`;
/** The layer that the anchor itself names, else the one the passage was created on. */
const ON_LAYER = `"onLayer" TEXT GENERATED ALWAYS AS (iif(json_valid(anchor) AND json_type(anchor, '$.layer') = 'text', json_extract(anchor, '$.layer'), layer)) VIRTUAL`;
const GENERATED: Partial<Record<Entity, readonly string[]>> = {
  passage: [...['start', 'end', 'page'].map(fromAnchor), ON_LAYER],
};

/** Every expression in a projection's table. */
export const GENERATED_COLUMNS: readonly string[] = Object.values(GENERATED).flat();

const PROJECTION_INDEXES = [
  // `deleted`, `person` and `createdAt` are in the index too, so that the tags of thousands of passages are read from it alone.
  'CREATE INDEX p_tag_by_passage ON p_tag(passage, category, deleted, person, createdAt)',
  // `deleted` is in the index too, so that counting a category's passages reads it alone.
  'CREATE INDEX p_tag_by_category ON p_tag(category, passage, deleted)',
  // `deleted` is in the index too, so that counting a source's passages reads it alone.
  'CREATE INDEX p_passage_by_source ON p_passage(source, page, start, deleted)',
  'CREATE INDEX p_passage_removed ON p_passage(id) WHERE deleted = 1',
  // Nearly empty: the passages without a person, which a count from `p_passage_by_source` alone has too many of.
  'CREATE INDEX p_passage_without_person ON p_passage(source) WHERE person IS NULL',
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
  'CREATE INDEX p_notprivate_by_passage ON p_notprivate(passage)',
  'CREATE INDEX p_figure_by_source ON p_figure(source)',
  'CREATE INDEX p_figurecheck_by_figure ON p_figurecheck(figure)',
  'CREATE INDEX p_relationcheck_by_relation ON p_relationcheck(relation)',
  'CREATE INDEX p_adjudication_by_passage ON p_adjudication(passage)',
  'CREATE INDEX p_layer_by_source ON p_layer(source)',
  'CREATE INDEX p_draftmark_by_draft ON p_draftmark(draft)',
  'CREATE INDEX p_draftlink_by_draft ON p_draftlink(draft)',
  'CREATE INDEX p_draftlink_by_passage ON p_draftlink(passage)',
  'CREATE INDEX p_draftremedy_by_draft ON p_draftremedy(draft)',
  'CREATE INDEX p_category_by_parent ON p_category(parent, position)',
  'CREATE INDEX p_category_by_code ON p_category(code)',
  'CREATE INDEX p_value_by_dimension ON p_value(dimension, position)',
  'CREATE INDEX p_source_by_sha256 ON p_source(sha256)',
  'CREATE INDEX p_person_by_key ON p_person("key")',
] as const;

/**
 * The projections: one table an entity, made from the registry. They hold nothing that is not in the log, so a project whose
 * tables differ (the registry gained a field) gets them made again from it.
 */
export const PROJECTION_SCHEMA: readonly string[] = [
  ...ENTITIES.map((entity) => {
    const columns = [...kindsOf(entity)].map(([name, kind]) => `"${name}" ${COLUMN[kind]}`);
    return `CREATE TABLE p_${entity}(${['id TEXT PRIMARY KEY NOT NULL', ...columns, '"createdAt" INTEGER', ...(GENERATED[entity] ?? [])].join(', ')}) STRICT`;
  }),
  ...PROJECTION_INDEXES,
];
