import { parsed } from '../../../shared/changes/canonical.ts';
import type { KeptReference } from '../../../shared/contract/measures.ts';
import {
  type ConversionId,
  conversionId,
  type ConversionRule,
  conversionRule,
  personId,
  referenceId,
  referenceValue,
  sourceId,
} from '../../../shared/model/index.ts';
import { query, type Readable } from '../../db/types.ts';

const allConversions = query<Record<string, never>, { id: string; rule: string | null }>(
  'measures.conversions',
  'SELECT id, rule FROM p_conversion WHERE deleted IS NOT 1 ORDER BY id',
);
export type OwnConversion = ConversionRule & { readonly id: ConversionId };

/** What people of this project said of conversions. A record that this version does not understand is left out, as a merged log may have. */
export const ownConversions = (db: Readable): OwnConversion[] =>
  db.all(allConversions, {}).flatMap((row): OwnConversion[] => {
    const id = conversionId.safeParse(row.id).data;
    const rule = conversionRule.safeParse(parsed(row.rule ?? 'null')).data;
    return id === undefined || rule === undefined ? [] : [{ id, ...rule }];
  });

interface ReferenceRow {
  readonly id: string;
  readonly value: string | null;
  readonly source: string | null;
  readonly citation: string | null;
  readonly person: string | null;
  readonly createdAt: number;
}
const allReferences = query<Record<string, never>, ReferenceRow>(
  'measures.references',
  'SELECT id, value, source, citation, person, createdAt FROM p_reference WHERE deleted IS NOT 1 ORDER BY createdAt, id',
);

/** The reference values of the project, oldest first; those that can be read. */
export const keptReferences = (db: Readable): KeptReference[] =>
  db.all(allReferences, {}).flatMap((row): KeptReference[] => {
    const id = referenceId.safeParse(row.id).data;
    const value = referenceValue.safeParse(parsed(row.value ?? 'null')).data;
    if (id === undefined || value === undefined) return [];
    const source = sourceId.safeParse(row.source).data ?? null;
    const person = personId.safeParse(row.person).data ?? null;
    return [{ ...value, id, source, citation: row.citation, person, createdAt: row.createdAt }];
  });
