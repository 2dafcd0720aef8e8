import { z } from 'zod';
import { categoryId, commitHash, passageId, personId, projectId, recordId, sha256, sourceId } from '../model/index.ts';
import { call } from './define.ts';
import { trustState } from './people.ts';

/** One of the values that stand against each other. */
export const conflictSide = z.object({
  commit: commitHash,
  /** The field it set: of a deletion and the edits made without knowing of it, they differ. */
  field: z.string(),
  value: z.json(),
  /** The value in words: a category's name instead of its id, a deleted record's last text. */
  text: z.string(),
  deleted: z.boolean(),
  person: z.string(),
  personId: personId.nullable(),
  /** epoch ms */
  at: z.number(),
});
export type ConflictSide = z.infer<typeof conflictSide>;

/**
 * An open conflict. `field`: two values of one field. `deleted`: edited by one, deleted by the other. `tags`: a passage that
 * was retagged by one while another changed its tags. `id` is stable: it is the same on every replica.
 */
export const conflict = z.object({
  id: z.string(),
  kind: z.enum(['field', 'deleted', 'tags']),
  entity: z.string(),
  record: recordId,
  field: z.string(),
  /** Mine is what the acting person last said, else what stands. */
  mine: conflictSide,
  /** The first of `others`. */
  theirs: conflictSide,
  others: z.array(conflictSide).min(1),
  /** Where it is to be seen: at most one of them is null for what hangs on a passage. */
  passage: passageId.nullable(),
  source: sourceId.nullable(),
  category: categoryId.nullable(),
  /** Both can be kept: two memos, two sets of tags, two texts one after the other. */
  canKeepBoth: z.boolean(),
  /** A third value can be written: text fields only. */
  canWrite: z.boolean(),
});
export type Conflict = z.infer<typeof conflict>;

export const keep = z.union([z.enum(['mine', 'theirs', 'both']), z.object({ value: z.json() })]);
export type Keep = z.infer<typeof keep>;

/** How a category of another project finds its place here. `same` was matched by id; `proposed` waits for a yes. */
export const categoryMatch = z.object({
  theirs: z.object({
    id: categoryId,
    code: z.string(),
    name: z.string(),
    definition: z.string(),
    tags: z.number().int(),
  }),
  how: z.enum(['same', 'proposed', 'new']),
  /** Proposed by name and definition together, never by name alone; best first. */
  mine: z.array(z.object({ id: categoryId, code: z.string(), name: z.string(), definition: z.string() })),
});
export type CategoryMatch = z.infer<typeof categoryMatch>;

/** What to bring from another project. */
export const bring = z.object({
  sources: z.array(sourceId).min(1),
  passages: z.boolean().default(true),
  memos: z.boolean().default(true),
  /** Theirs → mine; what is not named comes in as a category of its own. */
  categories: z.record(z.string(), categoryId).default({}),
});
export type Bring = z.infer<typeof bring>;

export const mergePreview = z.object({
  /** `same`: a union of two logs of one project. `other`: another project, of which one chooses what to bring. */
  kind: z.enum(['same', 'other']),
  project: z.object({ id: projectId, title: z.string() }),
  /** Records that come, and records here that get another value. */
  adds: z.number().int(),
  changes: z.number().int(),
  commits: z.object({ added: z.number().int(), known: z.number().int(), supplied: z.number().int() }),
  byKind: z.array(
    z.object({ entity: z.string(), added: z.number().int(), changed: z.number().int(), removed: z.number().int() }),
  ),
  byPerson: z.array(
    z.object({
      person: personId.nullable(),
      name: z.string(),
      fingerprint: z.string(),
      commits: z.number().int(),
      changes: z.number().int(),
      /** epoch ms of the first and last commit */
      from: z.number(),
      to: z.number(),
      isNew: z.boolean(),
      /** What this installation knows of their key, and the fingerprint confirmed under their name where theirs is another: the host adds both. */
      trust: trustState.exactOptional(),
      confirmedFingerprint: z.string().nullable().exactOptional(),
    }),
  ),
  bySource: z.array(
    z.object({
      source: sourceId,
      title: z.string(),
      isNew: z.boolean(),
      passages: z.number().int(),
      tags: z.number().int(),
    }),
  ),
  byCategory: z.array(
    z.object({ category: categoryId, code: z.string(), name: z.string(), colour: z.string(), tags: z.number().int() }),
  ),
  /** The first 1,000 that this merge opens; those open already are not among them. */
  conflicts: z.array(conflict),
  /** All that this merge opens. */
  conflictsTotal: z.number().int(),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
  /** Commits that take other people's work back: named, since they would do so here too. */
  takeBacks: z.array(z.object({ commit: commitHash, label: z.string(), person: z.string(), at: z.number() })),
  /** Commits more than a day ahead of this machine's clock. */
  ahead: z.array(z.object({ commit: commitHash, person: z.string(), at: z.number() })),
  /** Files that come along; `missing` are named in the log and lie in neither. */
  files: z.object({
    originals: z.number().int(),
    layers: z.number().int(),
    bytes: z.number(),
    missing: z.array(sha256),
  }),
  /** This was merged before and taken back: merging again can restore it. */
  takenBack: z.string().nullable(),
  /** Only of another project. */
  other: z
    .object({
      sources: z.array(
        z.object({
          id: sourceId,
          title: z.string(),
          isHere: z.boolean(),
          passages: z.number().int(),
          tags: z.number().int(),
        }),
      ),
      categories: z.array(categoryMatch),
    })
    .nullable(),
});
export type MergePreview = z.infer<typeof mergePreview>;

/** A record that a merge brings, changes or removes, as people read it. */
export const comingItem = z.object({
  entity: z.string(),
  record: recordId,
  how: z.enum(['added', 'changed', 'removed']),
  /** What it says or is called: a quotation, a text, a name. */
  words: z.string(),
  /** Of a change: what is here now, and what it would be. */
  fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  /** Of a tag: its category as it would be. */
  tag: z.object({ category: categoryId.nullable(), code: z.string(), name: z.string(), colour: z.string() }).nullable(),
  /** What it hangs on: the passage with its quotation, and the source. */
  passage: passageId.nullable(),
  quote: z.string(),
  source: sourceId.nullable(),
  sourceTitle: z.string(),
  /** Who said it last, when (epoch ms), and what the action was called. */
  person: z.string(),
  at: z.number(),
  label: z.string(),
});
export type ComingItem = z.infer<typeof comingItem>;

/** Which of them: all, those of one kind, person or source, the tags of one category. */
export const comingFilter = z.object({
  kind: z.string().exactOptional(),
  how: z.enum(['added', 'changed', 'removed']).exactOptional(),
  person: personId.exactOptional(),
  source: sourceId.exactOptional(),
  category: categoryId.exactOptional(),
});
export type ComingFilter = z.infer<typeof comingFilter>;

export const mergeReport = mergePreview
  .pick({ adds: true, changes: true, commits: true, conflicts: true, conflictsTotal: true, refused: true })
  .extend({
    /** Names this merge in `merge.list`; null where nothing came. What was brought of another project is one commit, which undo takes back, too. */
    id: z.string().nullable(),
    restored: z.boolean(),
  });
export type MergeReport = z.infer<typeof mergeReport>;

export const mergeProgress = z.object({
  phase: z.enum(['opening', 'commits', 'records', 'files', 'done']),
  done: z.number().int(),
  /** 0 while it is not known. */
  total: z.number().int(),
});

export const madeMerge = z.object({
  id: z.string(),
  at: z.number(),
  /** The file's or folder's name, without its path. */
  from: z.string(),
  commits: z.number().int(),
  changes: z.number().int(),
  people: z.array(z.string()),
  takenBack: z.boolean(),
});

/** A project file (sealed or not) or another project's folder; `passphrase` or `identity` (`AGE-SECRET-KEY-1…`, one a line) open a sealed one. */
const from = z.object({
  path: z.string().min(1),
  passphrase: z.string().exactOptional(),
  identity: z.string().exactOptional(),
});

export const merge = {
  /**
   * Writes nothing. `bring` (of another project) counts what that choice comes to; without it, all there is. CANCELLED,
   * NOT_A_PROJECT, DAMAGED, PASSWORD_NEEDED, PASSWORD_WRONG.
   */
  'merge.preview': call('program', from.extend({ bring: bring.exactOptional() }), mergePreview),
  /**
   * What the last preview of this project's own log would bring, item by item, each once; `after` is the `next` of the page
   * before. A page may be short, or empty, though there are more. NOT_FOUND where nothing was looked at, or it was merged since.
   */
  'merge.items': call(
    'read',
    comingFilter.extend({
      after: z.number().int().default(Number.MIN_SAFE_INTEGER),
      limit: z.number().int().min(1).max(200).default(60),
    }),
    z.object({ items: z.array(comingItem), next: z.number().int().nullable() }),
  ),
  /** One step; NOT_ALLOWED for a blind coder's work that is not finished. `restore` brings back what was taken back. */
  'merge.apply': call(
    'program',
    from.extend({ restore: z.boolean().default(false), bring: bring.exactOptional() }),
    mergeReport,
  ),
  /** What is open, page by page. `limit` 0 only counts; `after` is the `next` of the page before. */
  'merge.conflicts': call(
    'read',
    z.object({
      limit: z.number().int().min(0).max(1000).default(1000),
      after: z.string().exactOptional(),
      /** Only those whose id begins so. */
      startsWith: z.string().exactOptional(),
    }),
    z.object({
      conflicts: z.array(conflict),
      /** All that fit, on whatever page. */
      total: z.number().int(),
      next: z.string().nullable(),
    }),
  ),
  /** NOT_FOUND where it is closed already. */
  'merge.resolve': call('write', z.object({ conflict: z.string(), keep }), z.object({})),
  /** Newest first. Kept in this folder alone: it is nothing anybody wrote. */
  'merge.list': call('read', z.object({}), z.object({ merges: z.array(madeMerge) })),
  /** A commit that restores each field; what was changed or built upon since is left and named. The log keeps the merge. */
  'merge.takeBack': call(
    'write',
    z.object({ id: z.string() }),
    z.object({
      left: z.array(z.object({ entity: z.string(), id: recordId, field: z.string(), why: z.string() })),
    }),
  ),
  'merge.restore': call('write', z.object({ id: z.string() }), z.object({})),
};
