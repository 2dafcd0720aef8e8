import { z } from 'zod';
import { claimGap, claimRelation } from '../model/claims.ts';
import { claimId, passageId, personId, shownState, sourceId, sourceKind } from '../model/index.ts';
import { isUnseen } from '../model/person-name.ts';
import { call } from './define.ts';

/** A text of characters that nobody sees is an empty one: it would answer a contradiction without a word. */
const seenText = z
  .string()
  .trim()
  .max(10_000, 'This has more than 10,000 characters. Shorten it.')
  .overwrite((text) => (isUnseen(text) ? '' : text));
const claimText = seenText.min(1);
const answerText = seenText;
const counted = z.object({ passages: z.number().int(), origins: z.number().int() });

/** A passage that is linked to a claim. Neither it nor its source is in the trash. */
export const claimLink = z.object({
  passage: passageId,
  as: claimRelation,
  /** Of one that contradicts: why the claim stands beside it; empty: nobody has answered. */
  answer: z.string(),
  /** Who changed last how it is linked, or its answer. */
  person: personId.nullable(),
  source: sourceId,
  kind: sourceKind,
  /** Of its source, or the file's name. */
  title: z.string(),
  /** Its words; empty for an area. */
  quote: z.string(),
  page: z.number().int(),
  /** Of the source, as BCP 47. */
  language: z.string().nullable(),
  /** Its first translation, with its language. */
  translation: z.object({ language: z.string(), text: z.string() }).nullable(),
  /** When the source was published, else of the document, else of the act, as EDTF. */
  date: z.string().nullable(),
  state: shownState,
  /** What stands for the text of its source: the same for copies of one text. */
  origin: z.string(),
});
export type ClaimLink = z.infer<typeof claimLink>;

/** A sentence that the team wants to publish, with what speaks for and against it. */
export const claim = z.object({
  id: claimId,
  text: z.string(),
  person: personId.nullable(),
  /** Epoch ms. */
  createdAt: z.number(),
  /** Supporting passages first, then limiting, then contradicting ones; each in the order they were linked. */
  links: z.array(claimLink),
  supports: counted,
  limits: counted,
  contradicts: counted,
  /** Contradictions that nobody has answered. */
  unanswered: z.number().int(),
  /** Passages that count as several origins, and whose sources look like copies of one text: nobody has decided. */
  undecidedCopies: z.number().int(),
  gaps: z.array(claimGap),
  /** Linked in a way that this version does not know: shown nowhere, and kept. */
  unknown: z.number().int(),
  /** Contradictions whose passage or source is in the trash: removing evidence does not answer it. */
  trashedContradictions: z.number().int(),
});
export type Claim = z.infer<typeof claim>;

/** Claims: sentences to publish, and the passages that support, limit or contradict them. */
export const claims = {
  /** In the order in which they were written. */
  'claims.list': call('read', z.object({}), z.object({ claims: z.array(claim) })),
  'claims.create': call('write', z.object({ text: claimText }), z.object({ id: claimId })),
  /** Faults: NOT_FOUND. */
  'claims.change': call('write', z.object({ id: claimId, text: claimText }), z.object({})),
  /** The passages stay. Faults: NOT_FOUND. */
  'claims.remove': call('write', z.object({ id: claimId }), z.object({})),
  /**
   * Links passages, or changes how they are linked, in one edit. An answer is one to a contradiction. Faults: NOT_FOUND for a claim
   * or passage that is not there; USAGE for an answer to what contradicts nothing.
   */
  'claims.link': call(
    'write',
    z.object({
      id: claimId,
      passages: z.array(passageId).min(1).max(10_000),
      as: claimRelation,
      answer: answerText.optional(),
    }),
    z.object({}),
  ),
  /** Writes the answer to a contradiction; an empty one takes it back. Faults: NOT_FOUND; USAGE where the passage does not contradict. */
  'claims.answer': call('write', z.object({ id: claimId, passage: passageId, answer: answerText }), z.object({})),
  'claims.unlink': call('write', z.object({ id: claimId, passage: passageId }), z.object({})),
};
