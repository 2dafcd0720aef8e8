/** UTF-16 code units of the query as typed, end exclusive. */
export interface QuerySpan {
  readonly start: number;
  readonly end: number;
}

/**
 * What a query asks for. Brackets leave no trace: an `and` never stands directly in an `and`, nor an `or` in an `or`, nor a `not`
 * in a `not`, and each `and` and `or` has two parts or more.
 */
export type Query = All | AllOf | AnyOf | Not | Near | Words | Condition;

/** A query without words or conditions: everything. */
export interface All {
  readonly kind: 'all';
  readonly span: QuerySpan;
}
export interface AllOf {
  readonly kind: 'and';
  readonly parts: readonly Query[];
  readonly span: QuerySpan;
}
export interface AnyOf {
  readonly kind: 'or';
  readonly parts: readonly Query[];
  readonly span: QuerySpan;
}
export interface Not {
  readonly kind: 'not';
  readonly part: Query;
  readonly span: QuerySpan;
}
/** Two places with at most `distance` words between them; a Han, kana or Thai character counts as a word. In either order. */
export interface Near {
  readonly kind: 'near';
  readonly distance: number;
  readonly parts: readonly [NearPart, NearPart];
  readonly span: QuerySpan;
}
/** Words, or any of several. */
export type NearPart = Words | AnyOf;

/** Words that follow each other as written, once folded. */
export interface Words {
  readonly kind: 'words';
  /** As typed, without quotation marks and backslashes. */
  readonly text: string;
  /** The first word may be the end of a longer one. */
  readonly openStart: boolean;
  /** The last word may continue. */
  readonly openEnd: boolean;
  readonly span: QuerySpan;
}
/** A field has one of the values. */
export interface Condition {
  readonly kind: 'condition';
  /** One of {@link QUERY_FIELDS}, or the code of a dimension. */
  readonly field: string;
  readonly values: readonly QueryValue[];
  readonly span: QuerySpan;
}
export interface QueryValue {
  readonly text: string;
  readonly span: QuerySpan;
}

/** All words and conditions of a query, from left to right. */
export function leavesOf(query: Query): (Words | Condition)[] {
  switch (query.kind) {
    case 'all':
      return [];
    case 'words':
    case 'condition':
      return [query];
    case 'not':
      return leavesOf(query.part);
    case 'and':
    case 'or':
    case 'near':
      return query.parts.flatMap(leavesOf);
  }
}
