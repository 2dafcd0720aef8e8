import { figureBasis, figureReadings, figureVerdict } from '../model/figure.ts';
import { textAnchor } from '../model/records.ts';
import { deleted, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

/** Numbers, ids of tables and words of the source: nobody's name is in them. */
const reading = { kind: 'json', scrub: 'never' } as const;
const subject = { kind: 'text', name: 'Of whom or what', scrub: 'parts' } as const;

/** What the log can say of figures: part of the registry. Conclusions of the team, so they are in no blind copy. */
export const FIGURES = {
  /**
   * A number of a source and what people read in it. It has a place of its own, as a mask has, and no passage: those around it are found
   * by their places, so that it stays when they are moved, and is there when one is made later. Its id derives from its place, so that two
   * people who read one number differently have a conflict in one record. It names nobody: two who agree would differ in that.
   */
  figure: {
    source: { kind: 'ref', name: 'Source', to: ['source'], depends: true },
    layer: { kind: 'ref', name: 'Text layer', to: ['layer'], depends: true },
    /** One value, as a passage’s. Its words are the source’s own. */
    anchor: { kind: 'json', name: 'Location', scrub: 'never', schema: textAnchor },
    value: { ...reading, name: 'Value', schema: figureReadings.value },
    unit: { ...reading, name: 'Unit', schema: figureReadings.unit },
    qualifier: { ...reading, name: 'Qualifier', schema: figureReadings.qualifier },
    kind: { ...reading, name: 'Kind', schema: figureReadings.kind },
    period: { ...reading, name: 'Period', schema: figureReadings.period },
    place: { ...reading, name: 'Place', schema: figureReadings.place },
    subject: { ...subject, writable: true, keepBoth: 'text' },
    deleted,
  },
  /**
   * What one person says of a figure. Its id derives from both: everybody has one word, and it takes two people to review a figure.
   */
  figurecheck: {
    figure: { kind: 'ref', name: 'Figure', to: ['figure'], depends: true },
    verdict: { kind: 'text', name: 'Decision', schema: figureVerdict },
    reason: { kind: 'text', name: 'Reason', writable: true, keepBoth: 'text', scrub: 'parts' },
    /** The readings that were looked at, and beside them the words that say of whom or what it is, which can name people. */
    basis: { kind: 'json', name: 'What was looked at', scrub: 'never', schema: figureBasis },
    subject,
    person,
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
