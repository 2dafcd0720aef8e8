import type { CommitHash } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';

type None = Record<string, never>;

export interface MaskRow {
  readonly id: string;
  readonly source: string;
  /** The current text layer of its source. */
  readonly current: string | null;
  readonly layer: string | null;
  readonly anchor: string | null;
  readonly reason: string | null;
  readonly person: string | null;
  readonly createdAt: number;
}
/** `trash`: 1 to include the records of sources in the trash. */
type WithTrash = { readonly trash: 0 | 1 };

/** Masks that are not in the trash. */
export const liveMasks = query<WithTrash, MaskRow>(
  'masks.live',
  `SELECT m.id, m.source, s.layer AS current, m.layer, m.anchor, m.reason, m.person, m.createdAt
   FROM p_mask m JOIN p_source s ON s.id = m.source AND (s.deleted IS NOT 1 OR $trash = 1)
   WHERE m.deleted IS NOT 1 ORDER BY m.source, m.id`,
);

/** Masks of sources in the trash: their words are still masked in what people wrote elsewhere. */
export const trashedSourceMasks = query<None, { anchor: string }>(
  'masks.trashed',
  `SELECT m.anchor FROM p_mask m JOIN p_source s ON s.id = m.source AND s.deleted IS 1
   WHERE m.deleted IS NOT 1 AND m.anchor IS NOT NULL`,
);

export interface MarkedRow {
  /** The commit of a mark that still counts although somebody else removed it. Absent: the setting's last commit counts. */
  readonly marked?: CommitHash;
  readonly setting: string;
  readonly person: string | null;
  readonly id: string;
  readonly source: string;
  readonly layer: string | null;
  readonly anchor: string;
  /** 1 if the passage is in the trash: its words still name the person. */
  readonly deleted: number | null;
}
/** Values of the built-in dimension `privacy` that say that a passage names a private person. */
export const PRIVATE_VALUES = ['private', 'minor', 'masked'] as const;
/**
 * Passages that somebody marked as naming a private person, in the trash or not: by the value `private`, `minor` or `masked` of the
 * built-in dimension `privacy`. One row for each who did.
 */
export const markedPassages = query<WithTrash, MarkedRow>(
  'masks.marked',
  `SELECT t.id AS setting, t.person, p.id, p.source, p.onLayer AS layer, p.anchor, p.deleted
   FROM p_dimension d CROSS JOIN p_value v ON v.dimension = d.id AND v.deleted IS NOT 1 AND v.code IN (${PRIVATE_VALUES.map((code) => `'${code}'`).join(', ')})
   CROSS JOIN p_setting t ON t.value = v.id AND t.deleted IS NOT 1
   CROSS JOIN p_passage p ON p.id = t.passage AND p.anchor IS NOT NULL
   CROSS JOIN p_source s ON s.id = p.source AND (s.deleted IS NOT 1 OR $trash = 1)
   WHERE d.code = 'privacy' AND d.deleted IS NOT 1 ORDER BY p.source, p.page, p.start, p.id, t.id`,
);

export const liveStatements = query<None, { id: string; passage: string; person: string; reason: string | null }>(
  'masks.statements',
  `SELECT id, passage, person, reason FROM p_notprivate
   WHERE deleted IS NOT 1 AND passage IS NOT NULL AND person IS NOT NULL ORDER BY createdAt, id`,
);
