/**
 * What the log can say: each entity with its fields and their kinds. From this one table come the projections,
 * validation and undo. A log cannot be changed later: fields are added, never renamed, and their kind never changes.
 * Entities and fields this version does not know stay in the log and are carried along.
 */
export type FieldKind = 'text' | 'int' | 'bool' | 'ref' | 'json';

export const REGISTRY = {
  project: { title: 'text', codebookTitle: 'text', codebookVersion: 'text', deleted: 'bool' },
  person: { name: 'text', key: 'text', deleted: 'bool' },
  source: {
    kind: 'text',
    fileName: 'text',
    sha256: 'text',
    bytes: 'int',
    mediaType: 'text',
    prefilled: 'json',
    title: 'text',
    author: 'text',
    publisher: 'text',
    language: 'text',
    documentType: 'text',
    grade: 'text',
    gradeReason: 'text',
    captureUrl: 'text',
    captureTime: 'text',
    captureTool: 'text',
    captureCollector: 'text',
    captureMethod: 'text',
    captureArchiveLink: 'text',
    dateOfAct: 'json',
    dateOfDocument: 'json',
    dateOfPublication: 'json',
    dateOfCapture: 'json',
    layer: 'ref',
    archive: 'json',
    parts: 'json',
    content: 'text',
    captureStatus: 'int',
    captureRedirects: 'json',
    replaces: 'ref',
    deleted: 'bool',
  },
  layer: {
    source: 'ref',
    engine: 'text',
    version: 'text',
    sha256: 'text',
    frozen: 'text',
    length: 'int',
    pageCount: 'int',
    hasText: 'bool',
    notes: 'json',
    options: 'json',
    deleted: 'bool',
  },
  category: {
    code: 'text',
    parent: 'ref',
    name: 'text',
    definition: 'text',
    include: 'text',
    exclude: 'text',
    termsZh: 'json',
    termsEn: 'json',
    colour: 'text',
    position: 'int',
    shortcut: 'text',
    mergedInto: 'ref',
    archived: 'bool',
    deleted: 'bool',
  },
  dimension: { code: 'text', name: 'text', single: 'bool', on: 'text', note: 'text', position: 'int', deleted: 'bool' },
  value: {
    dimension: 'ref',
    code: 'text',
    label: 'text',
    note: 'text',
    names: 'json',
    parent: 'ref',
    position: 'int',
    deleted: 'bool',
  },
  /**
   * `anchor` is one register: no merge may join one person's start to another's end. `page`, `start` and `end` are read out
   * of it, and so is the layer it lies on once it was moved to a newer one (`onLayer`): else a merge could join a place on one
   * text to another text. `origin` is the passage of an older version that this one was carried over from.
   */
  passage: { source: 'ref', layer: 'ref', anchor: 'json', person: 'ref', origin: 'ref', deleted: 'bool' },
  tag: { passage: 'ref', category: 'ref', person: 'ref', deleted: 'bool' },
  setting: { passage: 'ref', dimension: 'ref', value: 'ref', person: 'ref', deleted: 'bool' },
  /** `targetKind` is passage | category | source | project. */
  memo: { targetKind: 'text', target: 'ref', text: 'text', person: 'ref', deleted: 'bool' },
} as const satisfies Record<string, Record<string, FieldKind>>;

export type Entity = keyof typeof REGISTRY;
export type FieldOf<E extends Entity> = keyof (typeof REGISTRY)[E] & string;

/** Who hangs on whom: an undo that would pull the ground from under somebody's work leaves it and says so. */
export const PARENTS: readonly { readonly child: Entity; readonly field: string; readonly parent: Entity }[] = [
  { child: 'layer', field: 'source', parent: 'source' },
  { child: 'category', field: 'parent', parent: 'category' },
  { child: 'category', field: 'mergedInto', parent: 'category' },
  { child: 'value', field: 'dimension', parent: 'dimension' },
  { child: 'passage', field: 'source', parent: 'source' },
  { child: 'passage', field: 'layer', parent: 'layer' },
  { child: 'tag', field: 'passage', parent: 'passage' },
  { child: 'tag', field: 'category', parent: 'category' },
  { child: 'setting', field: 'passage', parent: 'passage' },
  { child: 'setting', field: 'value', parent: 'value' },
  { child: 'memo', field: 'target', parent: 'passage' },
  { child: 'memo', field: 'target', parent: 'category' },
  { child: 'memo', field: 'target', parent: 'source' },
];
