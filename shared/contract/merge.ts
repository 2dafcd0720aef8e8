import { z } from 'zod';
import { categoryId, commitHash, passageId, personId, projectId, recordId, sha256, sourceId } from '../model/index.ts';
import { changedConclusion } from './conclusions.ts';
import { call } from './define.ts';
import { trustState } from './people.ts';
import { verifyFailure } from './project.ts';

/** One of the values in a conflict. */
export const conflictSide = z.object({
  commit: commitHash,
  /** The field it set. In a conflict between a deletion and edits, the sides' fields differ. */
  field: z.string(),
  value: z.json(),
  /** The value as people read it: a category's name instead of its id, the last text of a deleted record. */
  text: z.string(),
  deleted: z.boolean(),
  /** Whether it is what the project has now; of several tags or values, whether all of the side's are there. */
  inForce: z.boolean(),
  person: z.string(),
  personId: personId.nullable(),
  /** epoch ms */
  at: z.number(),
});
export type ConflictSide = z.infer<typeof conflictSide>;

/**
 * An open conflict. `field`: concurrent values of one field. `deleted`: one person edited a record or worked on it, another moved
 * it to the trash. `tags`: one person removed a tag of a passage while another changed its tags. `choice`: several
 * people chose different values of a dimension that takes only one. `decision`: several decided differently where coders differ.
 * `id` is the same on every replica.
 */
export const conflict = z.object({
  id: z.string(),
  kind: z.enum(['field', 'deleted', 'tags', 'choice', 'decision']),
  /** What it is about, in words: the category's name, the passage's words, the dimension. */
  about: z.string(),
  entity: z.string(),
  record: recordId,
  field: z.string(),
  /** The acting person's last value; else the last written in this folder; else the first that was merged. */
  mine: conflictSide,
  /** The first of `others`. */
  incoming: conflictSide,
  others: z.array(conflictSide).min(1),
  /** Where to show it. What belongs to a passage has its passage and source. */
  passage: passageId.nullable(),
  source: sourceId.nullable(),
  category: categoryId.nullable(),
  /** Both can be kept: as two memos, as all tags, or as one text after the other. */
  canKeepBoth: z.boolean(),
  /** Another value can be entered: text fields only. */
  canWrite: z.boolean(),
});
export type Conflict = z.infer<typeof conflict>;

export const keep = z.union([z.enum(['mine', 'incoming', 'both']), z.object({ value: z.json() })]);
export type Keep = z.infer<typeof keep>;

/** How a category of another project matches one here. `same`: they have one id. `proposed`: a person has to confirm. */
export const categoryMatch = z.object({
  incoming: z.object({
    id: categoryId,
    code: z.string(),
    name: z.string(),
    definition: z.string(),
    tags: z.number().int(),
  }),
  how: z.enum(['same', 'proposed', 'new']),
  /** Proposed when both name and definition are similar, never by name alone; best first. */
  mine: z.array(z.object({ id: categoryId, code: z.string(), name: z.string(), definition: z.string() })),
});
export type CategoryMatch = z.infer<typeof categoryMatch>;

/** What to add from another project. */
export const sourcesToAdd = z.object({
  sources: z.array(sourceId).min(1),
  passages: z.boolean().default(true),
  memos: z.boolean().default(true),
  /** Category there → category here. One that is not named is added as new. */
  categories: z.record(z.string(), categoryId).default({}),
});
export type SourcesToAdd = z.infer<typeof sourcesToAdd>;

const category = z.object({ id: categoryId, code: z.string(), name: z.string() });
/** Tags that stayed with a category that someone else merged, split or archived, not knowing of them. */
export const leftTags = z.object({
  category,
  how: z.enum(['merged', 'split', 'archived']),
  /** Where they can go: what it was merged into (none if that is not in use), or the categories it was split into. */
  into: z.array(category),
  /** Who merged, split or archived it, and when (epoch ms). */
  by: z.string(),
  at: z.number(),
  /** Whose tags they are. */
  people: z.array(z.string()),
  tags: z.number().int(),
  passages: z.number().int(),
});
export type LeftTags = z.infer<typeof leftTags>;

export const mergePreview = z.object({
  /** `same`: the union of two logs of one project. `other`: a different project, from which a person chooses sources to add. */
  kind: z.enum(['same', 'other']),
  project: z.object({ id: projectId, title: z.string() }),
  /** Records that are added, and records here that change. */
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
      /** Added by the host: what this installation knows of their key, and if they sign with a different one, the fingerprint that was confirmed. */
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
  /** The first 1,000 that this merge opens, without those that are open already. */
  conflicts: z.array(conflict),
  /** All that this merge opens. */
  conflictsTotal: z.number().int(),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
  /** Commits that undo other people's work, and would undo it here too. */
  undos: z.array(z.object({ commit: commitHash, label: z.string(), person: z.string(), at: z.number() })),
  /** Commits more than a day ahead of this machine's clock. */
  ahead: z.array(z.object({ commit: commitHash, person: z.string(), at: z.number() })),
  /** Commits dated more than a day before one that they follow. */
  early: z.array(z.object({ commit: commitHash, person: z.string(), at: z.number() })),
  /**
   * Work in the name of people who did not sign it, by commit. `forged`: nothing in the log explains it, and `verify` fails on it;
   * the others were added from another project, resolved a conflict, or lack what would explain them. `restored`: the person
   * named signed it, and removed it; someone else restored it.
   */
  byOthers: z.array(
    z.object({
      kind: z.string(),
      commit: commitHash,
      /** Who signed it. */
      person: z.string(),
      records: z.number().int(),
      forged: z.boolean(),
      restored: z.boolean(),
      message: z.string(),
    }),
  ),
  /**
   * Sources given another original, and layers given another text, than their ids derive from; passages and figures whose words aren’t in
   * a text that is here, or that the merge brings: `verify` fails on them.
   */
  replaced: z.array(
    z.object({
      entity: z.enum(['source', 'layer', 'passage', 'figure']),
      source: sourceId,
      title: z.string(),
      commit: commitHash,
      /** Who signed it. */
      person: z.string(),
      message: z.string(),
    }),
  ),
  /** What in the project file or folder isn’t what its signed log says: it was changed after it was written. None of it is merged. */
  edited: z.array(verifyFailure),
  /** Passages that someone other than their person moved to other words. */
  moved: z.array(
    z.object({
      passage: passageId,
      commit: commitHash,
      /** Whose passage it is, and who moved it. */
      person: z.string(),
      by: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  /** What the team concluded and this merge changes or removes. */
  conclusions: z.array(changedConclusion),
  /** Assignments that their coder submitted again after the lead’s codes were in the project they had. */
  submittedAgain: z.array(z.object({ name: z.string(), coder: z.string(), commit: commitHash, at: z.number() })),
  /** Tags that this merge leaves behind with such categories. */
  leftTags: z.array(leftTags),
  /** Files that are added. `missing`: named in the log, but in neither project. */
  files: z.object({
    originals: z.number().int(),
    layers: z.number().int(),
    bytes: z.number(),
    missing: z.array(sha256),
  }),
  /** The merge of these commits that was undone here and still is, if any: merging again can restore it. */
  undoneMerge: z.string().nullable(),
  /** Only for a different project. */
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

/** A record that a merge adds, changes or removes, as people read it. */
export const incomingItem = z.object({
  entity: z.string(),
  record: recordId,
  how: z.enum(['added', 'changed', 'removed']),
  /** Its quotation, text or name. */
  words: z.string(),
  /** For a changed record: its values here, and after the merge. */
  fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  /** For a tag: its category after the merge. */
  tag: z.object({ category: categoryId.nullable(), code: z.string(), name: z.string(), colour: z.string() }).nullable(),
  /** The passage it belongs to, with its quotation, and the source. */
  passage: passageId.nullable(),
  quote: z.string(),
  source: sourceId.nullable(),
  sourceTitle: z.string(),
  /** Who changed it last, when (epoch ms), and the label of that commit. */
  person: z.string(),
  at: z.number(),
  label: z.string(),
});
export type IncomingItem = z.infer<typeof incomingItem>;

/** Selects incoming items by kind, effect, person or source; `category` selects its tags. */
export const incomingFilter = z.object({
  kind: z.string().exactOptional(),
  how: z.enum(['added', 'changed', 'removed']).exactOptional(),
  person: personId.exactOptional(),
  source: sourceId.exactOptional(),
  category: categoryId.exactOptional(),
});
export type IncomingFilter = z.infer<typeof incomingFilter>;

/** What restoring a merge changed: records, and how many values stay as they are, since somebody changed them after the merge was undone. */
const putBack = z.object({ records: z.number().int(), left: z.number().int() });

export const mergeReport = mergePreview
  .pick({
    adds: true,
    changes: true,
    commits: true,
    byOthers: true,
    replaced: true,
    edited: true,
    moved: true,
    conclusions: true,
    conflicts: true,
    conflictsTotal: true,
    refused: true,
    undoneMerge: true,
  })
  .extend({
    /** The merge's id in `merge.list`; null if nothing was added. What is added from a different project is one commit, which `history.undo` undoes too. */
    id: z.string().nullable(),
    restored: z.boolean(),
    putBack,
  });
export type MergeReport = z.infer<typeof mergeReport>;

export const mergeProgress = z.object({
  phase: z.enum(['opening', 'commits', 'records', 'files', 'done']),
  done: z.number().int(),
  /** 0 while unknown. */
  total: z.number().int(),
});

export const pastMerge = z.object({
  id: z.string(),
  at: z.number(),
  /** The file's or folder's name, without its path. */
  from: z.string(),
  commits: z.number().int(),
  changes: z.number().int(),
  people: z.array(z.string()),
  undone: z.boolean(),
});

/** A project file or another project's folder; `passphrase` or `identity` (`AGE-SECRET-KEY-1…`, one a line) decrypts an encrypted file. */
const from = z.object({
  path: z.string().min(1),
  passphrase: z.string().exactOptional(),
  identity: z.string().exactOptional(),
});

export const merge = {
  /**
   * Writes nothing. For a different project, `add` limits the counts to those sources. CANCELLED, NOT_A_PROJECT, DAMAGED,
   * PASSWORD_NEEDED, PASSWORD_WRONG.
   */
  'merge.preview': call('program', from.extend({ add: sourcesToAdd.exactOptional() }), mergePreview),
  /**
   * What merging the last previewed log of this project would change, each item once. `after` is the `next` of the page before. A
   * page may be short or empty even if there are more. NOT_FOUND if nothing was previewed, or it was merged since.
   */
  'merge.items': call(
    'read',
    incomingFilter.extend({
      after: z.number().int().default(Number.MIN_SAFE_INTEGER),
      limit: z.number().int().min(1).max(200).default(60),
    }),
    z.object({ items: z.array(incomingItem), next: z.number().int().nullable() }),
  ),
  /** All or nothing. NOT_ALLOWED for a blind coder's work while coding is not finished. `restore` restores an undone merge of the same commits. */
  'merge.apply': call(
    'program',
    from.extend({ restore: z.boolean().default(false), add: sourcesToAdd.exactOptional() }),
    mergeReport,
  ),
  /** Open conflicts, page by page. `limit` 0 only counts; `after` is the `next` of the page before. */
  'merge.conflicts': call(
    'read',
    z.object({
      limit: z.number().int().min(0).max(1000).default(1000),
      after: z.string().exactOptional(),
      /** Only those whose id starts with this. */
      startsWith: z.string().exactOptional(),
    }),
    z.object({
      conflicts: z.array(conflict),
      /** All that match, on every page. */
      total: z.number().int(),
      next: z.string().nullable(),
    }),
  ),
  /** NOT_FOUND if it is resolved already. */
  'merge.resolve': call('write', z.object({ conflict: z.string(), keep }), z.object({})),
  /** By category. */
  'merge.leftTags': call('read', z.object({}), z.object({ left: z.array(leftTags) })),
  /**
   * Moves the tags left behind with a category to another, as one edit of which one undo takes all back. With `into` null they stay
   * and are listed no more. NOT_FOUND if there are none.
   */
  'merge.carryTags': call(
    'write',
    z.object({ category: categoryId, into: categoryId.nullable() }),
    z.object({ moved: z.number().int() }),
  ),
  /** Newest first. The list belongs to this folder and is not in the log. */
  'merge.list': call('read', z.object({}), z.object({ merges: z.array(pastMerge) })),
  /** One commit that restores each field. What was changed or built on since is left and listed. The log keeps the merge. */
  'merge.undo': call(
    'write',
    z.object({ id: z.string() }),
    z.object({
      /** `about`: the names or words of the record and of what it belongs to; empty if it has none. */
      left: z.array(
        z.object({ entity: z.string(), id: recordId, field: z.string(), why: z.string(), about: z.string() }),
      ),
    }),
  ),
  'merge.restore': call('write', z.object({ id: z.string() }), z.object({ putBack })),
};
