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

/** A number, or why there is none. JSON knows no NaN, and a category that never varies has no kappa. */
export const coefficient = z.union([z.number(), z.literal('undefined')]);

const figures = z.object({
  /** Units that at least two of the coders judged. */
  n: z.number().int(),
  /** Share of judgements that say yes, 0 to 1; of the overall, over all units and categories. */
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

/** Tags as they were when an assignment was handed in, or as they are now, also those given knowing of the other's. */
export const codedAs = z.enum(['handed-in', 'now']);
export type CodedAs = z.infer<typeof codedAs>;
/** How reports name them. */
export const CODED_AS_WORDS: Readonly<Record<CodedAs, string>> = { 'handed-in': 'as submitted', now: 'as now' };

export const agreementReport = z.object({
  unit,
  as: codedAs,
  /** epoch ms: when the assignment's coder said that they had finished; null where nobody did, or none was asked for. */
  handedIn: z.number().nullable(),
  units: z.number().int(),
  coders: z.array(z.object({ id: personId, name: z.string(), units: z.number().int() })),
  /** The codebook as it is now: title, version and digest; `changed` categories were defined otherwise when some tags were given. */
  codebook: z.object({ title: z.string(), version: z.string(), digest: z.string(), changed: z.array(categoryId) }),
  /** Thresholds are settings, not truths. */
  thresholds: z.object({ good: z.number(), tentative: z.number() }),
  bootstrap: z.object({ samples: z.number().int(), seed: z.number().int() }),
  categories: z.array(figures.extend({ id: categoryId, code: z.string(), name: z.string() })),
  overall: figures,
  /**
   * How many passages of these sources are called second-coded, by what that rests on: tags of the second coder's own, which are
   * counted above; a word that they agree with somebody else's, which is no judgement of its own; or a step that does not say.
   */
  secondCoded: z.object({ own: z.number().int(), confirmed: z.number().int(), unsaid: z.number().int() }),
  /** What was counted, in a sentence for the report. */
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
  /** By coder: their passages in it, and the categories they gave. */
  coders: z.array(
    z.object({ person: personId, name: z.string(), passages: z.array(passageId), categories: z.array(categoryId) }),
  ),
  /** The passage a decision would hang on: a given one, else the first in reading order. */
  passage: passageId,
  decided: adjudication.nullable(),
});
export type Disagreement = z.infer<typeof disagreement>;

/** A tag given under another definition than the one in force. */
export const staleTag = z.object({
  passage: passageId,
  source: sourceId,
  quote: z.string(),
  category: categoryId,
  person: personId,
  name: z.string(),
  /** epoch ms: when it was given or last confirmed, and when the definition changed. */
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
  /** I code the sample too, and am not finished: their work is not merged before I am. */
  leadToo: z.boolean().default(false),
});

export const coding = {
  /** Writes the assignment as a project file: nobody else's tags, memos or counts are in it. */
  'assignments.create': call(
    'program',
    assignmentRequest.extend({ path: z.string().min(1), replace: z.boolean().default(false) }),
    z.object({ assignment, bytes: z.number() }),
  ),
  /** How many units a sample would have, without making anything. */
  'assignments.count': call(
    'read',
    assignmentRequest.omit({ coder: true, name: true }),
    z.object({ units: z.number().int(), sources: z.number().int() }),
  ),
  /**
   * `blind` is the assignment this project folder is a copy for, where it is one. `removed` ones were taken back (giving out was
   * undone): their files may have gone out all the same, and what comes back waits for them as for any other.
   */
  'assignments.list': call(
    'read',
    z.object({}),
    z.object({ assignments: z.array(assignment), blind: assignmentId.nullable(), removed: z.array(assignment) }),
  ),
  /** Brings back one that was taken back. NOT_FOUND where none such is. */
  'assignments.restore': call('write', z.object({ id: assignmentId }), z.object({})),
  /** The acting person has finished their part. */
  'assignments.done': call('write', z.object({ id: assignmentId, done: z.boolean().default(true) }), z.object({})),
  'agreement.report': call(
    'read',
    z.object({
      unit: unit.default('sentence'),
      /** Empty: everybody who tagged. */
      coders: z.array(personId).default([]),
      assignment: assignmentId.exactOptional(),
      sources: z.array(sourceId).default([]),
      categories: z.array(categoryId).default([]),
      seed: z.number().int().nonnegative().default(1),
      samples: z.number().int().min(0).max(20_000).default(1000),
      thresholds: z.object({ good: z.number(), tentative: z.number() }).default({ good: 0.8, tentative: 0.667 }),
      /** Without: of an assignment that both have finished as it was handed in, else as it is now. */
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
  /** Final, with a reason; what the coders gave stays theirs. */
  'adjudications.decide': call(
    'write',
    z.object({ passage: passageId, categories: z.array(categoryId), reason: z.string().trim().min(1).max(20_000) }),
    adjudication,
  ),
  'adjudications.list': call(
    'read',
    z.object({ passage: passageId.exactOptional() }),
    z.object({ adjudications: z.array(adjudication) }),
  ),
  /** Tags whose category was defined otherwise when they were given. */
  'tags.stale': call(
    'read',
    z.object({ person: personId.exactOptional(), category: categoryId.exactOptional() }),
    z.object({ tags: z.array(staleTag) }),
  ),
  /** The acting person's tags stand under the definition in force. */
  'tags.confirm': call(
    'write',
    z.object({ tags: z.array(z.object({ passage: passageId, category: categoryId })).min(1) }),
    z.object({ passages: z.array(passageId) }),
  ),
};
