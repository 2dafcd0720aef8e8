/** The kinds of documents, in the order in which the matches of one source are listed: a layer's text in pieces, then what people wrote. */
export const DOC_KINDS = ['text', 'passage', 'translation', 'memo', 'comment', 'category'] as const;
export type DocKind = (typeof DOC_KINDS)[number];

/** A document's number is made of its source, kind and order: matches are listed in the order of these numbers. */
const SOURCE_UNIT = 2 ** 21;
export const KIND_UNIT = 2 ** 18;
/** For categories, and memos on them and the project, which belong to no source: they come last. */
export const NO_SOURCE = 2 ** 20 - 1;

export const sourceOfDoc = (doc: number): number => Math.floor(doc / SOURCE_UNIT);
export const kindOfDoc = (doc: number): DocKind => DOC_KINDS[Math.floor((doc % SOURCE_UNIT) / KIND_UNIT)] ?? 'memo';
export const firstDocOf = (source: number): number => source * SOURCE_UNIT;
export const firstOf = (source: number, kind: DocKind): number =>
  firstDocOf(source) + DOC_KINDS.indexOf(kind) * KIND_UNIT;
