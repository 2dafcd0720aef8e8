import { z } from 'zod';
import {
  adjudicationId,
  assignmentId,
  categoryId,
  commentId,
  layerId,
  passageId,
  personId,
  snapshotId,
  sourceId,
  translationId,
} from './ids.ts';

/**
 * A person's role in a project; someone may have several or none. Roles sort work and can be mentioned; they restrict
 * nothing.
 */
export const ROLES = ['analyst', 'coder', 'translator', 'checker', 'editor'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** The states that a passage passes through in its review, in order. */
export const REVIEW_ORDER = ['coded', 'second-coded', 'translated', 'checked', 'approved', 'released'] as const;

/**
 * How far a passage's review has come, in order; states may be skipped. `returned` is outside of the order: it was sent back
 * with a comment and can go on to any state.
 */
export const REVIEW_STATES = ['draft', ...REVIEW_ORDER, 'returned'] as const;
export const reviewState = z.enum(REVIEW_STATES);
export type ReviewState = z.infer<typeof reviewState>;
/** The state shown. `reopened` is computed: what was checked, approved or released has changed since it was looked at. */
export const shownState = z.enum([...REVIEW_STATES, 'reopened']);
export type ShownState = z.infer<typeof shownState>;

export const TRANSLATION_METHODS = ['human', 'machine'] as const;
/** The register `translation.draft`. */
export const translationDraft = z.object({
  text: z.string().max(100_000),
  person: personId,
  method: z.enum(TRANSLATION_METHODS),
});
export type TranslationDraft = z.infer<typeof translationDraft>;
export const translation = translationDraft.extend({
  id: translationId,
  passage: passageId,
  /** BCP 47. */
  language: z.string().max(35),
  /** Who checked this text; null if no one did, or since it changed. */
  checker: personId.nullable(),
  state: z.enum(['draft', 'checked', 'approved']),
  /** Epoch milliseconds of the text as it stands. */
  at: z.number(),
});
export type Translation = z.infer<typeof translation>;

/** Whom a comment mentions: everyone with a role, or one person. */
export const mention = z.union([role, personId]);
export const comment = z.object({
  id: commentId,
  passage: passageId,
  /** The first comment of its thread; null for the first itself. */
  parent: commentId.nullable(),
  text: z.string().max(20_000),
  mentions: z.array(mention),
  person: personId,
  at: z.number(),
  /** Only of a thread's first comment. */
  resolved: z.boolean(),
});
export type Comment = z.infer<typeof comment>;

export const UNITS = ['sentence', 'paragraph', 'passage'] as const;
export const unit = z.enum(UNITS);
export type Unit = z.infer<typeof unit>;
/** One unit of a sample: a span of a layer's text (UTF-16 code units), or a given passage. */
export const sampleUnit = z.object({
  source: sourceId,
  layer: layerId,
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  passage: passageId.nullable(),
});
export type SampleUnit = z.infer<typeof sampleUnit>;

export const assignment = z.object({
  id: assignmentId,
  name: z.string(),
  coder: personId.nullable(),
  coderName: z.string(),
  /** Who assigned it. */
  person: personId,
  unit,
  units: z.array(sampleUnit),
  seed: z.number().int(),
  /** Digest of the codebook when it was assigned. */
  codebook: z.string(),
  leadDone: z.boolean(),
  coderDone: z.boolean(),
  at: z.number(),
});
export type Assignment = z.infer<typeof assignment>;

export const adjudication = z.object({
  id: adjudicationId,
  passage: passageId,
  categories: z.array(categoryId),
  /** What each coder had added when it was decided. */
  compared: z.array(z.object({ person: personId, categories: z.array(categoryId) })),
  reason: z.string().min(1).max(20_000),
  person: personId,
  at: z.number(),
});
export type Adjudication = z.infer<typeof adjudication>;

export const snapshot = z.object({
  id: snapshotId,
  name: z.string(),
  /** SHA-256 over all records as they were then, hex. */
  state: z.string(),
  person: personId,
  at: z.number(),
  commits: z.number().int(),
});
export type Snapshot = z.infer<typeof snapshot>;
