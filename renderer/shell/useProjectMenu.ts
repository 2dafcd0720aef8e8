import { useTranslation } from '../common/strings/use-translation.ts';
import type { MenuEntry } from '../ui/Menu.tsx';
import { shownKeys } from '../common/commands/keys.ts';
import { runCommand, useCommandList } from '../common/commands/registry.ts';
import type { IconName } from '../ui/Icon.tsx';

const ENTRIES: readonly (readonly [string, IconName] | 'line')[] = [
  ['project', 'info'],
  ['exportProject', 'export'],
  ['handOver', 'export'],
  ['verify', 'verified'],
  ['backups', 'backup'],
  ['trash', 'remove'],
  ['settings', 'settings'],
  'line',
  ['commands', 'search'],
  ['shortcuts', 'key'],
  'line',
  ['newProject', 'add'],
  ['openProject', 'open'],
  ['newWindow', 'columns'],
  ['closeProject', 'close'],
];

/** What one can do with the project as a whole: the commands of these names, where they are there. */
export function useProjectMenu(): MenuEntry[] {
  const { i18n } = useTranslation();
  const commands = useCommandList((state) => state.commands);
  // The titles are in the commands already; a change of language makes them again.
  void i18n.language;
  return ENTRIES.flatMap((entry): MenuEntry[] => {
    if (entry === 'line') return ['line'];
    const [id, icon] = entry;
    const command = commands.findLast((candidate) => candidate.id === id);
    if (command === undefined) return [];
    const [binding] = command.keys ?? [];
    const keys = binding === undefined ? {} : { keys: shownKeys(binding) };
    return [{ id, label: command.title, icon, ...keys, run: () => void runCommand(id) }];
  });
}
