import { z } from 'zod';
import {
  adjudication,
  assignment,
  assignmentId,
  categoryId,
  passageId,
  personId,
  sourceId,
  unit,
} from '../model/index.ts';
import { call } from './define.ts';

/** A number, or why there is none. JSON has no NaN, and a category that never varies has no kappa. */
export const coefficient = z.union([z.number(), z.literal('undefined')]);

const figures = z.object({
  /** Units judged by at least two of the coders. */
  n: z.number().int(),
  /** Share of judgements that say yes, 0 to 1; for the overall figures, across all units and categories. */
  prevalence: z.number(),
  /** 0 to 100. */
  percent: coefficient,
  /** Cohen's (two coders); `undefined` for more. */
  kappa: coefficient,
  /** Fleiss' (every unit judged by all coders). */
  fleiss: coefficient,
  /** Krippendorff's alpha, nominal, missing data allowed. */
  alpha: coefficient,
  /** Bootstrap interval of alpha: 2.5 and 97.5 %, seeded; null where alpha is undefined. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
});
export type AgreementFigures = z.infer<typeof figures>;

/**
 * Tags as they were when an assignment was submitted, or as they are now, including those added after seeing the other
 * coder's.
 */
export const codedAs = z.enum(['handed-in', 'now']);
export type CodedAs = z.infer<typeof codedAs>;
/** Their name in reports. */
export const CODED_AS_WORDS: Readonly<Record<CodedAs, string>> = { 'handed-in': 'as submitted', now: 'as now' };

export const agreementReport = z.object({
  unit,
  as: codedAs,
  /** Epoch ms: when the coder submitted the assignment; null if not submitted, or if no assignment was asked for. */
  handedIn: z.number().nullable(),
  /** Epoch ms: when they last submitted it again after the lead’s codes were in the project, which isn’t counted; null if they didn’t. */
  submittedAgain: z.number().nullable(),
  units: z.number().int(),
  coders: z.array(z.object({ id: personId, name: z.string(), units: z.number().int() })),
  /**
   * The codebook as it is now: title, version and digest; `changed`: categories whose definition changed after some tags were
   * added.
   */
  codebook: z.object({ title: z.string(), version: z.string(), digest: z.string(), changed: z.array(categoryId) }),
  /** Thresholds are the reader's choice, not facts. */
  thresholds: z.object({ good: z.number(), tentative: z.number() }),
  bootstrap: z.object({ samples: z.number().int(), seed: z.number().int() }),
  categories: z.array(figures.extend({ id: categoryId, code: z.string(), name: z.string() })),
  overall: figures,
  /**
   * How many passages of these sources count as second-coded, by the basis: the second coder's own tags, which are counted
   * above; agreement with someone else's tags, which is no independent judgement; or unstated.
   */
  secondCoded: z.object({ own: z.number().int(), confirmed: z.number().int(), unsaid: z.number().int() }),
  /** What was counted, as a sentence for the report. */
  note: z.string(),
});
export type AgreementReport = z.infer<typeof agreementReport>;

/** Where coders differ on one unit. */
export const disagreement = z.object({
  source: sourceId,
  sourceTitle: z.string(),
  page: z.number().int(),
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  /** Context on both sides, some 120 characters each. */
  before: z.string(),
  after: z.string(),
  /** By coder: their passages in it, and the categories they added. */
  coders: z.array(
    z.object({ person: personId, name: z.string(), passages: z.array(passageId), categories: z.array(categoryId) }),
  ),
  /** The passage a decision would be attached to: a requested one, else the first in reading order. */
  passage: passageId,
  decided: adjudication.nullable(),
});
export type Disagreement = z.infer<typeof disagreement>;

/** A tag added under another definition than today's. */
export const staleTag = z.object({
  passage: passageId,
  source: sourceId,
  quote: z.string(),
  category: categoryId,
  person: personId,
  name: z.string(),
  /** Epoch ms: when it was added or last confirmed, and when the definition changed. */
  given: z.number(),
  changed: z.number(),
  /** Each field of the definition that differs: name, definition, include, exclude. */
  differences: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
});
export type StaleTag = z.infer<typeof staleTag>;

/** `sentences:10%`, `sentences:20`, `sentences:/5` (every fifth), `paragraphs:…`, `passages:…`, `sources`. */
export const SAMPLE = /^(?:(?:sentences|paragraphs|passages):(?:\d{1,3}(?:\.\d+)?%|\d{1,6}|\/\d{1,6})|sources)$/;

export const assignmentRequest = z.object({
  coder: z.string().trim().min(1).max(200),
  sample: z
    .string()
    .regex(SAMPLE, 'use sentences:10%, sentences:20 or sentences:/5 (or paragraphs, or passages), or sources'),
  /** Empty: all sources. */
  sources: z.array(sourceId).default([]),
  seed: z.number().int().nonnegative().default(1),
  name: z.string().trim().max(200).default(''),
  /** The assigning person codes the sample too and has not submitted: the coder's work is not merged until they have. */
  leadToo: z.boolean().default(false),
});

export const coding = {
  /** Writes the assignment as a project file, without other people's tags, memos or counts. */
  'assignments.create': call(
    'program',
    assignmentRequest.extend({ path: z.string().min(1), replace: z.boolean().default(false) }),
    z.object({ assignment, bytes: z.number() }),
  ),
  /** How many units a sample would have. Creates nothing. */
  'assignments.count': call(
    'read',
    assignmentRequest.omit({ coder: true, name: true }),
    z.object({ units: z.number().int(), sources: z.number().int() }),
  ),
  /**
   * `blind` is the assignment that this project folder is a copy for, if any. `removed`: assignments that were withdrawn
   * (assigning was undone). Their files may still have been sent, so what comes back is held as for any other.
   */
  'assignments.list': call(
    'read',
    z.object({}),
    z.object({ assignments: z.array(assignment), blind: assignmentId.nullable(), removed: z.array(assignment) }),
  ),
  /** Restores a withdrawn assignment. NOT_FOUND if there is none. */
  'assignments.restore': call('write', z.object({ id: assignmentId }), z.object({})),
  /** Submits the acting person's part. */
  'assignments.done': call('write', z.object({ id: assignmentId, done: z.boolean().default(true) }), z.object({})),
  'agreement.report': call(
    'read',
    z.object({
      unit: unit.default('sentence'),
      /** Empty: an assignment's two people; else everyone who tagged. */
      coders: z.array(personId).default([]),
      assignment: assignmentId.exactOptional(),
      sources: z.array(sourceId).default([]),
      categories: z.array(categoryId).default([]),
      seed: z.number().int().nonnegative().default(1),
      samples: z.number().int().min(0).max(20_000).default(1000),
      thresholds: z.object({ good: z.number(), tentative: z.number() }).default({ good: 0.8, tentative: 0.667 }),
      /** Left out: as submitted, for an assignment that both have submitted; otherwise as now. */
      as: codedAs.exactOptional(),
    }),
    agreementReport,
  ),
  'agreement.differences': call(
    'read',
    z.object({
      unit: unit.default('sentence'),
      coders: z.array(personId).default([]),
      assignment: assignmentId.exactOptional(),
      open: z.boolean().default(false),
    }),
    z.object({ differences: z.array(disagreement), decided: z.number().int() }),
  ),
  /** Final, with a reason. The coders' tags are not changed. `coders`: those compared; by default all who coded the source. */
  'adjudications.decide': call(
    'write',
    z.object({
      passage: passageId,
      categories: z.array(categoryId),
      reason: z.string().trim().min(1).max(20_000),
      coders: z.array(personId).min(1).exactOptional(),
    }),
    adjudication,
  ),
  'adjudications.list': call(
    'read',
    z.object({ passage: passageId.exactOptional() }),
    z.object({ adjudications: z.array(adjudication) }),
  ),
  /** Tags whose category had another definition when they were added. */
  'tags.stale': call(
    'read',
    z.object({ person: personId.exactOptional(), category: categoryId.exactOptional() }),
    z.object({ tags: z.array(staleTag) }),
  ),
  /** Confirms the acting person's tags under today's definition. */
  'tags.confirm': call(
    'write',
    z.object({ tags: z.array(z.object({ passage: passageId, category: categoryId })).min(1) }),
    z.object({ passages: z.array(passageId) }),
  ),
};
