import { anchor } from '../model/records.ts';
import { deleted, onPassage } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

const person = { kind: 'ref', name: 'Person', to: ['person'], withheld: ['coder'] } as const;
const reason = {
  kind: 'text',
  name: 'Reason',
  writable: true,
  keepBoth: 'text',
  required: true,
  scrub: 'parts',
  withheld: ['coder'],
} as const;

/** What the log can say of masks: part of the registry. */
export const MASKS = {
  /**
   * Words of a text layer, or an area of a page, that are left out of what is published. Masks are in blind copies too, without who
   * made them and why: what a coder exports there would name people otherwise.
   */
  mask: {
    source: { kind: 'ref', name: 'Source', to: ['source'], depends: true },
    layer: { kind: 'ref', name: 'Text layer', to: ['layer'], depends: true },
    /** One value, as a passage’s. Its words are the source’s own. */
    anchor: { kind: 'json', name: 'Location', scrub: 'never', schema: anchor },
    reason,
    person,
    deleted,
  },
  /**
   * That a passage which is marked as naming a private person names none: one person’s word, with a reason. It takes two people’s.
   * Its id derives from the passage and the person.
   */
  notprivate: { passage: onPassage, reason, person, deleted },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
