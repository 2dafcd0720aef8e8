import { z } from 'zod';

/** What a passage does for a claim: speaks for it, narrows it, or speaks against it. */
export const CLAIM_RELATIONS = ['supports', 'limits', 'contradicts'] as const;
export const claimRelation = z.enum(CLAIM_RELATIONS);
export type ClaimRelation = z.infer<typeof claimRelation>;

/**
 * What a claim lacks. `noSupport`: no passage supports it. `oneOrigin`: all that support it are of one origin. `undecidedCopies`:
 * passages that count as several origins look like copies of one text, and nobody has decided. `contradicted`: a passage contradicts it
 * and nobody answered that. `notApproved`: a passage that supports it is not approved in review. `noDate`:
 * the source of one that supports it has neither a date of its act, of the document, nor of publication.
 */
export const CLAIM_GAPS = [
  'noSupport',
  'oneOrigin',
  'undecidedCopies',
  'contradicted',
  'notApproved',
  'noDate',
] as const;
export const claimGap = z.enum(CLAIM_GAPS);
export type ClaimGap = z.infer<typeof claimGap>;
