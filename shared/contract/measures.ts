import { z } from 'zod';
import { conversionId, conversionRule, personId, referenceId, referenceValue, sourceId } from '../model/index.ts';
import { call } from './define.ts';

const knownConversion = conversionRule.extend({
  /** Its record; null for one of the program’s that nobody changed. */
  id: conversionId.nullable(),
  /** The program’s own factor, for `from` and `to` as they stand here; null if it knows none. */
  known: z.string().nullable(),
  /** What the rest of the table says instead; null: nothing, or the same. */
  contradicted: z.string().nullable(),
});
export type KnownConversion = z.infer<typeof knownConversion>;

const publication = {
  source: sourceId.nullable(),
  citation: z.string().trim().max(2000).nullable(),
};
export const keptReference = referenceValue.extend({
  id: referenceId,
  ...publication,
  person: personId.nullable(),
  createdAt: z.number(),
});
export type KeptReference = z.infer<typeof keptReference>;

/** What figures are converted by and set against. Both are of the project: changing one is an edit. */
export const measures = {
  /** All conversions, by unit. `factor` null: one that people turned off. */
  'conversions.list': call('read', z.object({}), z.object({ conversions: z.array(knownConversion) })),
  /** Adds a conversion, or changes the one of these two units. Faults: BAD_INPUT for units that are the same or count different things, or a factor that the rest of the table contradicts. */
  'conversions.set': call('write', conversionRule, z.object({ id: conversionId })),
  /** Removes what people said of two units: one that the program knows is then as it was. Faults: NOT_FOUND. */
  'conversions.remove': call('write', z.object({ id: conversionId }), z.object({})),
  /** All reference values, by quantity, place and period. */
  'references.list': call('read', z.object({}), z.object({ references: z.array(keptReference) })),
  /** Keeps a value with its source. Faults: BAD_INPUT without a source and citation, NOT_FOUND for the source or place. */
  'references.add': call('write', referenceValue.extend(publication), z.object({ id: referenceId })),
  /** Faults: as above, NOT_FOUND for the value. */
  'references.change': call('write', referenceValue.extend({ ...publication, id: referenceId }), z.object({})),
  'references.remove': call('write', z.object({ id: referenceId }), z.object({})),
};
