import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { canonical } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Assignment, CommitHash } from '../../../shared/model/index.ts';
import type { Json, ProjectDb, Readable, Signed } from '../../db/types.ts';
import { tagsOnSources, type TaggedRow } from './queries.ts';

interface Reader {
  readonly db: Readable;
  readonly project: Pick<ProjectDb, 'log'>;
}

/** What of the log is somebody's coding of an assignment: whether a commit of theirs is part of it. */
type Part = (person: string, commit: CommitHash) => boolean;

/** When its coder said that they had finished, as milliseconds; null where they have not, or said otherwise since. */
export const handedInAt = ({ project }: Reader, assignment: Assignment): number | null =>
  handIn(project, assignment)?.at ?? null;

/** The last time that its coder said so. */
function handIn({ log }: Reader['project'], { id, coder, coderDone }: Assignment): Signed | null {
  if (coder === null || !coderDone) return null;
  const said = log.said('assignment', [id], ['coderDone']);
  return said.findLast(({ value, person }) => value === true && person === coder) ?? null;
}

/**
 * Every tag in the sources of an assignment as it was handed in: its coder's as they were when they said that they had
 * finished; everybody else's without whatever they did having seen that, and of whoever gave it out and coded it too, as they
 * were when these said so. So nothing counts that somebody gave, moved or removed knowing of the other's coding, an adjudication
 * or a newer codebook least of all. Out of the log. NOT_ALLOWED where it was not handed in.
 */
export function taggedAsHandedIn(reader: Reader, assignment: Assignment): TaggedRow[] {
  const part = partsOf(reader, assignment);
  const { log } = reader.project;
  const sources = JSON.stringify([...new Set(assignment.units.map(({ source }) => source))]);
  const tags = reader.db.all(tagsOnSources, { sources });
  const ids = tags.map(({ id }) => id);
  const said = Map.groupBy(log.said('tag', ids, ['passage', 'category', 'person', 'deleted']), ({ id }) => id);
  const passages = [...new Set(tags.map(({ passage }) => passage))];
  const places = Map.groupBy(log.said('passage', passages, ['source', 'layer', 'anchor', 'deleted']), ({ id }) => id);
  return tags.flatMap(({ id, passage, person }): TaggedRow[] => {
    const isIn = ({ commit }: Signed): boolean => part(person, commit);
    const tag = lastValues(said.get(id) ?? [], isIn);
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
  // A passage that was moved to a newer text names it itself.
  const moved = typeof place === 'object' && place !== null && 'layer' in place ? place.layer : null;
  const layer = typeof moved === 'string' ? moved : first;
  const [start, end] = anchor.kind === 'text' ? [anchor.start, anchor.end] : [null, null];
  return [{ ...tag, source, layer, start, end }];
}

/** What each field said last, as far as it is in; null where nothing was. Changes come oldest first. */
function lastValues(said: readonly Signed[], isIn: (one: Signed) => boolean): (field: string) => Json {
  const values = new Map(said.filter(isIn).map(({ field, value }) => [field, value]));
  return (field) => values.get(field) ?? null;
}

function partsOf({ project }: Reader, assignment: Assignment): Part {
  const { log } = project;
  const { id, coder, coderName, person: lead } = assignment;
  const back = handIn(project, assignment)?.commit;
  if (back === undefined)
    throw new Fault('NOT_ALLOWED', `${coderName} hasn’t submitted this assignment yet. Use the current tags instead.`, {
      assignment: id,
    });
  const said = log.said('assignment', [id], ['leadDone', 'sample']);
  const given = said.find(({ field }) => field === 'sample')?.commit;
  const done = said.findLast(({ field, value, person }) => field === 'leadDone' && value === true && person === lead);
  // Said with giving it out, it says that nothing more will come; what they tagged before they saw the other's is blind still.
  const finished = done === undefined || done.commit === given ? null : done.commit;
  const known = new Map<string, boolean>();
  const saw = (later: CommitHash, earlier: CommitHash): boolean => {
    const key = `${later} ${earlier}`;
    const answer = known.get(key) ?? log.saw(later, earlier);
    known.set(key, answer);
    return answer;
  };
  return (person, commit) => {
    if (person === coder) return saw(back, commit);
    if (saw(commit, back)) return false;
    return person !== lead || finished === null || saw(finished, commit);
  };
}
