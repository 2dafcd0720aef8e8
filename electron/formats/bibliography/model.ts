/** An entry of a bibliography, as far as the record of a source has a place for it. A text that an entry lacks is null. */
export interface BibEntry {
  /** The entry's name in the file: its citation key or number. */
  readonly key: string | null;
  /** The source’s id, if Sourcebook wrote the entry. */
  readonly source: string | null;
  readonly title: string | null;
  /** As written, one name each: nothing is turned round, since “Labour, Department of” is no person. */
  readonly authors: readonly string[];
  readonly publisher: string | null;
  /** EDTF, level 0 or 1. */
  readonly date: string | null;
  /** BCP 47, as the file has it. */
  readonly language: string | null;
  /** When the source was looked at: EDTF. */
  readonly genre: string | null;
  readonly kind: BibKind;
  readonly url: string | null;
  /** When it was looked at: EDTF. */
  readonly accessed: string | null;
  readonly archive: string | null;
  /** Hexadecimal. */
  readonly sha256: string | null;
}

/** What the formats have a type for in common. */
export type BibKind = 'webpage' | 'report' | 'news' | 'law' | 'document';

/** An entry, or a piece of the file, that could not be read. */
export interface BibFault {
  /** Line number from 1; 0 if the format has no lines. */
  readonly line: number;
  readonly why: string;
}

export interface Bibliography {
  readonly entries: readonly BibEntry[];
  readonly faults: readonly BibFault[];
}

export const EMPTY: BibEntry = {
  key: null,
  source: null,
  title: null,
  authors: [],
  publisher: null,
  date: null,
  language: null,
  genre: null,
  kind: 'document',
  url: null,
  accessed: null,
  archive: null,
  sha256: null,
};

const HASH = /\bSHA-256: ?([0-9a-f]{64})\b/i;
const ARCHIVED = /\bArchived: ?(\S+)/;

/** Notes with what a format has no field for: the hash of the original’s bytes, and its address in a public archive. */
export const notesOf = ({ sha256, archive }: BibEntry): string[] => [
  ...(sha256 === null ? [] : [`SHA-256: ${sha256}`]),
  ...(archive === null ? [] : [`Archived: ${archive}`]),
];
export const fromNotes = (note: string): Pick<BibEntry, 'sha256' | 'archive'> => ({
  sha256: HASH.exec(note)?.[1]?.toLowerCase() ?? null,
  archive: ARCHIVED.exec(note)?.[1] ?? null,
});

/** The text on one line without control characters; null if nothing is left. */
export function lineOf(text: string | null | undefined): string | null {
  const line = (text ?? '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed();
  return line === '' ? null : line;
}
