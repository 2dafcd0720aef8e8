import type { z } from 'zod';

export type FieldKind = 'text' | 'int' | 'bool' | 'ref' | 'json';

/** The kinds of record there are, sorted. */
export const ENTITIES = [
  'adjudication',
  'assignment',
  'category',
  'claim',
  'claimlink',
  'collection',
  'comment',
  'confirmation',
  'conversion',
  'copy',
  'dimension',
  'dossier',
  'draft',
  'draftlink',
  'draftmark',
  'draftrelease',
  'draftremedy',
  'figure',
  'figurecheck',
  'layer',
  'mask',
  'membership',
  'memo',
  'notprivate',
  'passage',
  'person',
  'place',
  'placechoice',
  'placename',
  'project',
  'reference',
  'relation',
  'relationcheck',
  'review',
  'setting',
  'snapshot',
  'source',
  'suggestion',
  'tag',
  'timestamp',
  'translation',
  'value',
  'view',
] as const;
export type Entity = (typeof ENTITIES)[number];

/**
 * Copies of the project that leave a field out.
 * `coder`: a copy for a coder who works blind. `people`: an export of some people's work. `project`: sources that are
 * added to another project, and a record that is copied beside another. `pseudonyms`: an export without names.
 */
export type Copy = 'coder' | 'people' | 'project' | 'pseudonyms';

export interface Field {
  /** What its values are. The projection has a column of the same name: bool is 0 or 1, json is the log's canonical text. */
  readonly kind: FieldKind;
  /** What people call it: in conflicts, previews, comparisons and reviews. */
  readonly name: string;
  /** The values this version writes, if not all of its kind. A log can come from anyone and contain others. */
  readonly schema?: z.ZodType;
  /** Of a ref: the kinds of record it can name. */
  readonly to?: readonly Entity[];
  /** Of a ref: its record depends on the one it names. An undo does not remove a record that others depend on; it reports it. */
  readonly depends?: true;
  /** While resolving a conflict, a person may write another value. They cannot write codes and hashes. */
  readonly writable?: true;
  /** In a conflict both values can be kept: as one text after the other, or the second in a new record. */
  readonly keepBoth?: 'text' | 'record';
  /** May not be empty. */
  readonly required?: true;
  /** A citation prints it, so that a change of it reopens a review (shared/review/basis.ts). */
  readonly cited?: true;
  /** It names files by their hash: originals as received, or those in `layers/`. */
  readonly file?: 'original' | 'layer';
  /** It defines when its category is given: a change of it asks for its tags to be confirmed. */
  readonly defines?: true;
  /** The copies that leave it out. Absent: none does. */
  readonly withheld?: readonly Copy[];
  /**
   * How names of people are taken out of its text in an export with pseudonyms: not at all, since the text is the source's
   * own (`never`); parts of names too, since one person wrote it to another (`parts`); else whole names.
   */
  readonly scrub?: 'never' | 'parts';
}
