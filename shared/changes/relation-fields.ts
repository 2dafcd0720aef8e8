import {
  relationBasis,
  relationFigures,
  relationOperation,
  relationReading,
  relationVerdict,
} from '../model/relation-record.ts';
import { deleted, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

/** What the log can say of relations between figures: part of the registry. Conclusions of the team, so they are in no blind copy. */
export const RELATIONS = {
  /**
   * A computation between figures. Its id derives from the operation and the figures, so that two people who make one relation have
   * made one record; only how counts are read can be in conflict. It names nobody: two who agree would differ in that.
   */
  relation: {
    operation: { kind: 'text', name: 'Operation', schema: relationOperation, scrub: 'never' },
    /** Ids of figures: no words of anybody. */
    figures: { kind: 'json', name: 'Figures', schema: relationFigures, scrub: 'never' },
    reading: { kind: 'text', name: 'Reading', schema: relationReading, scrub: 'never' },
    deleted,
  },
  /** What one person says of a relation. Its id derives from both: everybody has one word, and it takes two people to review one. */
  relationcheck: {
    relation: { kind: 'ref', name: 'Relation', to: ['relation'], depends: true },
    verdict: { kind: 'text', name: 'Decision', schema: relationVerdict },
    reason: { kind: 'text', name: 'Reason', writable: true, keepBoth: 'text', scrub: 'parts' },
    /** Of two figures of two sources that can’t both be right, the one whose source is followed. */
    follows: { kind: 'ref', name: 'Figure followed', to: ['figure'] },
    basis: { kind: 'json', name: 'What was looked at', schema: relationBasis, scrub: 'never' },
    person,
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
