import { conversionRule, referenceValue } from '../model/measures.ts';
import { deleted, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

/** What the log can say of units and of values to set figures against: part of the registry. */
export const MEASURES = {
  /**
   * A conversion that the team adds, or that replaces one of the program’s. Its id derives from the two units, so that two people who
   * differ have a conflict in one record. It has no person, as `copy` has none.
   */
  conversion: {
    /** One value: no merge may join one person’s factor to another’s units. */
    rule: { kind: 'json', name: 'Factor and authority', schema: conversionRule },
    deleted,
  },
  /** A value with its source, such as a county’s population. */
  reference: {
    /** One value: no merge may join one person’s number to another’s year. */
    value: { kind: 'json', name: 'Value', schema: referenceValue },
    /** What says so: a source of the project, or words that name a publication. */
    source: { kind: 'ref', name: 'Source', to: ['source'] },
    citation: { kind: 'text', name: 'Publication', writable: true, keepBoth: 'text' },
    person,
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
