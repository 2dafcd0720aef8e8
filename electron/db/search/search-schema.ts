/**
 * Raised whenever folding, the cutting into tokens or pieces, or these tables change: an index of another version would give
 * wrong answers, so it is made again.
 */
export const INDEX_VERSION = 3;

/**
 * Our own code makes the tokens (shared/text/search-query.ts) and joins them with spaces. unicode61 knows the letters of Unicode
 * 6.1; so that it splits none of our tokens, marks, unassigned and private characters count as letters too. Checked with all
 * 144,595 letters, marks and digits of Unicode 16. `two` is the second reading of a text with hyphens.
 */
const TOKENIZER = `"unicode61 remove_diacritics 0 categories 'L* M* N* Co Cn'"`;

export const SEARCH_SCHEMA: readonly string[] = [
  'CREATE TABLE stamp(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE source(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT',
  'CREATE TABLE layer(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
  'CREATE TABLE chunk(doc INTEGER PRIMARY KEY, layer TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER NOT NULL) STRICT',
  'CREATE INDEX chunk_by_layer ON chunk(layer)',
  'CREATE TABLE note(doc INTEGER PRIMARY KEY, ref BLOB NOT NULL UNIQUE, mark TEXT NOT NULL) STRICT',
  // Every word ever indexed: words that contain a part of a word are found by scanning this table. FTS5's own vocabulary table
  // lists words with all their positions, which takes as long as reading the index.
  'CREATE TABLE word(text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
  `CREATE VIRTUAL TABLE words USING fts5(one, two, content='', contentless_delete=1, tokenize=${TOKENIZER})`,
];
export const SEARCH_TABLES = ['stamp', 'source', 'layer', 'chunk', 'note', 'word', 'words'] as const;
