/**
 * A project as REFI-QDA 1.0 and 1.5 write it (www.qdasoftware.org, `.qdpx`), without what only recordings have. Positions in a
 * text count Unicode code points from 0, the end exclusive. Rectangles on a PDF’s page are in points from its lower left corner,
 * pages from 0; rectangles on a picture are in pixels from its upper left corner. GUIDs are lower case, without braces.
 */
export interface QdaProject {
  readonly name: string;
  /** The program that wrote it. */
  readonly origin: string | null;
  readonly users: readonly QdaUser[];
  readonly codes: readonly QdaCode[];
  readonly variables: readonly QdaVariable[];
  readonly sources: Iterable<QdaSource>;
  readonly notes: Iterable<QdaNote>;
  readonly sets: readonly QdaSet[];
  readonly description: string | null;
  /** The notes on the project as a whole. */
  readonly onProject: readonly string[];
}

export interface QdaUser {
  readonly guid: string;
  readonly name: string | null;
}

export interface QdaCode {
  readonly guid: string;
  readonly name: string;
  /** False for a code that only groups those below it. */
  readonly isCodable: boolean;
  /** `#RRGGBB` */
  readonly colour: string | null;
  readonly description: string | null;
  readonly notes: readonly string[];
  readonly codes: readonly QdaCode[];
}

/** A detail that sources can have. Sourcebook writes texts and dates; other programs also numbers and truth values. */
export interface QdaVariable {
  readonly guid: string;
  readonly name: string;
  readonly type: QdaValueType;
  readonly description: string | null;
}
export const QDA_VALUE_TYPES = ['Text', 'Boolean', 'Integer', 'Float', 'Date', 'DateTime'] as const;
export type QdaValueType = (typeof QDA_VALUE_TYPES)[number];
export interface QdaValue {
  readonly variable: string;
  readonly type: QdaValueType;
  /** As it is written in the file. */
  readonly value: string;
}

/** Who made something, and when: a user’s GUID, and ISO 8601. */
export interface QdaBy {
  readonly user: string | null;
  readonly at: string | null;
}

export interface QdaCoding {
  readonly guid: string;
  readonly code: string;
  readonly by: QdaBy;
  readonly notes: readonly string[];
}

export type QdaBox = readonly [firstX: number, firstY: number, secondX: number, secondY: number];
export type QdaPlace =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'page'; readonly page: number; readonly box: QdaBox }
  | { readonly kind: 'picture'; readonly box: QdaBox };

export interface QdaSelection {
  readonly guid: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly by: QdaBy;
  readonly place: QdaPlace;
  /** Of a rectangle: the words in it, if the file says them. Read, never written. */
  readonly words: string | null;
  readonly codings: readonly QdaCoding[];
  readonly notes: readonly string[];
}

/** A text in the file itself, or the name of a file in its folder `sources`. */
export type QdaText = { readonly content: string } | { readonly file: string };

/** `text`: a text, perhaps with the formatted document it came from. `pdf`, `picture`: with the text that was read in it. */
export interface QdaSource {
  readonly kind: 'text' | 'pdf' | 'picture';
  readonly guid: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly by: QdaBy;
  /**
   * The name of its file in `sources`; for a text, the name of its formatted document. Null if there is none, or if it is outside the project.
   */
  readonly file: string | null;
  readonly text: { readonly guid: string; readonly text: QdaText } | null;
  /** Those on its text and those on its pages. */
  readonly selections: readonly QdaSelection[];
  /** Codings of the source as a whole. */
  readonly codings: readonly QdaCoding[];
  readonly notes: readonly string[];
  readonly values: readonly QdaValue[];
}

export interface QdaNote {
  readonly guid: string;
  readonly name: string | null;
  readonly by: QdaBy;
  readonly text: QdaText;
}

export interface QdaSet {
  readonly guid: string;
  readonly name: string;
  readonly description: string | null;
  readonly codes: readonly string[];
  readonly sources: readonly string[];
}
