import { claimRelation } from '../model/claims.ts';
import { deleted, onPassage, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

/** What the log can say of claims: part of the registry. Conclusions of the team, so they are in no blind copy. */
export const CLAIMS = {
  /** A sentence that the team wants to publish. */
  claim: {
    text: { kind: 'text', name: 'Claim', writable: true, keepBoth: 'text', required: true, scrub: 'parts' },
    person,
    deleted,
  },
  /**
   * That a passage supports, limits or contradicts a claim. Its id derives from both, so that two people who link the same two
   * differently have a conflict in one record. It has no person: two who agree would differ in that.
   */
  claimlink: {
    claim: { kind: 'ref', name: 'Claim', to: ['claim'], depends: true },
    passage: onPassage,
    relation: { kind: 'text', name: 'Relation', schema: claimRelation },
    /** Of one that contradicts: why the claim stands beside it. */
    answer: { kind: 'text', name: 'Answer', writable: true, keepBoth: 'text', scrub: 'parts' },
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
