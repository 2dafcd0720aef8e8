import { type Assignment, assignmentId, type CommitHash, personId } from '../../shared/model/index.ts';
import { type ProjectDb, query, type Readable, type Signed } from '../db/types.ts';

interface Reader {
  readonly db: Readable;
  readonly project: Pick<ProjectDb, 'log'>;
}
type Coded = Pick<Assignment, 'id' | 'coder' | 'person'>;

/** How a coder submitted an assignment. */
interface Submissions {
  /** The submission that agreement counts: the last one that isn’t in `again`. Null if there is none. */
  readonly counted: Signed | null;
  /** Submissions made after the coder had received codes of the lead that they did not have when they first submitted. Oldest first. */
  readonly again: readonly Signed[];
}

export function submissionsOf(reader: Reader, { id, coder, person: lead }: Coded): Submissions {
  const { log } = reader.project;
  const all = log
    .changes('assignment', [id], ['coderDone'])
    .filter(({ value, person }) => value === true && person === coder);
  const [first, ...later] = all;
  if (first === undefined || later.length === 0) return { counted: first ?? null, again: [] };
  const tags = reader.db.all(tagsInSample, { id }).map((one) => one.id);
  const codes = new Set<CommitHash>(
    log
      .changes('tag', tags, ['category', 'deleted'])
      .flatMap(({ person, commit }) => (person === lead ? [commit] : [])),
  );
  const unseen = [...codes].filter((commit) => !log.saw(first.commit, commit));
  const again = later.filter((one) => unseen.some((commit) => log.saw(one.commit, commit)));
  return { counted: all.findLast((one) => !again.includes(one)) ?? null, again };
}

/** An assignment that was submitted again after its lead’s codes were in the project. */
interface SubmittedAgain extends Signed {
  readonly name: string;
  readonly coderName: string;
}

/** The last such submission of each assignment that isn’t withdrawn. */
export const submittedAgain = (reader: Reader): SubmittedAgain[] =>
  reader.db.all(submitted, {}).flatMap(({ id, coder, person, name, coderName }) => {
    const of = { id: assignmentId.parse(id), coder: personId.parse(coder), person: personId.parse(person) };
    const last = submissionsOf(reader, of).again.at(-1);
    return last === undefined ? [] : [{ ...last, name: name ?? '', coderName: coderName ?? '' }];
  });

const submitted = query<
  Record<string, never>,
  { id: string; coder: string; person: string; name: string | null; coderName: string | null }
>(
  'submissions.assignments',
  `SELECT id, coder, person, name, coderName FROM p_assignment
   WHERE deleted IS NOT 1 AND coder IS NOT NULL AND person IS NOT NULL ORDER BY createdAt, id`,
);
/** All tags on passages of the assignment’s sources, removed ones too. */
const tagsInSample = query<{ id: string }, { id: string }>(
  'submissions.tags',
  `SELECT t.id FROM (SELECT DISTINCT iif(u.type = 'object', u.value ->> '$.source', NULL) AS source FROM p_assignment a CROSS JOIN json_each(a.sample) u WHERE a.id = $id) s
   CROSS JOIN p_passage p ON p.source = s.source CROSS JOIN p_tag t ON t.passage = p.id`,
);
