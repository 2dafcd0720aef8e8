import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { canonical } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Assignment, CommitHash } from '../../../shared/model/index.ts';
import type { Json, ProjectDb, Readable, Signed } from '../../db/types.ts';
import { submissionsOf } from '../../project/submissions.ts';
import { tagsOnSources, type TaggedRow } from './queries.ts';

interface Reader {
  readonly db: Readable;
  readonly project: Pick<ProjectDb, 'log'>;
}

/** Whether a person's commit counts as blind coding of the assignment. */
type IsBlind = (person: string, commit: CommitHash) => boolean;

/** When the coder submitted the assignment, in milliseconds; null if they have not, or reopened it. */
export const submittedAt = (reader: Reader, assignment: Assignment): number | null =>
  submission(reader, assignment)?.at ?? null;

/** The change by which the coder submitted it: the last that was made before they received the lead’s codes. */
const submission = (reader: Reader, assignment: Assignment): Signed | null =>
  assignment.coderDone ? submissionsOf(reader, assignment).counted : null;

/**
 * Every tag in the sources of an assignment as it was when submitted, read from the log. The coder's tags count as they were
 * when they submitted; everyone else's without edits made after seeing the submission. The tags of the person who created the
 * assignment count as they were when they finished, if they coded it too. So no edit after an adjudication counts, even if the coder
 * submits again: a submission made after receiving the lead's codes doesn't. Throws NOT_ALLOWED if the assignment was not submitted.
 */
export function tagsAsSubmitted(reader: Reader, assignment: Assignment): TaggedRow[] {
  const isBlind = blindCommits(reader, assignment);
  const { log } = reader.project;
  const sources = JSON.stringify([...new Set(assignment.units.map(({ source }) => source))]);
  const tags = reader.db.all(tagsOnSources, { sources });
  const ids = tags.map(({ id }) => id);
  const changesByTag = Map.groupBy(
    log.changes('tag', ids, ['passage', 'category', 'person', 'deleted']),
    ({ id }) => id,
  );
  const passages = [...new Set(tags.map(({ passage }) => passage))];
  const places = Map.groupBy(
    log.changes('passage', passages, ['source', 'layer', 'anchor', 'deleted']),
    ({ id }) => id,
  );
  return tags.flatMap(({ id, passage, person }): TaggedRow[] => {
    const isIn = ({ commit }: Signed): boolean => isBlind(person, commit);
    const tag = lastValues(changesByTag.get(id) ?? [], isIn);
    const on = lastValues(places.get(passage) ?? [], isIn);
    const category = tag('category');
    if (tag('person') !== person || tag('passage') !== passage || typeof category !== 'string') return [];
    if (tag('deleted') === true || on('deleted') === true) return [];
    return placed(on, { passage, category, person });
  });
}

function placed(on: (field: string) => Json, tag: Pick<TaggedRow, 'passage' | 'category' | 'person'>): TaggedRow[] {
  const [source, first, place] = [on('source'), on('layer'), on('anchor')];
  const anchor = readAnchor(canonical(place));
  if (typeof source !== 'string' || typeof first !== 'string' || anchor === null) return [];
  // The anchor of a passage that was moved to a newer text layer names that layer.
  const moved = typeof place === 'object' && place !== null && 'layer' in place ? place.layer : null;
  const layer = typeof moved === 'string' ? moved : first;
  const [start, end] = anchor.kind === 'text' ? [anchor.start, anchor.end] : [null, null];
  return [{ ...tag, source, layer, start, end }];
}

/** The last value of each field among the changes that count; null if there is none. Changes come oldest first. */
function lastValues(changes: readonly Signed[], isIn: (one: Signed) => boolean): (field: string) => Json {
  const values = new Map(changes.filter(isIn).map(({ field, value }) => [field, value]));
  return (field) => values.get(field) ?? null;
}

function blindCommits(reader: Reader, assignment: Assignment): IsBlind {
  const { log } = reader.project;
  const { id, coder, coderName, person: lead } = assignment;
  const submitted = submission(reader, assignment)?.commit;
  if (submitted === undefined)
    throw new Fault('NOT_ALLOWED', `${coderName} hasn’t submitted this assignment yet. Use the current tags instead.`, {
      assignment: id,
    });
  const changes = log.changes('assignment', [id], ['leadDone', 'sample']);
  const created = changes.find(({ field }) => field === 'sample')?.commit;
  const done = changes.findLast(
    ({ field, value, person }) => field === 'leadDone' && value === true && person === lead,
  );
  // Set when the assignment was created, it only says that the lead will not code it; their tags made before seeing the coder's are still blind.
  const finished = done === undefined || done.commit === created ? null : done.commit;
  const known = new Map<string, boolean>();
  const saw = (later: CommitHash, earlier: CommitHash): boolean => {
    const key = `${later} ${earlier}`;
    const answer = known.get(key) ?? log.saw(later, earlier);
    known.set(key, answer);
    return answer;
  };
  return (person, commit) => {
    if (person === coder) return saw(submitted, commit);
    if (saw(commit, submitted)) return false;
    return person !== lead || finished === null || saw(finished, commit);
  };
}
