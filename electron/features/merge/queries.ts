import { fieldsWith } from '../../../shared/changes/fields.ts';
import { query } from '../../db/types.ts';
import type { Quoting } from '../../project/passages/quoted-words.ts';

/** Reads `incoming_record` and `incoming_commit`, which exist during a merge's transaction: see IncomingChanges in electron/db/types.ts. */
export const kinds = query<Record<string, never>, { entity: string; how: string; records: number }>(
  'merge.kinds',
  `SELECT entity, how, count(*) AS records FROM incoming_record WHERE how <> 'same' GROUP BY entity, how ORDER BY entity`,
);
export const commitsByPerson = query<
  Record<string, never>,
  {
    person: string;
    key: string;
    name: string | null;
    commits: number;
    changes: number;
    first: number;
    last: number;
    known: number;
  }
>(
  'merge.people',
  `SELECT i.person, i."key", w.name, count(*) AS commits, sum(i.changes) AS changes, min(i.at) AS first, max(i.at) AS last,
     EXISTS (SELECT 1 FROM p_person k WHERE k.id = i.person)
       AND NOT EXISTS (SELECT 1 FROM incoming_record n WHERE n.entity = 'person' AND n.id = i.person AND n.how = 'added') AS known
   FROM incoming_commit i LEFT JOIN p_person w ON w.id = i.person GROUP BY i.person, i."key" ORDER BY count(*) DESC, i.person`,
);
/** The sources that change, with how many of their passages and tags do. */
export const touchedSources = query<
  Record<string, never>,
  { source: string; title: string | null; isNew: number; passages: number; tags: number }
>(
  'merge.sources',
  `WITH touched(source, passages, tags) AS (
     SELECT p.source, 1, 0 FROM incoming_record r CROSS JOIN p_passage p ON p.id = r.id
       WHERE r.entity = 'passage' AND r.how <> 'same' AND p.source IS NOT NULL
     UNION ALL SELECT p.source, 0, 1 FROM incoming_record r CROSS JOIN p_tag t ON t.id = r.id CROSS JOIN p_passage p ON p.id = t.passage
       WHERE r.entity = 'tag' AND r.how <> 'same' AND p.source IS NOT NULL
     UNION ALL SELECT r.id, 0, 0 FROM incoming_record r WHERE r.entity = 'source' AND r.how <> 'same')
   SELECT t.source, coalesce(s.title, s.fileName) AS title, sum(t.passages) AS passages, sum(t.tags) AS tags,
     EXISTS (SELECT 1 FROM incoming_record n WHERE n.entity = 'source' AND n.id = t.source AND n.how = 'added') AS isNew
   FROM touched t LEFT JOIN p_source s ON s.id = t.source GROUP BY t.source ORDER BY title, t.source`,
);
export const touchedCategories = query<
  Record<string, never>,
  { category: string; code: string | null; name: string | null; colour: string | null; tags: number }
>(
  'merge.categories',
  `SELECT t.category, c.code, c.name, c.colour, count(*) AS tags
   FROM incoming_record r CROSS JOIN p_tag t ON t.id = r.id LEFT JOIN p_category c ON c.id = t.category
   WHERE r.entity = 'tag' AND r.how <> 'same' AND t.category IS NOT NULL GROUP BY t.category ORDER BY tags DESC, c.code`,
);
export interface ReplacedRow {
  readonly entity: 'source' | 'layer';
  readonly id: string;
  readonly source: string;
  readonly title: string | null;
  readonly archive: string | null;
  /** The file that it has after the merge. */
  readonly sha256: string;
  readonly hash: string;
  readonly person: string;
}
/** Sources and layers whose file was named here before, and after the merge is another one, which an incoming commit named. */
export const otherFiles = query<Record<string, never>, ReplacedRow>(
  'merge.otherFiles',
  `SELECT r.entity, r.id, s.id AS source, coalesce(s.title, s.fileName) AS title, s.archive,
     iif(r.entity = 'layer', l.sha256, s.sha256) AS sha256, i.hash, i.person
   FROM incoming_record r LEFT JOIN p_layer l ON r.entity = 'layer' AND l.id = r.id
     CROSS JOIN p_source s ON s.id = iif(r.entity = 'layer', l.source, r.id)
     CROSS JOIN field_ f ON f.entity = r.entity AND f.name = 'sha256'
     CROSS JOIN change_ h ON h.ent = r.ent AND h.field = f.field
     CROSS JOIN incoming_commit i ON i.c = h.c
   WHERE r.entity IN ('source', 'layer') AND r.how = 'changed'
     AND h.value = json_quote(iif(r.entity = 'layer', l.sha256, s.sha256))
     AND NOT EXISTS (SELECT 1 FROM change_ b WHERE b.ent = r.ent AND b.field = f.field AND b.value = h.value
       AND NOT EXISTS (SELECT 1 FROM incoming_commit n WHERE n.c = b.c))
   GROUP BY r.entity, r.id ORDER BY title, r.id`,
);
/** The file of each layer here. */
export const layerFiles = query<Record<string, never>, { id: string; sha256: string }>(
  'merge.layerFiles',
  'SELECT id, sha256 FROM p_layer WHERE sha256 IS NOT NULL',
);
/**
 * Passages whose place an incoming commit of someone else than their person changed, with the last place here and the one after the merge.
 */
export const movedPassages = query<
  Record<string, never>,
  { id: string; person: string; before: string; after: string; hash: string; by: string }
>(
  'merge.movedPassages',
  `SELECT p.id, p.person, p.anchor AS after, i.hash, i.person AS "by",
     (SELECT b.value FROM change_ b CROSS JOIN commit_ c ON c.c = b.c
      WHERE b.ent = r.ent AND b.field = f.field AND NOT EXISTS (SELECT 1 FROM incoming_commit n WHERE n.c = b.c)
      ORDER BY c.clock DESC, c.hash DESC LIMIT 1) AS before
   FROM incoming_record r CROSS JOIN p_passage p ON p.id = r.id
     CROSS JOIN field_ f ON f.entity = 'passage' AND f.name = 'anchor'
     CROSS JOIN change_ h ON h.ent = r.ent AND h.field = f.field AND h.value = p.anchor
     CROSS JOIN incoming_commit i ON i.c = h.c
   WHERE r.entity = 'passage' AND r.how = 'changed' AND p.person IS NOT NULL AND before IS NOT NULL AND i.person <> p.person
   GROUP BY p.id ORDER BY p.source, p.start, p.id`,
);
/** The texts on which the merge being judged adds or changes passages or figures. */
export const quotedTexts = query<
  Record<string, never>,
  { layer: string; sha256: string | null; source: string | null; title: string | null }
>(
  'merge.quotedTexts',
  `SELECT l.id AS layer, l.sha256, l.source, coalesce(s.title, s.fileName) AS title FROM
     (SELECT p.onLayer AS layer FROM incoming_record r CROSS JOIN p_passage p ON p.id = r.id
        WHERE r.entity = 'passage' AND r.how IN ('added', 'changed') AND p.onLayer IS NOT NULL
      UNION SELECT f.layer FROM incoming_record r CROSS JOIN p_figure f ON f.id = r.id
        WHERE r.entity = 'figure' AND r.how IN ('added', 'changed') AND f.layer IS NOT NULL) q
     JOIN p_layer l ON l.id = q.layer LEFT JOIN p_source s ON s.id = l.source ORDER BY title, l.id`,
);
export const quotesOnText = query<{ layer: string }, Quoting>(
  'merge.quotesOnText',
  `SELECT 'passage' AS entity, p.id AS id, p.onLayer AS layer, p.anchor,
     p.source <> (SELECT source FROM p_layer WHERE id = $layer) IS 1 AS isElsewhere FROM p_passage p
     CROSS JOIN incoming_record r ON r.entity = 'passage' AND r.id = p.id
     WHERE p.onLayer = $layer AND p.anchor IS NOT NULL AND r.how IN ('added', 'changed')
   UNION ALL SELECT 'figure', f.id, f.layer, f.anchor, 0 FROM p_figure f
     CROSS JOIN incoming_record r ON r.entity = 'figure' AND r.id = f.id
     WHERE f.source = (SELECT source FROM p_layer WHERE id = $layer) AND f.layer = $layer AND f.anchor IS NOT NULL
       AND r.how IN ('added', 'changed')
   ORDER BY id`,
);
/** Figures that the merge puts under another source than the one whose text theirs is: asked once, since no index finds them by their text alone. */
export const figuresElsewhere = query<Record<string, never>, Quoting>(
  'merge.figuresElsewhere',
  `SELECT 'figure' AS entity, f.id, f.layer, f.anchor, 1 AS isElsewhere FROM incoming_record r CROSS JOIN p_figure f ON f.id = r.id
     CROSS JOIN p_layer l ON l.id = f.layer
   WHERE r.entity = 'figure' AND r.how IN ('added', 'changed') AND f.anchor IS NOT NULL AND f.source <> l.source ORDER BY f.id`,
);
/**
 * Commits dated more than `far` (ms) before one that they follow: the hybrid clock is never behind those. Where the clock itself is
 * after `clock`, an earlier commit was dated in the future, and these may be right.
 */
export const datedBefore = query<
  { far: number; clock: number; ticks: number },
  { hash: string; person: string; at: number }
>(
  'merge.datedBefore',
  `SELECT hash, person, at FROM incoming_commit WHERE clock / $ticks - at > $far AND clock <= $clock ORDER BY at, hash`,
);

/**
 * Commits dated after `latest` (epoch ms), or whose hybrid clock is after `clock` and more than `far` after every clock here. Once
 * a commit with a wrong clock is here, all later commits continue from that clock, so they are not listed again. `at`: the later of the two.
 */
export const aheadOf = query<
  { latest: number; clock: number; far: number; ticks: number },
  { hash: string; person: string; at: number }
>(
  'merge.ahead',
  `SELECT hash, person, max(at, CAST(clock / $ticks AS INTEGER)) AS at FROM incoming_commit WHERE at > $latest OR clock > $clock AND clock > $far + coalesce(
     (SELECT max(m.clock) FROM commit_ m WHERE NOT EXISTS (SELECT 1 FROM incoming_commit i WHERE i.c = m.c)), 0)
   ORDER BY 3, hash`,
);
/** Commits that undo another person's commit or a whole merge. Labels of undone merges began with “Take back merge of” in earlier versions. */
export const undosOfOthers = query<Record<string, never>, { hash: string; person: string; at: number; label: string }>(
  'merge.undosOfOthers',
  `SELECT i.hash, i.person, i.at, i.label FROM incoming_commit i
   WHERE i.label LIKE 'Undo merge from %' OR i.label LIKE 'Take back merge of %' OR EXISTS (
     SELECT 1 FROM change_ h JOIN commit_ u ON u.hash = unhex(trim(h.value, '"')) JOIN replica_ v ON v.replica = u.replica
     WHERE h.c = i.c AND h.i = 1 AND h.field = (SELECT field FROM field_ WHERE entity = 'step' AND name = 'undoes')
       AND lower(hex(v."key")) <> i."key")
   ORDER BY i.at, i.hash`,
);
export const incomingCommit = query<{ hash: string }, { hash: string }>(
  'merge.incomingCommit',
  'SELECT i.hash FROM commit_ m CROSS JOIN incoming_commit i ON i.c = m.c WHERE m.hash = unhex($hash)',
);
export const incomingPeople = query<Record<string, never>, { person: string }>(
  'merge.incomingPeople',
  'SELECT DISTINCT person FROM incoming_commit',
);
/** Including those in the trash: undoing an assignment must not let blind coding in. */
export const assignmentStates = query<
  Record<string, never>,
  {
    id: string;
    name: string | null;
    coder: string | null;
    person: string | null;
    coderName: string | null;
    coderDone: number | null;
    deleted: number | null;
  }
>('merge.assignmentStates', 'SELECT id, name, coder, person, coderName, coderDone, deleted FROM p_assignment');
/** Assignments whose lead has finished, by commits that were here before the merge: a blind copy cannot change that. */
export const leadsDone = query<Record<string, never>, { id: string }>(
  'merge.leadsDone',
  `SELECT a.id FROM p_assignment a WHERE 'true' = (
     SELECT h.value FROM entity_ e
       CROSS JOIN field_ f ON f.entity = 'assignment' AND f.name = 'leadDone'
       CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field CROSS JOIN commit_ m ON m.c = h.c
     WHERE e.id = unhex(replace(a.id, '-', '')) AND e.kind = 'assignment'
       AND NOT EXISTS (SELECT 1 FROM incoming_commit i WHERE i.c = m.c)
     ORDER BY m.clock DESC, m.hash DESC LIMIT 1)`,
);

/** The originals and layers that the project's log names, also in overwritten values, which an undo may make current again. */
export const filesInLog = query<
  Record<string, never>,
  { entity: 'source' | 'layer' | 'draft'; id: string; field: string; value: string }
>(
  'merge.filesInLog',
  `SELECT r.kind AS entity, r.id, f.name AS field, h.value
   FROM (SELECT 'source' AS kind, id FROM p_source UNION ALL SELECT 'layer', id FROM p_layer
       UNION ALL SELECT 'draft', id FROM p_draft) r
     CROSS JOIN entity_ e ON e.id = unhex(replace(r.id, '-', '')) AND e.kind = r.kind
     CROSS JOIN field_ f ON f.entity = r.kind AND f.name IN (${[...fieldsWith('source', 'file'), ...fieldsWith('layer', 'file'), ...fieldsWith('draft', 'file')].map((name) => `'${name}'`).join(', ')})
     CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field`,
);
