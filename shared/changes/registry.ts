import { sha256 } from '../model/ids.ts';
import { anchor, archivePage, originalPart, redirect, sourceKind, sourceRecord } from '../model/records.ts';
import { CLAIMS } from './claim-fields.ts';
import { MASKS } from './mask-fields.ts';
import { MEASURES } from './measure-fields.ts';
import { deleted, onPassage, person } from './common-fields.ts';
import { DOSSIERS } from './dossier-fields.ts';
import { FIGURES } from './figure-fields.ts';
import { RELATIONS } from './relation-fields.ts';
import { DRAFTS } from './draft-fields.ts';
import type { Entity, Field } from './kinds.ts';
import { copyVerdict } from '../model/copies.ts';
import { reviewState, role, translationDraft } from '../model/review.ts';
import { suggestionPlace, suggestionSureness, verdict } from '../model/suggestion.ts';
import { TIMESTAMPS } from './timestamp-fields.ts';
import { VIEWS } from './view-fields.ts';

/** Required for sources and passages, since most copies are made of them. */
type Said = Field & Required<Pick<Field, 'withheld'>>;
type Registry = Readonly<Record<Entity, Readonly<Record<string, Field>>>> & {
  readonly source: Readonly<Record<string, Said>>;
  readonly passage: Readonly<Record<string, Said>>;
};

/** In every copy. */
const NOWHERE = [] as const;
/** Conclusions and remarks of analysts, which a blind coder must not see. */
const CODER = ['coder'] as const;
/** Depends on the work of everyone in this project. */
const HERE = ['coder', 'people', 'project'] as const;

const record = sourceRecord.shape;
const capture = record.capture.shape;

/**
 * What the log can say: each kind of record with its fields, and every fact about a field. The projections, validation,
 * undo, merging, exports and the names that people read come from this one table.
 * A log cannot be changed later: fields are added, never renamed, and their kind never changes. Records and fields that
 * this version does not know stay in the log and are carried along. How to add a field: docs/architecture.md.
 */
export const REGISTRY = {
  project: {
    title: { kind: 'text', name: 'Title', writable: true },
    codebookTitle: { kind: 'text', name: 'Codebook title', writable: true },
    codebookVersion: { kind: 'text', name: 'Codebook version', writable: true },
    deleted,
  },
  person: {
    name: { kind: 'text', name: 'Name', writable: true, required: true },
    key: { kind: 'text', name: 'Key' },
    roles: { kind: 'json', name: 'Roles', schema: role.array() },
    deleted,
  },
  source: {
    kind: { kind: 'text', name: 'Kind', withheld: NOWHERE, schema: sourceKind },
    fileName: { kind: 'text', name: 'File name', withheld: NOWHERE, cited: true },
    sha256: { kind: 'text', name: 'SHA-256', withheld: NOWHERE, cited: true, file: 'original', schema: sha256 },
    bytes: { kind: 'int', name: 'Size', withheld: NOWHERE },
    mediaType: { kind: 'text', name: 'Media type', withheld: NOWHERE },
    prefilled: { kind: 'json', name: 'Details from the file', withheld: NOWHERE },
    title: { kind: 'text', name: 'Title', withheld: NOWHERE, writable: true, cited: true, schema: record.title },
    author: { kind: 'text', name: 'Author', withheld: NOWHERE, writable: true, cited: true, schema: record.author },
    publisher: {
      kind: 'text',
      name: 'Publisher',
      withheld: NOWHERE,
      writable: true,
      cited: true,
      schema: record.publisher,
    },
    language: {
      kind: 'text',
      name: 'Language',
      withheld: NOWHERE,
      writable: true,
      cited: true,
      schema: record.language,
    },
    documentType: { kind: 'text', name: 'Type', withheld: NOWHERE, cited: true, schema: record.documentType },
    grade: { kind: 'text', name: 'Source reliability', withheld: CODER, schema: record.grade },
    gradeReason: {
      kind: 'text',
      name: 'Reason for reliability',
      withheld: CODER,
      writable: true,
      keepBoth: 'text',
      schema: record.gradeReason,
    },
    captureUrl: { kind: 'text', name: 'Address', withheld: NOWHERE, writable: true, cited: true, schema: capture.url },
    captureTime: {
      kind: 'text',
      name: 'Capture time',
      withheld: NOWHERE,
      writable: true,
      cited: true,
      schema: capture.time,
    },
    captureTool: {
      kind: 'text',
      name: 'Capture tool',
      withheld: NOWHERE,
      writable: true,
      cited: true,
      schema: capture.tool,
    },
    captureCollector: {
      kind: 'text',
      name: 'Collector',
      withheld: ['coder', 'pseudonyms'],
      writable: true,
      schema: capture.collector,
    },
    captureMethod: { kind: 'text', name: 'Capture method', withheld: NOWHERE, writable: true, schema: capture.method },
    captureArchiveLink: {
      kind: 'text',
      name: 'Archive link',
      withheld: NOWHERE,
      writable: true,
      cited: true,
      schema: capture.archiveLink,
    },
    dateOfAct: { kind: 'json', name: 'Date of act', withheld: NOWHERE, cited: true, schema: record.dateOfAct },
    dateOfDocument: {
      kind: 'json',
      name: 'Date of document',
      withheld: NOWHERE,
      cited: true,
      schema: record.dateOfDocument,
    },
    dateOfPublication: {
      kind: 'json',
      name: 'Date of publication',
      withheld: NOWHERE,
      cited: true,
      schema: record.dateOfPublication,
    },
    dateOfCapture: {
      kind: 'json',
      name: 'Date of capture',
      withheld: NOWHERE,
      cited: true,
      schema: record.dateOfCapture,
    },
    layer: { kind: 'ref', name: 'Text layer', to: ['layer'], withheld: NOWHERE },
    archive: { kind: 'json', name: 'Archive', withheld: NOWHERE, scrub: 'never', schema: archivePage },
    parts: {
      kind: 'json',
      name: 'Files',
      withheld: NOWHERE,
      scrub: 'never',
      file: 'original',
      schema: originalPart.array(),
    },
    content: { kind: 'text', name: 'Content', withheld: NOWHERE, file: 'layer', schema: sha256 },
    captureStatus: { kind: 'int', name: 'Status', withheld: NOWHERE },
    captureRedirects: { kind: 'json', name: 'Redirects', withheld: NOWHERE, schema: redirect.array() },
    replaces: { kind: 'ref', name: 'Older version', to: ['source'], withheld: CODER },
    deleted: { ...deleted, withheld: NOWHERE },
  },
  layer: {
    source: { kind: 'ref', name: 'Source', to: ['source'], depends: true },
    engine: { kind: 'text', name: 'Engine' },
    version: { kind: 'text', name: 'Version' },
    sha256: { kind: 'text', name: 'SHA-256', file: 'layer', schema: sha256 },
    frozen: { kind: 'text', name: 'Frozen page', file: 'layer', schema: sha256 },
    length: { kind: 'int', name: 'Length' },
    pageCount: { kind: 'int', name: 'Pages' },
    hasText: { kind: 'bool', name: 'Has text' },
    notes: { kind: 'json', name: 'Notes' },
    options: { kind: 'json', name: 'Options' },
    deleted,
  },
  category: {
    code: { kind: 'text', name: 'Code' },
    parent: { kind: 'ref', name: 'Parent', to: ['category'], depends: true },
    name: { kind: 'text', name: 'Name', writable: true, required: true, defines: true },
    definition: { kind: 'text', name: 'Definition', writable: true, keepBoth: 'text', defines: true },
    include: { kind: 'text', name: 'Include', writable: true, keepBoth: 'text', defines: true },
    exclude: { kind: 'text', name: 'Exclude', writable: true, keepBoth: 'text', defines: true },
    termsZh: { kind: 'json', name: 'Chinese terms' },
    termsEn: { kind: 'json', name: 'English terms' },
    colour: { kind: 'text', name: 'Colour' },
    position: { kind: 'int', name: 'Order' },
    shortcut: { kind: 'text', name: 'Shortcut' },
    mergedInto: { kind: 'ref', name: 'Merge target', to: ['category'], depends: true },
    archived: { kind: 'bool', name: 'Archived state' },
    deleted,
  },
  dimension: {
    code: { kind: 'text', name: 'Code' },
    name: { kind: 'text', name: 'Name', writable: true, required: true },
    single: { kind: 'bool', name: 'One value only' },
    /** `source` or `passage`. */
    on: { kind: 'text', name: 'Used for' },
    note: { kind: 'text', name: 'Note', writable: true, keepBoth: 'text' },
    position: { kind: 'int', name: 'Order' },
    deleted,
  },
  value: {
    dimension: { kind: 'ref', name: 'Dimension', to: ['dimension'], depends: true },
    code: { kind: 'text', name: 'Code' },
    label: { kind: 'text', name: 'Label', writable: true },
    note: { kind: 'text', name: 'Note', writable: true, keepBoth: 'text' },
    names: { kind: 'json', name: 'Other names' },
    parent: { kind: 'ref', name: 'Parent', to: ['value'] },
    position: { kind: 'int', name: 'Order' },
    deleted,
  },
  passage: {
    source: { kind: 'ref', name: 'Source', to: ['source'], depends: true, withheld: NOWHERE },
    layer: { kind: 'ref', name: 'Text layer', to: ['layer'], depends: true, withheld: NOWHERE },
    /**
     * One value: no merge may join one person's start to another's end. The projection reads `page`, `start` and `end` out of
     * it, and `onLayer`, the newer layer it may have been moved to: else a merge could join a place on one text to another.
     */
    anchor: { kind: 'json', name: 'Location', withheld: NOWHERE, scrub: 'never', schema: anchor },
    person: { ...person, withheld: NOWHERE },
    /** The passage of an older version that this one was carried over from. */
    origin: { kind: 'ref', name: 'Carried over from', to: ['passage'], withheld: CODER },
    /** Its review state; absent: draft. The review record of the same commit says by whom and on what basis. */
    state: { kind: 'text', name: 'State', withheld: HERE, schema: reviewState },
    /** The search that it was a hit of. It can name people, in any spelling. */
    query: { kind: 'text', name: 'Found by', withheld: ['coder', 'pseudonyms'] },
    /** Set when a person resolves a conflict between two people's changes of its tags. */
    tagsDecided: { kind: 'json', name: 'Tags', withheld: HERE },
    deleted: { ...deleted, withheld: CODER },
  },
  tag: {
    passage: onPassage,
    category: { kind: 'ref', name: 'Category', to: ['category'], depends: true, keepBoth: 'record' },
    person,
    /** Set when its person confirms the tag after the category's definition changed: the digest of the new definition. */
    confirmed: { kind: 'text', name: 'Confirmation', withheld: ['project'] },
    deleted,
  },
  setting: {
    passage: onPassage,
    dimension: { kind: 'ref', name: 'Dimension', to: ['dimension'] },
    value: { kind: 'ref', name: 'Value', to: ['value'], depends: true },
    person,
    deleted,
  },
  memo: {
    /** `passage`, `category`, `source` or `project`. */
    targetKind: { kind: 'text', name: 'Attached to a' },
    target: { kind: 'ref', name: 'Attached to', to: ['passage', 'category', 'source', 'project'], depends: true },
    text: { kind: 'text', name: 'Text', writable: true, keepBoth: 'record', required: true, scrub: 'parts' },
    person,
    deleted,
  },
  /** One move of a passage through the review. */
  review: {
    passage: onPassage,
    state: { kind: 'text', name: 'State', schema: reviewState },
    comment: { kind: 'text', name: 'Comment', scrub: 'parts' },
    /** What was reviewed (shared/review/basis.ts): a later difference reopens it. */
    basis: { kind: 'json', name: 'What was reviewed' },
    /** Of a second coding, the tags of others that its person confirms in their own name, as [category, person]. */
    confirmed: { kind: 'json', name: 'Confirmation' },
    person,
    deleted,
  },
  /** One for a passage and language. Its id derives from both, so that two people's translations are a conflict in one record. */
  translation: {
    passage: onPassage,
    language: { kind: 'text', name: 'Language' },
    /** One value: otherwise a merge could join one person's name to another's text. */
    draft: { kind: 'json', name: 'Text', writable: true, schema: translationDraft },
    deleted,
  },
  comment: {
    passage: onPassage,
    /** The first comment of its thread. */
    parent: { kind: 'ref', name: 'Parent', to: ['comment'], depends: true },
    text: { kind: 'text', name: 'Text', writable: true, keepBoth: 'text', required: true, scrub: 'parts' },
    /** Roles and ids of people. */
    mentions: { kind: 'json', name: 'Mentions' },
    person,
    /** Only of the first comment of a thread. */
    resolved: { kind: 'bool', name: 'Resolved state' },
    deleted,
  },
  /** A sample that someone else codes blind. The coder's work is not merged until both have finished. */
  assignment: {
    name: { kind: 'text', name: 'Name', writable: true, required: true },
    coder: { kind: 'ref', name: 'Coder', to: ['person'] },
    coderName: { kind: 'text', name: 'Coder’s name' },
    person,
    unit: { kind: 'text', name: 'Unit' },
    /** Its units as places in text layers. */
    sample: { kind: 'json', name: 'Sample' },
    seed: { kind: 'int', name: 'Seed' },
    /** The digest of the codebook in force. */
    codebook: { kind: 'text', name: 'Codebook' },
    leadDone: { kind: 'bool', name: 'Lead’s completion' },
    coderDone: { kind: 'bool', name: 'Coder’s completion' },
    deleted,
  },
  /** A decision where coders differ. Their tags stay. */
  adjudication: {
    passage: onPassage,
    /** The final categories. */
    categories: { kind: 'json', name: 'Categories' },
    /** The categories of each coder. */
    compared: { kind: 'json', name: 'Coding compared' },
    reason: { kind: 'text', name: 'Reason', scrub: 'parts' },
    person,
    deleted,
  },
  /** A named group of sources. Not in blind copies: its name may be a conclusion. */
  collection: {
    name: { kind: 'text', name: 'Name', writable: true, required: true },
    deleted,
  },
  /** That a source is in a collection. */
  membership: {
    collection: { kind: 'ref', name: 'Collection', to: ['collection'], depends: true },
    source: { kind: 'ref', name: 'Source', to: ['source'], depends: true },
    deleted,
  },
  /** A place that the team adds to the gazetteer. Its parent may be one of the gazetteer’s, which are no records: so no reference. */
  place: {
    name: { kind: 'text', name: 'Name', writable: true, required: true },
    parent: { kind: 'text', name: 'Located in', scrub: 'never' },
    kind: { kind: 'text', name: 'Kind', scrub: 'never' },
    deleted,
  },
  /** A further name of a place of the gazetteer or of the team. A newer gazetteer may know a place that this one does not. */
  placename: {
    place: { kind: 'text', name: 'Place', scrub: 'never' },
    text: { kind: 'text', name: 'Name', writable: true, required: true },
    deleted,
  },
  /** What a person decided that a name means in a source, one record a name and source: a place’s id as above, or empty for none. */
  placechoice: {
    source: { kind: 'ref', name: 'Source', to: ['source'], depends: true },
    text: { kind: 'text', name: 'Name', scrub: 'never' },
    place: { kind: 'text', name: 'Place', scrub: 'never' },
    person,
    deleted,
  },
  /** Its signer compared a person's fingerprint with them; of a record that several people changed, what its first signer says counts. */
  confirmation: {
    confirmed: { kind: 'ref', name: 'Person', to: ['person'] },
    deleted,
  },
  /**
   * What a person decided of a term of the codebook that was suggested in a source. One that nobody decided leaves nothing here.
   * A rejection holds at its place; `never` holds in the whole source, and has none.
   */
  suggestion: {
    source: { kind: 'ref', name: 'Source', to: ['source'], depends: true },
    layer: { kind: 'ref', name: 'Text layer', to: ['layer'] },
    /** UTF-16 code units of the layer's text, `[start, end]`. */
    place: { kind: 'json', name: 'Location', schema: suggestionPlace },
    /** As the codebook wrote it then. */
    term: { kind: 'text', name: 'Term', scrub: 'never' },
    /** Of one learned from tags, instead of a term: the SHA-256 of what was learned, and how sure it was, in percent. */
    model: { kind: 'text', name: 'Learned model', schema: sha256, scrub: 'never' },
    sure: { kind: 'int', name: 'Sureness', schema: suggestionSureness },
    category: { kind: 'ref', name: 'Category', to: ['category'] },
    verdict: { kind: 'text', name: 'Decision', schema: verdict },
    /** What an accepted one became. */
    passage: { kind: 'ref', name: 'Passage', to: ['passage'] },
    person,
    deleted,
  },
  /**
   * What a person decided of two sources: copies of one text, or not. Its id derives from both, so that two people who decide of the same
   * two have a conflict in one record if they differ. It has no person: two who agree would differ in that. What is a copy of a copy is a copy (shared/copies/groups.ts).
   */
  copy: {
    one: { kind: 'ref', name: 'Source', to: ['source'], depends: true },
    other: { kind: 'ref', name: 'Other source', to: ['source'], depends: true },
    verdict: { kind: 'text', name: 'Decision', schema: copyVerdict },
    /** The source that the text is from, in every copy of its group. Absent: it is unknown or not in the project. */
    origin: { kind: 'ref', name: 'Origin', to: ['source'] },
    deleted,
  },
  ...VIEWS,
  /** A named state. */
  snapshot: {
    name: { kind: 'text', name: 'Name', writable: true, required: true },
    /** The newest commits it includes. */
    heads: { kind: 'json', name: 'Edits included' },
    /** The SHA-256 of all records in that state. */
    state: { kind: 'text', name: 'State' },
    person,
    deleted,
  },
  ...TIMESTAMPS,
  ...CLAIMS,
  ...MASKS,
  ...MEASURES,
  ...DOSSIERS,
  ...FIGURES,
  ...RELATIONS,
  ...DRAFTS,
} as const satisfies Registry;
