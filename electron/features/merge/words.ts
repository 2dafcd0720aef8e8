import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { fieldOf, isEntity, referredBy } from '../../../shared/changes/fields.ts';
import type { Entity } from '../../../shared/changes/kinds.ts';
import { readingWords } from '../../../shared/figures/reading-words.ts';
import { relationWords } from '../../../shared/figures/relation-words.ts';
import {
  conversionRule,
  conversionWords,
  edtfDate,
  referenceValue,
  referenceWords,
  translationDraft,
} from '../../../shared/model/index.ts';
import { type Json, query, type Readable } from '../../db/types.ts';
import { shownNames } from '../../project/people/names.ts';
import { categoryOfTag } from '../../project/codebook/categories.ts';

/** The column with a record's name, by kind; the query returns null if it has none yet. */
/** Of the row of a relation: its operation, and the words of its figures. */
const RELATION = `coalesce(operation, '') || ' of ' || coalesce((SELECT group_concat(f.anchor ->> '$.exact', ', ')
   FROM json_each(figures, '$.inputs') j JOIN p_figure f ON f.id = j.value), '')`;
const NAMES: Partial<Record<Entity, string>> = {
  project: 'title',
  source: 'coalesce(title, fileName)',
  category: 'coalesce(name, code)',
  dimension: 'coalesce(name, code)',
  value: 'coalesce(label, code)',
  layer: "engine || ' ' || version",
  passage: 'anchor',
  memo: 'text',
  comment: 'text',
  translation: 'draft',
  snapshot: 'name',
  timestamp: 'coalesce((SELECT s.name FROM p_snapshot s WHERE s.id = snapshot), file)',
  assignment: 'name',
  collection: 'name',
  view: 'name',
  place: 'name',
  placename: 'text',
  copy: '(SELECT coalesce(s.title, s.fileName) FROM p_source s WHERE s.id = one)',
  placechoice: 'text',
  suggestion: 'term',
  claim: 'text',
  dossier: 'title',
  draft: 'title',
  draftmark: 'sentence',
  draftlink: 'sentence',
  draftremedy: 'sentence',
  draftrelease: '(SELECT d.title FROM p_draft d WHERE d.id = draft)',
  claimlink: '(SELECT c.text FROM p_claim c WHERE c.id = claim)',
  mask: 'anchor',
  notprivate: 'reason',
  figure: 'anchor',
  figurecheck: '(SELECT f.anchor FROM p_figure f WHERE f.id = figure)',
  relation: RELATION,
  relationcheck: `(SELECT ${RELATION} FROM p_relation WHERE p_relation.id = relation)`,
  conversion: 'rule',
  reference: 'value',
  membership: '(SELECT coalesce(s.title, s.fileName) FROM p_source s WHERE s.id = source)',
};
const nameOf = (entity: Entity) =>
  query<{ id: string }, { name: string | null }>(
    `merge.nameOf.${entity}`,
    `SELECT ${NAMES[entity] ?? 'NULL'} AS name FROM p_${entity} WHERE id = $id`,
  );

/** The field that people call a record by; undefined where another record, or nothing, names it. */
export function nameFieldOf(entity: string): string | undefined {
  const name = isEntity(entity) ? NAMES[entity] : undefined;
  return name === undefined || !/^\w+$/.test(name) ? undefined : name;
}

/** Kinds of record that have a place in a text, and are called by its words. */
const IN_TEXTS: ReadonlySet<string> = new Set(['passage', 'mask', 'figure']);
const NOTHING = '(empty)';
const LONGEST = 2000;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** A record's text or name, that of a person told apart from those that look alike; empty if it has none. */
export function recordWords(db: Readable, entity: string, id: string): string {
  if (!isEntity(entity)) return '';
  if (entity === 'person') return shownNames(db).get(id) ?? '';
  const name = db.get(nameOf(entity), { id })?.name ?? null;
  if (name === null) return tagWords(db, entity, id);
  if (IN_TEXTS.has(entity) || entity === 'figurecheck') return anchorWords(jsonOf(name));
  if (entity === 'translation') return draftWords(jsonOf(name));
  if (entity === 'conversion' || entity === 'reference') return measureWords(jsonOf(name));
  return cut(name);
}

function tagWords(db: Readable, entity: Entity, id: string): string {
  const category = entity === 'tag' ? (db.get(categoryOfTag, { tag: id })?.category ?? null) : null;
  return category === null ? '' : recordWords(db, 'category', category);
}

/** The record that a field of a record belongs to people read of: a tag's passage, a memo's target. By kind: its kind and id. */
const HOMES: Partial<Record<Entity, string>> = {
  tag: `'passage', passage`,
  setting: `'passage', passage`,
  review: `'passage', passage`,
  translation: `'passage', passage`,
  comment: `'passage', passage`,
  adjudication: `'passage', passage`,
  memo: 'targetKind, target',
  value: `'dimension', dimension`,
  layer: `'source', source`,
  copy: `'source', other`,
  suggestion: `'source', source`,
  claimlink: `'passage', passage`,
  mask: `'source', source`,
  notprivate: `'passage', passage`,
  figure: `'source', source`,
  figurecheck: `'source', (SELECT f.source FROM p_figure f WHERE f.id = figure)`,
  relation: `'source', (SELECT f.source FROM p_figure f WHERE f.id = figures ->> '$.inputs[0]')`,
  placechoice: `'source', source`,
  membership: `'collection', collection`,
  draftmark: `'draft', draft`,
  draftlink: `'draft', draft`,
  draftremedy: `'draft', draft`,
};
const homeOf = (entity: Entity, columns: string) =>
  query<{ id: string }, { kind: string | null; home: string | null }>(
    `merge.homeOf.${entity}`,
    `SELECT kind, home FROM (SELECT id, ${columns.replace(', ', ' AS kind, ')} AS home FROM p_${entity}) WHERE id = $id`,
  );
const SHORT = 120;

/** What a conflict is about, by its name or words, and those of the record it belongs to; empty if it has none. */
export function aboutWords(db: Readable, entity: string, id: string): string {
  if (!isEntity(entity)) return '';
  const columns = HOMES[entity];
  const { kind = null, home = null } = columns === undefined ? {} : (db.get(homeOf(entity, columns), { id }) ?? {});
  const of = kind === null || home === null ? '' : named(kind, recordWords(db, kind, home));
  // The text of a memo, comment or translation is in the sides.
  const own = entity === 'memo' || entity === 'comment' || entity === 'translation' ? '' : recordWords(db, entity, id);
  return [named(entity, own), of].filter((words) => words !== '').join(', ');
}
const named = (entity: string, words: string): string => {
  const short = words.length > SHORT ? `${words.slice(0, SHORT)}…` : words;
  return words === '' || IN_TEXTS.has(entity) || entity === 'figurecheck' ? short : `“${short}”`;
};

/** Where a category, dimension or value stands in its list: positions are numbers with gaps that nobody sees. */
export function positionWords(db: Readable, entity: string, id: string, value: Json): string {
  const before =
    typeof value === 'number' && isEntity(entity) ? db.get(placedBefore(entity), { id, value }) : undefined;
  if (before === undefined) return 'First';
  return `After “${recordWords(db, entity, before.id)}”`;
}
const placedBefore = (entity: Entity) =>
  query<{ id: string; value: number }, { id: string }>(
    `merge.placedBefore.${entity}`,
    `SELECT o.id FROM p_${entity} r JOIN p_${entity} o ON ${SIBLINGS[entity] ?? 'TRUE'} AND o.id <> r.id AND o.deleted IS NOT 1
     WHERE r.id = $id AND o.position <= $value ORDER BY o.position DESC, o.id DESC LIMIT 1`,
  );
/** Of which records it is the order, where not of all of a kind. */
const SIBLINGS: Partial<Record<Entity, string>> = {
  category: 'o.parent IS r.parent',
  value: 'o.dimension IS r.dimension',
};

/** The text or name of a record with these fields; empty if it has none. */
export function rowWords(entity: Entity, row: Readonly<Record<string, Json>>): string {
  if (IN_TEXTS.has(entity)) return anchorWords(row['anchor'] ?? null);
  if (entity === 'translation') return draftWords(row['draft'] ?? null);
  if (entity === 'conversion') return measureWords(row['rule'] ?? null);
  if (entity === 'reference') return measureWords(row['value'] ?? null);
  const named = ['title', 'name', 'label', 'text', 'fileName', 'code', 'comment', 'reason'].map((field) => row[field]);
  const found = named.find((one) => typeof one === 'string' && one !== '');
  return typeof found === 'string' ? cut(found) : '';
}

/** A value as people read it: names instead of ids, a quotation instead of an anchor. */
export const valueWords = (db: Readable, entity: string, field: string, value: Json): string =>
  valueWordsBy((kind, id) => recordWords(db, kind, id), entity, field, value);

/** The same, with `wordsOf` for the names of records. */
export function valueWordsBy(
  wordsOf: (kind: Entity, id: string) => string,
  entity: string,
  field: string,
  value: Json,
): string {
  if (value === null || value === '') return NOTHING;
  if (field === 'deleted') return value === true ? 'In trash' : 'Kept';
  if (fieldOf(entity, field)?.kind === 'ref' && typeof value === 'string') {
    const refers = referredBy(entity, field);
    const named = refers === undefined ? '' : wordsOf(refers, value);
    return named === '' ? value : named;
  }
  const ofRelation =
    entity === 'relation' || entity === 'relationcheck'
      ? relationWords(field, value, (figure) => wordsOf('figure', figure))
      : null;
  if (ofRelation !== null) return cut(ofRelation);
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (field === 'anchor') return anchorWords(value);
  if (field === 'draft') return draftWords(value);
  if (entity === 'figure' || entity === 'figurecheck') return readingWords(field, value) ?? cut(JSON.stringify(value));
  if (entity === 'conversion' || entity === 'reference') return measureWords(value);
  const date = edtfDate.safeParse(value).data;
  if (date !== undefined) return date.implied ? `${date.edtf} (concluded)` : date.edtf;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return cut(value.join(', '));
  return cut(JSON.stringify(value));
}

function anchorWords(value: Json): string {
  const anchor = readAnchor(JSON.stringify(value));
  if (anchor === null) return '';
  return anchor.kind === 'text' ? `“${cut(anchor.exact)}”, page ${anchor.page}` : `An area of page ${anchor.page}`;
}

const draftWords = (value: Json): string => cut(translationDraft.safeParse(value).data?.text ?? '');

/** What a conversion or a reference value says; empty for one that this version does not understand. */
function measureWords(value: Json): string {
  const rule = conversionRule.safeParse(value).data;
  if (rule !== undefined) return cut(`${conversionWords(rule)}${rule.by === '' ? '' : ` (${rule.by})`}`);
  const reference = referenceValue.safeParse(value).data;
  return reference === undefined ? '' : cut(referenceWords(reference));
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // From a damaged file: it has no words.
    return null;
  }
}
