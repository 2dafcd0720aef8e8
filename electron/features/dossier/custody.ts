import { counted } from '../../../shared/text/counted.ts';
import type { Event } from '../../formats/dossier/model.ts';
import { type ReportPassage, type ReportSource, STATE_NAMES } from '../../formats/report/model.ts';
import { query, type Signed } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { tagsOfPassages } from '../../project/passages/queries.ts';
import { signersOn, translatorsOn } from '../../project/people/signers.ts';
import { reviewedOf } from '../../project/review/state.ts';
import type { Found } from './found.ts';

/** Data for custody that is not in the log. */
interface Given {
  readonly names: ReadonlyMap<string, string>;
  readonly isPseudonymous: boolean;
}

interface Made {
  readonly id: string;
  readonly at: number;
  readonly person: string | null;
}
const madeOf = query<{ ids: string }, Made>(
  'dossier.made',
  `SELECT p.id, p.createdAt AS at, p.person FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value`,
);

/**
 * Returns a function from an exhibit to its history, oldest first: the events of its source and passage in the log, and the merges that
 * brought them into this copy of the project. Merges are remembered in this project folder only.
 */
export function custodyOf(
  context: ReadContext,
  found: readonly Found[],
  { names, isPseudonymous }: Given,
): (passage: ReportPassage, source: ReportSource) => Event[] {
  const { db, project } = context;
  const nameOf = (id: string | null): string => names.get(id ?? '') ?? 'unknown';
  const at = (ms: number): string => new Date(ms).toISOString();
  const sources = [...new Set(found.map(({ source }) => source.id))];
  const added = new Map<string, Signed>();
  for (const one of project.log.changes('source', sources, ['sha256'])) if (!added.has(one.id)) added.set(one.id, one);
  const takenIn = ({ id, fileName, bytes, sha256 }: ReportSource): Event[] => {
    const first = added.get(id);
    const what = `Document taken in: “${fileName}”, ${counted(bytes, 'byte')}, SHA-256 ${sha256.slice(0, 16)}…`;
    return first === undefined ? [] : [{ at: at(first.at), what, who: nameOf(first.person) }];
  };
  const passages = found.flatMap(({ passage }) => [passage.id, ...(passage.also ?? [])]);
  const ids = JSON.stringify(passages);
  const [signers, translators] = [signersOn(context, passages).of, translatorsOn(context, passages).of];
  const signed = <T extends Made>(one: T): T => ({ ...one, person: signers.get(one.id) ?? one.person });
  const made = new Map(db.all(madeOf, { ids }).map((one) => [one.id, signed(one)]));
  const tags = Map.groupBy(db.all(tagsOfPassages, { ids }).map(signed), ({ passage }) => passage);
  const reviewed = reviewedOf(
    context,
    passages.map((id) => ({ id, tagged: tags.has(id) })),
  );
  const came = {
    source: project.merges.mergesOf('source', sources),
    passage: project.merges.mergesOf('passage', passages),
  };
  const mergeOf = (kind: keyof typeof came, id: string): Event[] => {
    const merge = came[kind].get(id);
    if (merge === undefined) return [];
    // Under pseudonyms the file is not named: a file's name often tells its owner.
    const from = isPseudonymous ? 'another copy' : `“${merge.from}”`;
    const what = `${kind === 'source' ? 'Document' : 'Passage'} came here by a merge from ${from}`;
    return [{ at: at(merge.at), what, who: merge.by === null ? 'not recorded' : nameOf(merge.by) }];
  };
  const eventsOf = (id: string): Event[] => {
    const [one, review] = [made.get(id), reviewed.get(id)];
    const coders = Map.groupBy(tags.get(id) ?? [], ({ person }) => person);
    return [
      ...(one === undefined ? [] : [{ at: at(one.at), what: 'Passage marked', who: nameOf(one.person) }]),
      ...mergeOf('passage', id),
      ...[...coders].map(([person, given]) => ({
        at: at(Math.max(...given.map((tag) => tag.at))),
        what: 'Coded as it is now',
        who: nameOf(person),
      })),
      ...(review?.translations ?? []).map((translation) => ({
        at: at(translation.at),
        what: `Translated (${translation.language})${translation.method === 'machine' ? ' by machine' : ''}, as it reads now`,
        who: nameOf(translators.get(translation.id) ?? translation.person),
      })),
      ...(review?.counted.valid ?? []).map((move) => ({
        at: at(move.at),
        what: STATE_NAMES[move.state],
        who: nameOf(move.person),
      })),
    ];
  };
  return (passage, source) => {
    const own = [passage.id, ...(passage.also ?? [])].flatMap(eventsOf);
    const decided = passage.decided;
    return [
      ...takenIn(source),
      ...mergeOf('source', source.id),
      ...own,
      ...(decided === null || decided.at === null
        ? []
        : [{ at: decided.at, what: 'Decided where coders differ', who: decided.person }]),
    ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  };
}
