import { query } from '../../db/types.ts';

type None = Record<string, never>;

export interface DraftRow {
  readonly id: string;
  readonly title: string | null;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly text: string | null;
  readonly published: string | null;
  readonly author: string | null;
  readonly writer: string | null;
  readonly style: string | null;
  readonly replaces: string | null;
  readonly deleted: number | null;
  readonly createdAt: number;
}
/** All drafts, also those in the trash: a version can follow one of them. */
export const allDrafts = query<None, DraftRow>(
  'drafts.all',
  `SELECT id, title, fileName, sha256, bytes, text, published, author, writer, style, replaces, deleted, createdAt
   FROM p_draft ORDER BY createdAt, id`,
);

export interface MarkRow {
  readonly id: string;
  readonly version: string | null;
  readonly sentence: string;
  readonly nth: number | null;
  readonly state: string | null;
  readonly comment: string | null;
  readonly basis: string | null;
  readonly person: string | null;
  readonly deleted: number | null;
}
/** The marks on a draft, also removed ones: only a mark's author can withdraw it. */
export const marksOfDraft = query<{ draft: string }, MarkRow>(
  'drafts.marks',
  `SELECT id, version, sentence, nth, state, comment, basis, person, deleted FROM p_draftmark
   WHERE draft = $draft AND sentence IS NOT NULL ORDER BY createdAt, id`,
);

export interface LinkRow {
  readonly id: string;
  readonly sentence: string;
  readonly nth: number | null;
  readonly passage: string | null;
  readonly claim: string | null;
  readonly quotation: string | null;
}
export const linksOfDraft = query<{ draft: string }, LinkRow>(
  'drafts.links',
  `SELECT id, sentence, nth, passage, claim, quotation FROM p_draftlink
   WHERE draft = $draft AND sentence IS NOT NULL AND deleted IS NOT 1 ORDER BY createdAt, id`,
);

export interface RemedyRow {
  readonly id: string;
  readonly sentence: string;
  readonly nth: number | null;
  readonly finding: string;
  readonly remedy: string | null;
  readonly reason: string | null;
}
export const remediesOfDraft = query<{ draft: string }, RemedyRow>(
  'drafts.remedies',
  `SELECT id, sentence, nth, finding, remedy, reason FROM p_draftremedy
   WHERE draft = $draft AND sentence IS NOT NULL AND finding IS NOT NULL AND deleted IS NOT 1 ORDER BY createdAt, id`,
);

export const releasesOfDraft = query<{ draft: string }, { id: string; person: string }>(
  'drafts.releases',
  `SELECT id, person FROM p_draftrelease
   WHERE draft = $draft AND deleted IS NOT 1 AND person IS NOT NULL ORDER BY createdAt, id`,
);

/** The current texts of the sources that are not in the trash, in the order in which they were added. */
export const textsToLookIn = query<None, { id: string; sha256: string }>(
  'drafts.texts',
  `SELECT s.id, l.sha256 FROM p_source s JOIN p_layer l ON l.id = s.layer
   WHERE s.deleted IS NOT 1 AND l.sha256 IS NOT NULL ORDER BY s.createdAt, s.id`,
);

/** The words of the passages that are not in the trash. */
export const wordsOfPassages = query<None, { id: string; words: string }>(
  'drafts.passages',
  `SELECT p.id, p.anchor ->> '$.exact' AS words FROM p_passage p JOIN p_source s ON s.id = p.source
   WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1 AND json_valid(p.anchor) AND p.anchor ->> '$.exact' IS NOT NULL
   ORDER BY p.createdAt, p.id`,
);

/** The passages with these ids (a JSON list) that are not in the trash and whose sources are not. */
export const placesOfPassages = query<
  { ids: string },
  {
    id: string;
    source: string;
    anchor: string;
    title: string | null;
    translation: string | null;
  }
>(
  'drafts.passagesOf',
  `SELECT p.id, p.source, p.anchor, coalesce(s.title, s.fileName) AS title,
     (SELECT t.draft ->> '$.text' FROM p_translation t
      WHERE t.passage = p.id AND t.deleted IS NOT 1 AND json_valid(t.draft) ORDER BY t.createdAt, t.id LIMIT 1) AS translation
   FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value JOIN p_source s ON s.id = p.source
   WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1 AND p.anchor IS NOT NULL`,
);

/** All people, also removed ones: they stay the authors of what they wrote. */
export const people = query<None, { id: string; name: string | null }>(
  'drafts.people',
  'SELECT id, name FROM p_person',
);
