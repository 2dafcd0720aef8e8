import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog.tsx';
import { FilterField } from '../ui/Field.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { shownKeys } from './commands/keys.ts';
import { COMMAND_GROUPS, useCommandList, type Command } from './commands/registry.ts';

/** Every key that does something here, from the commands themselves. */
export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const commands = useCommandList((state) => state.commands);
  const wanted = filter.trim().toLocaleLowerCase();
  const groups = COMMAND_GROUPS.map((group) => ({
    group,
    own: commands.filter(
      (command) => command.group === group && hasKeys(command) && command.title.toLocaleLowerCase().includes(wanted),
    ),
  })).filter(({ own }) => own.length > 0);
  return (
    <Dialog
      title={t('shortcuts.title')}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={t('app.close')}
      size="sheet"
      head={<FilterField label={t('shortcuts.filter')} value={filter} onChange={setFilter} />}
    >
      <div className="shortcuts">
        {groups.map(({ group, own }) => (
          <section key={group}>
            <h3>{t(`shortcuts.groups.${group}`)}</h3>
            <ul>
              {own.map((command) => (
                <li key={command.id}>
                  <span>{command.title}</span>
                  <span>
                    {(command.keys ?? []).slice(0, 1).map((binding) => (
                      <Kbd key={binding} keys={shownKeys(binding)} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {groups.length === 0 ? <p className="mid">{t('shortcuts.none')}</p> : null}
    </Dialog>
  );
}

const hasKeys = (command: Command): boolean => (command.keys ?? []).length > 0;
