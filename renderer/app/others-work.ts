import type { CallOutput } from '../../shared/contract/index.ts';
import type { Passage, PersonId } from '../../shared/model/index.ts';

/** What others did with a passage: `worked` where one marked it and another tagged it, or wrote on it. */
export interface OthersWork {
  readonly how: 'tagged' | 'marked' | 'worked';
  readonly people: readonly PersonId[];
}

/** Whose work a passage is besides one's own; null where it is nobody else's. */
export function othersWorkOn(passage: Passage, own: PersonId): OthersWork | null {
  const { tags, settings, memos } = passage;
  const taggers = new Set([...tags, ...settings].map(({ person }) => person));
  const people = [...new Set([passage.person, ...taggers, ...memos.map(({ person }) => person)])].filter(
    (person) => person !== own,
  );
  if (people.length === 0) return null;
  if (people.every((person) => taggers.has(person))) return { how: 'tagged', people };
  return { how: people.every((person) => person === passage.person) ? 'marked' : 'worked', people };
}

type People = CallOutput<'project.info'>['people'];
const together = new Intl.ListFormat('en', { type: 'conjunction' });

/** “A. Lindqvist and M. Okafor”; who is not known by name is called by the beginning of their id, as everywhere. */
export const namesOf = (ids: readonly PersonId[], people: People): string =>
  together.format(ids.map((id) => people.find((one) => one.id === id)?.name ?? id.slice(0, 8)));
