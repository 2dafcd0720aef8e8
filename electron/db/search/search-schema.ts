/**
 * Raised whenever folding, the cutting into tokens or pieces, the rules for names of places, or these tables change: an index of
 * another version would give wrong answers, so it is made again.
 */
export const INDEX_VERSION = 7;

/**
 * The index is made of segments, which are written once. Each numbers the folded text it covers from 0, and has for each token
 * the list of its positions (postings.ts). A token is a word (`word`), or a single character of a script without spaces, or a
 * sign: its term is then its code point.
 *
 * `docs` and `bases` of a segment: the number of each document and where it begins. `contents`: where lines of tables of contents
 * begin and end. `map` of a piece of a text leads from folded to original offsets (offset-map.ts). A document that was replaced is
 * `dead` in the segment that has it. `layer`, `start` and `end` of a passage's note: where in the text it is.
 *
 * `placed`: layers whose names of places were read, and what the reading depends on. `named`: the names in a piece (place-rows.ts),
 * if it has any. `meaning`: the place that a name means, or those of which a person has to choose one, with a space between.
 */
export const SEARCH_SCHEMA: readonly string[] = [
  'CREATE TABLE stamp(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE source(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT',
  'CREATE TABLE layer(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
  'CREATE TABLE chunk(doc INTEGER PRIMARY KEY, layer TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER NOT NULL, segment INTEGER NOT NULL, map BLOB NOT NULL) STRICT',
  'CREATE INDEX chunk_by_layer ON chunk(layer)',
  'CREATE TABLE note(doc INTEGER PRIMARY KEY, ref BLOB NOT NULL UNIQUE, mark TEXT NOT NULL, segment INTEGER NOT NULL, layer BLOB, start INTEGER, end INTEGER) STRICT',
  'CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
  'CREATE TABLE segment(id INTEGER PRIMARY KEY, units INTEGER NOT NULL, least INTEGER NOT NULL, most INTEGER NOT NULL, docs BLOB NOT NULL, bases BLOB NOT NULL, contents BLOB NOT NULL) STRICT',
  'CREATE TABLE dead(segment INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(segment, doc)) STRICT, WITHOUT ROWID',
  'CREATE TABLE placed(layer TEXT PRIMARY KEY, key TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE named(doc INTEGER PRIMARY KEY, names BLOB NOT NULL) STRICT',
  'CREATE TABLE meaning(n INTEGER PRIMARY KEY, places TEXT NOT NULL UNIQUE) STRICT',
  'CREATE TABLE posting(id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT',
];
export const SEARCH_TABLES = [
  'stamp',
  'source',
  'layer',
  'chunk',
  'note',
  'word',
  'segment',
  'dead',
  'posting',
  'placed',
  'named',
  'meaning',
  // Tables of index versions up to 3.
  'words',
] as const;
