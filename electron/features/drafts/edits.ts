import type { FieldOf } from '../../../shared/changes/fields.ts';
import type { Edit, Json } from '../../db/types.ts';

type Kind = 'draft' | 'draftlink' | 'draftmark' | 'draftremedy' | 'draftrelease';

/** The edits that set these fields of a record. */
export const editsOf = <K extends Kind>(
  entity: K,
  id: string,
  fields: Readonly<Partial<Record<FieldOf<K>, Json>>>,
): Edit[] => Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }) as Edit);
