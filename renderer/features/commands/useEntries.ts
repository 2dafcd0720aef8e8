import { useMemo } from 'react';
import type { SearchHit } from '../../../shared/contract/search.ts';
import type { Category, Person, Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { canRun, useCommandList, type Command, type CommandGroup } from '../../common/commands/registry.ts';
import { usePins } from '../../common/passages/pins.ts';
import { useWorkbench, type Place } from '../../common/workbench/workbench.ts';
import type { Entries, Entry } from './find.ts';
import { usePassagesSaying } from './usePassagesSaying.ts';

/** The command that opens the palette has no place in it. */
export const OPEN_PALETTE = 'commands';

/** What one is at comes first; what can be done anywhere last. */
const ORDER: Readonly<Record<Place, readonly CommandGroup[]>> = {
  library: ['library', 'anywhere', 'reading', 'tagging', 'selecting'],
  read: ['selecting', 'tagging', 'reading', 'anywhere', 'library'],
  review: ['review', 'team', 'anywhere', 'reading', 'tagging', 'library'],
  team: ['team', 'review', 'anywhere', 'library'],
};

/** Every command that can be done as the palette opens, each once. */
export function useCommandEntries(): readonly Entry[] {
  const commands = useCommandList((state) => state.commands);
  const place = useWorkbench((state) => state.place);
  return useMemo(() => {
    const byId = new Map<string, Command>();
    for (const command of commands) if (canRun(command)) byId.set(command.id, command);
    byId.delete(OPEN_PALETTE);
    // What has a key is done more often than what has none.
    const keyless = ({ keys = [] }: Command): number => (keys.length === 0 ? 1 : 0);
    const rank = ({ group }: Command): number => ORDER[place].indexOf(group);
    return [...byId.values()]
      .sort((a, b) => rank(a) - rank(b) || keyless(a) - keyless(b) || a.title.localeCompare(b.title))
      .map((command): Entry => ({ kind: 'command', key: `command ${command.id}`, command }));
  }, [commands, place]);
}

const NO_CATEGORIES: readonly Category[] = [];
const NO_SOURCES: readonly Source[] = [];
const NO_PEOPLE: readonly Person[] = [];

/** What the palette reaches in an open project. */
export function useProjectEntries(words: string): Entries {
  const commands = useCommandEntries();
  const categories = useCall('codebook.get', {}).data?.categories ?? NO_CATEGORIES;
  const sources = useCall('sources.list', { deleted: true }).data?.sources ?? NO_SOURCES;
  const people = useCall('project.info', {}).data?.people ?? NO_PEOPLE;
  const canTag = useWorkbench((state) => state.tagger !== null);
  const passages = usePassagesSaying(words);
  const { pins } = usePins();
  const pinned = pins.join(' ');

  const living = useMemo(
    () =>
      categories
        .filter(({ deleted, archived }) => !deleted && !archived)
        .sort((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1)),
    [categories],
  );
  const there = useMemo(() => sources.filter(({ deleted }) => !deleted), [sources]);
  return useMemo(() => {
    const keys = pinned.split(' ');
    return {
      commands,
      tagWith: canTag ? living.map((category) => tagEntry(category, keys)) : [],
      categories: living.map((category): Entry => ({ kind: 'category', key: `category ${category.id}`, category })),
      passages: passages.map((hit) => passageEntry(hit, sources.find(({ id }) => id === hit.source) ?? null)),
      sources: there.map((source): Entry => ({ kind: 'source', key: `source ${source.id}`, source })),
      people: people.map((person): Entry => ({ kind: 'person', key: `person ${person.id}`, person })),
    };
  }, [commands, canTag, living, pinned, passages, sources, there, people]);
}

function tagEntry(category: Category, pinned: readonly string[]): Entry {
  const at = pinned.indexOf(category.id);
  return { kind: 'tagWith', key: `tag ${category.id}`, category, pin: at < 0 ? null : at + 1 };
}

const passageEntry = (hit: SearchHit, source: Source | null): Entry => ({
  kind: 'passage',
  key: `passage ${hit.passage ?? ''}`,
  hit,
  source,
});
