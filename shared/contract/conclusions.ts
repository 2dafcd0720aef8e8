import { z } from 'zod';
import { commitHash, recordId } from '../model/index.ts';

/**
 * What the team concluded and a merge changes or removes: the words of claims, passages that contradict them, answers to those,
 * sources that count as copies of one text, masks, marks of a private person, what is read in figures, how units are converted,
 * drafts, and what others judged (review, decisions, verdicts on figures and relations),
 * and who counts as one person with whom.
 */
export const changedConclusion = z.object({
  kind: z.enum([
    'claimChanged',
    'claimRemoved',
    'contradictionUnlinked',
    'contradictionTurned',
    'answerChanged',
    'copiesWithdrawn',
    'maskRemoved',
    'maskMoved',
    'privacyUnmarked',
    'figureChanged',
    'relationChanged',
    'conversionChanged',
    'referenceChanged',
    'draftChanged',
    'draftReleased',
    'judgementRemoved',
    'installationsJoined',
  ]),
  record: recordId,
  commit: commitHash,
  /** Who signed it. */
  person: z.string(),
  message: z.string(),
});
export type ChangedConclusion = z.infer<typeof changedConclusion>;
