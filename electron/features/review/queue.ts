import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { passageId, sourceId } from '../../../shared/model/index.ts';
import { countsOf, waitsIn, type Actor } from '../../../shared/review/queues.ts';
import type { ReadContext } from '../../project/context.ts';
import { namer, peopleOf } from './people.ts';
import { type Entry, entriesOf, shortened, sourcesOf, type SourceRow } from './queue-entries.ts';

/** What waits for whom: the oldest first. The counts are those of every queue with the same filter. */
export function queueOf(
  context: ReadContext,
  { queue, filter, limit }: CallArgs<'review.queue'>,
): CallOutput<'review.queue'> {
  const sources = sourcesOf(context);
  const people = peopleOf(context);
  const nameOf = namer(people);
  const me = people.find(({ id }) => id === context.person.id);
  const actor: Actor = { id: context.person.id, roles: me?.roles ?? [] };
  const fitting = [...entriesOf(context, sources).values()].filter(
    (one) => sources.has(one.row.source) && fits(one, filter, sources),
  );
  const waiting = fitting
    .filter((one) => waitsIn(queue, one, actor))
    .sort((a, b) => a.at - b.at || (a.row.id < b.row.id ? -1 : 1));
  return {
    items: waiting.slice(0, limit).map((one) => ({
      passage: passageId.parse(one.row.id),
      source: sourceId.parse(one.row.source),
      sourceTitle: sources.get(one.row.source)?.title ?? '',
      page: one.row.page ?? 1,
      quote: shortened(one.row.quote),
      language: sources.get(one.row.source)?.language ?? null,
      state: one.shown,
      by: nameOf(one.by),
      at: one.at,
      comments: one.comments,
    })),
    total: waiting.length,
    counts: countsOf(fitting, actor),
  };
}

/** `person`: who coded, translated or moved it. `language`: of its source, with or without what follows the first hyphen. */
function fits(
  one: Entry,
  filter: CallArgs<'review.queue'>['filter'],
  sources: ReadonlyMap<string, SourceRow>,
): boolean {
  const { state, source, category, person, language } = filter;
  if (state !== undefined && one.shown !== state) return false;
  if (source !== undefined && one.row.source !== source) return false;
  if (category !== undefined && !one.categories.includes(category)) return false;
  if (person !== undefined && ![one.coders, one.translators, one.movers].some((all) => all.includes(person)))
    return false;
  if (language === undefined) return true;
  const spoken = sources.get(one.row.source)?.language?.toLowerCase() ?? '';
  const wanted = language.toLowerCase();
  return spoken === wanted || spoken.startsWith(`${wanted}-`);
}
