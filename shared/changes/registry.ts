/**
 * What the log can say: each entity with its fields and their kinds. From this one table come the projections,
 * validation and undo. A log cannot be changed later: fields are added, never renamed, and their kind never changes.
 * Entities and fields this version does not know stay in the log and are carried along.
 */
export type FieldKind = 'text' | 'int' | 'bool' | 'ref' | 'json';

export const REGISTRY = {
  project: { title: 'text', codebookTitle: 'text', codebookVersion: 'text', deleted: 'bool' },
  /** `roles` is a JSON list of ROLES (shared/model/review.ts). */
  person: { name: 'text', key: 'text', roles: 'json', deleted: 'bool' },
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
   * text to another text. `origin` is the passage of an older version that this one was carried over from. `state` is its
   * review state (absent: draft); the review record of the same commit says by whom and on what ground. `tagsDecided` is
   * set by whoever settles what two people made of its tags without knowing of each other.
   */
  passage: {
    source: 'ref',
    layer: 'ref',
    anchor: 'json',
    person: 'ref',
    origin: 'ref',
    state: 'text',
    tagsDecided: 'json',
    deleted: 'bool',
  },
  /** `confirmed` is set by its person when the category's definition has changed since: the digest of the one it now stands under. */
  tag: { passage: 'ref', category: 'ref', person: 'ref', confirmed: 'text', deleted: 'bool' },
  setting: { passage: 'ref', dimension: 'ref', value: 'ref', person: 'ref', deleted: 'bool' },
  /** `targetKind` is passage | category | source | project. */
  memo: { targetKind: 'text', target: 'ref', text: 'text', person: 'ref', deleted: 'bool' },
  /**
   * One move of a passage through the review. `basis` is what was looked at (shared/review/basis.ts): what differs from it later
   * reopens. `confirmed`: of a second coding, the tags of others that its person confirms in their own name, as [category, person].
   */
  review: {
    passage: 'ref',
    state: 'text',
    comment: 'text',
    basis: 'json',
    confirmed: 'json',
    person: 'ref',
    deleted: 'bool',
  },
  /**
   * One a passage and language; its id derives from both, so that two people's are a conflict and not a double. `draft` is
   * one register: {text, person, method}, or a merge could put one person's name under another's words.
   */
  translation: { passage: 'ref', language: 'text', draft: 'json', deleted: 'bool' },
  /** `parent` is the first comment of its thread; `mentions` a JSON list of roles and person ids; `resolved` stands on the first. */
  comment: {
    passage: 'ref',
    parent: 'ref',
    text: 'text',
    mentions: 'json',
    person: 'ref',
    resolved: 'bool',
    deleted: 'bool',
  },
  /**
   * A sample somebody else codes blind. `sample` is the list of its units as places in text layers; `codebook` the digest of
   * the codebook in force. The two flags say who has finished; until both have, the coder's work is not merged.
   */
  assignment: {
    name: 'text',
    coder: 'ref',
    coderName: 'text',
    person: 'ref',
    unit: 'text',
    sample: 'json',
    seed: 'int',
    codebook: 'text',
    leadDone: 'bool',
    coderDone: 'bool',
    deleted: 'bool',
  },
  /** What was decided where coders differ: `categories` is final, `compared` what each had given. Their tags stay. */
  adjudication: {
    passage: 'ref',
    categories: 'json',
    compared: 'json',
    reason: 'text',
    person: 'ref',
    deleted: 'bool',
  },
  /** A named state: `heads` are the commits it is the sum of, `state` the SHA-256 of all records as they then were. */
  snapshot: { name: 'text', heads: 'json', state: 'text', person: 'ref', deleted: 'bool' },
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
  { child: 'review', field: 'passage', parent: 'passage' },
  { child: 'translation', field: 'passage', parent: 'passage' },
  { child: 'comment', field: 'passage', parent: 'passage' },
  { child: 'comment', field: 'parent', parent: 'comment' },
  { child: 'adjudication', field: 'passage', parent: 'passage' },
  { child: 'memo', field: 'target', parent: 'passage' },
  { child: 'memo', field: 'target', parent: 'category' },
  { child: 'memo', field: 'target', parent: 'source' },
];
