import { z } from 'zod';

/**
 * What a person says of a sentence of a draft. `accepted`: it holds. `returned`: its author has to change it, as the comment says.
 * `nothing`: it states nothing that has to be proven.
 */
export const DRAFT_MARKS = ['accepted', 'returned', 'nothing'] as const;
export const draftMark = z.enum(DRAFT_MARKS);
export type DraftMark = z.infer<typeof draftMark>;

/** What is to be done about a finding. `change`: the author changes the draft. `keep`: it stands as it is, for a reason. */
export const DRAFT_REMEDIES = ['change', 'keep'] as const;
export const draftRemedy = z.enum(DRAFT_REMEDIES);
export type DraftRemedy = z.infer<typeof draftRemedy>;

/**
 * How far a sentence is. `fails`: a finding in it is an error that nobody resolved. `accepted`: by two people besides the author;
 * `once`: by one. `nothing`: somebody besides the author said that there is nothing to prove.
 */
export const SENTENCE_STATES = ['accepted', 'once', 'open', 'returned', 'fails', 'nothing'] as const;
export const sentenceState = z.enum(SENTENCE_STATES);
export type SentenceState = z.infer<typeof sentenceState>;

/** What a figure card can say otherwise than a draft. */
export const CARD_DIFFERENCES = ['value', 'unit', 'kind', 'period', 'place'] as const;
export type CardDifference = (typeof CARD_DIFFERENCES)[number];

/**
 * Why a card is taken for that of a figure, and not merely for one with the same number. `linked`: the sentence is linked to a passage
 * around it. `cited`: the sentence cites its source. `subject`: the sentence has the words that a person wrote as its subject.
 */
export const CARD_REASONS = ['linked', 'cited', 'subject'] as const;
export type CardReason = (typeof CARD_REASONS)[number];

/** What a report on a draft is written as. */
export const DRAFT_REPORT_FORMATS = ['html', 'docx', 'csv'] as const;
export const draftReportFormat = z.enum(DRAFT_REPORT_FORMATS);
export type DraftReportFormat = z.infer<typeof draftReportFormat>;

/** A day that exists, as `2024-06-03`. */
export const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'Enter a day, such as 2024-06-03.')
  .refine((text) => {
    const at = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  }, 'That day doesn’t exist. Enter one such as 2024-06-03.');
