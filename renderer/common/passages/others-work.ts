import { useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '../strings/use-translation.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Passage, PersonId } from '../../../shared/model/index.ts';
import { useApi } from '../../api/index.ts';
import { formatAll } from '../format.ts';
import { notifyDone } from '../notices/notices.ts';

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
/** “A. Lindqvist and M. Okafor”; who is not known by name is called by the beginning of their id, as everywhere. */
export const namesOf = (ids: readonly PersonId[], people: People): string =>
  formatAll(ids.map((id) => people.find((one) => one.id === id)?.name ?? id.slice(0, 8)));

/** Says whose work was touched, where it is not only one's own: that is allowed, and never done without a word. */
export function useTellOthers(): (what: 'moved' | 'removed', passage: Passage) => Promise<void> {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    async (what, passage) => {
      const [{ person, people }, { undo }] = await Promise.all([
        client.ensureQueryData({ queryKey: ['project.info', {}], queryFn: () => api.read('project.info', {}) }),
        api.read('history.state', {}),
      ]);
      const others = othersWorkOn(passage, person.id);
      if (others === null || undo === null) return;
      notifyDone(t(`others.${what}.${others.how}`, { who: namesOf(others.people, people) }), undo);
    },
    [api, client, t],
  );
}
