/**
 * Step 1, frozen: the SQL that made every database so far. Never edit it, not even a space: SQLite keeps the text, and a new
 * project must have the same schema as an old one. To change the schema, add a step. A test holds this text to its hash.
 */
export const LOG_0001: readonly string[] = [
  // The log: what was signed. `c`, `ent`, `field` and `replica` are local numbers, in order of arrival. A commit whose
  // body is withheld has no seed; what is known of its leaves is in leaf_.
  'CREATE TABLE project_(one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL) STRICT',
  'CREATE TABLE replica_(replica INTEGER PRIMARY KEY, id BLOB NOT NULL, key BLOB NOT NULL, UNIQUE(id, key)) STRICT',
  'CREATE TABLE field_(field INTEGER PRIMARY KEY, entity TEXT NOT NULL, name TEXT NOT NULL, UNIQUE(entity, name)) STRICT',
  'CREATE TABLE entity_(ent INTEGER PRIMARY KEY, kind TEXT NOT NULL, id BLOB NOT NULL, UNIQUE(id, kind)) STRICT',
  'CREATE TABLE commit_(c INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, replica INTEGER NOT NULL, clock INTEGER NOT NULL, wall INTEGER NOT NULL, own INTEGER, others BLOB, root BLOB NOT NULL, sig BLOB NOT NULL, seed BLOB, label TEXT, chain INTEGER NOT NULL, seq INTEGER NOT NULL, vv INTEGER NOT NULL) STRICT',
  'CREATE TABLE change_(c INTEGER NOT NULL, i INTEGER NOT NULL, ent INTEGER NOT NULL, field INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY(c, i)) STRICT, WITHOUT ROWID',
  'CREATE TABLE leaf_(c INTEGER NOT NULL, i INTEGER NOT NULL, salt BLOB, hash BLOB, PRIMARY KEY(c, i), CHECK ((salt IS NULL) <> (hash IS NULL))) STRICT, WITHOUT ROWID',
  // Derived from the log: chains, version vectors, heads, open conflicts. Nothing imports them.
  'CREATE TABLE chain_(chain INTEGER PRIMARY KEY, replica INTEGER NOT NULL, tip INTEGER NOT NULL) STRICT',
  'CREATE TABLE vv_(vv INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT',
  'CREATE TABLE head_(c INTEGER PRIMARY KEY) STRICT',
  'CREATE TABLE conflict_(ent INTEGER NOT NULL, field INTEGER NOT NULL, c INTEGER NOT NULL, i INTEGER NOT NULL, PRIMARY KEY(ent, field, c, i)) STRICT, WITHOUT ROWID',
  // This folder's own: never exported, never in the log.
  'CREATE TABLE local_self(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE local_view(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE migration_(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, at INTEGER NOT NULL) STRICT',
  'CREATE INDEX commit_by_chain ON commit_(chain, seq)',
  'CREATE INDEX commit_withheld ON commit_(c) WHERE seed IS NULL',
  'CREATE INDEX change_by_field ON change_(ent, field)',
  // The log is append-only.
  "CREATE TRIGGER project_no_update BEFORE UPDATE ON project_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER project_no_delete BEFORE DELETE ON project_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER replica_no_update BEFORE UPDATE ON replica_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER replica_no_delete BEFORE DELETE ON replica_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER field_no_update BEFORE UPDATE ON field_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER field_no_delete BEFORE DELETE ON field_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER entity_no_update BEFORE UPDATE ON entity_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER entity_no_delete BEFORE DELETE ON entity_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER change_no_update BEFORE UPDATE ON change_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER change_no_delete BEFORE DELETE ON change_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER commit_no_delete BEFORE DELETE ON commit_ BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  // Supplying a body that had been withheld is the one change a commit allows; chain numbers never move.
  "CREATE TRIGGER commit_no_update BEFORE UPDATE ON commit_ WHEN NOT (OLD.c IS NEW.c AND OLD.hash IS NEW.hash AND OLD.kind IS NEW.kind AND OLD.replica IS NEW.replica AND OLD.clock IS NEW.clock AND OLD.wall IS NEW.wall AND OLD.own IS NEW.own AND OLD.others IS NEW.others AND OLD.root IS NEW.root AND OLD.sig IS NEW.sig AND OLD.chain IS NEW.chain AND OLD.seq IS NEW.seq AND OLD.vv IS NEW.vv AND (OLD.seed IS NULL OR OLD.seed IS NEW.seed) AND (OLD.label IS NULL OR OLD.label IS NEW.label)) BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER leaf_no_update BEFORE UPDATE ON leaf_ WHEN NOT (OLD.c IS NEW.c AND OLD.i IS NEW.i AND OLD.salt IS NULL AND NEW.hash IS NULL) BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
  "CREATE TRIGGER leaf_no_delete BEFORE DELETE ON leaf_ WHEN (SELECT seed FROM commit_ WHERE c = OLD.c) IS NULL BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END",
];
