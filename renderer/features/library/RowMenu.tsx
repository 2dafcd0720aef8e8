import { runCommand, useCommandList, canRun, type Command } from '../../common/commands/registry.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';

/** The commands of the menu, in its order; a line between groups. */
const GROUPS = [
  ['openChosenSource', 'compareChosenSource'],
  ['editSelectedSources', 'takeSuggestions', 'toggleRead', 'collections'],
  ['verifyChosenSource'],
  ['removeSources'],
] as const;

export interface RowMenuRequest {
  readonly at: { readonly x: number; readonly y: number };
}

/** What can be done with the selected rows: the same commands as in the palette, with their keys. */
export function RowMenu({ asked, onClose }: { asked: RowMenuRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const commands = useCommandList(({ commands: all }) => all);
  const entryOf = (id: string): MenuEntry[] => {
    const command = commands.findLast((one) => one.id === id && canRun(one));
    return command === undefined ? [] : [toEntry(command)];
  };
  const groups = GROUPS.map((ids) => ids.flatMap(entryOf)).filter((entries) => entries.length > 0);
  return (
    <ContextMenu
      label={t('library.menu')}
      at={asked.at}
      onClose={onClose}
      entries={groups.flatMap((entries, at) => (at === 0 ? entries : ['line' as const, ...entries]))}
    />
  );
}

const toEntry = ({ id, title, icon, keys }: Command): MenuEntry => {
  // Enter is the table's own key.
  const key = id === 'openChosenSource' ? 'Enter' : keys?.[0];
  return {
    id,
    label: title,
    ...(icon === undefined ? {} : { icon }),
    ...(key === undefined ? {} : { keys: shownKeys(key) }),
    ...(id === 'removeSources' ? { tone: 'bad' as const } : {}),
    // Runs after the menu has closed and given the focus back, so that the command can take it.
    run: () => void requestAnimationFrame(() => requestAnimationFrame(() => void runCommand(id))),
  };
};
