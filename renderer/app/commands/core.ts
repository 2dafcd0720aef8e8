import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { formatBytes } from '../format.ts';
import { notify, notifyError } from '../state/notices.ts';
import { goTo, openDialog, useWorkbench } from '../state/workbench.ts';
import { useUndoRedo } from '../undo.ts';
import { useCommands, type Command } from './registry.ts';

export const UNDO_KEY = '$mod+KeyZ';
export const REDO_KEY = '$mod+Shift+KeyZ';
export const THEME_KEY = '$mod+Shift+KeyL';

/** A browser keeps Ctrl N for itself. */
export const newProjectKeys = (host: 'electron' | 'browser'): readonly string[] =>
  host === 'electron' ? ['$mod+KeyN'] : ['Alt+KeyN'];

/** The commands that are there wherever one is. The host's menu calls them by these ids. */
export function useCoreCommands(switchTheme: () => void): void {
  const { t } = useTranslation();
  const state = useCall('app.state', {}).data;
  const hasProject = (state?.project ?? null) !== null;
  const host = state?.host ?? 'browser';
  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'settings',
        title: t('commands.settings'),
        group: 'anywhere',
        keys: ['$mod+Comma'],
        inFields: true,
        run: () => openDialog('settings'),
      },
      {
        id: 'theme',
        title: t('app.switchTheme'),
        group: 'anywhere',
        keys: [THEME_KEY],
        inFields: true,
        run: switchTheme,
      },
      {
        id: 'shortcuts',
        title: t('commands.shortcuts'),
        group: 'anywhere',
        keys: ['[Shift]+?'],
        run: () => openDialog('shortcuts'),
      },
      {
        id: 'newProject',
        title: t('commands.newProject'),
        group: 'anywhere',
        keys: newProjectKeys(host),
        inFields: true,
        run: () => openDialog('newProject'),
      },
      ...(hasProject
        ? [
            {
              id: 'library',
              title: t('commands.library'),
              group: 'anywhere' as const,
              keys: ['Alt+Digit1'],
              inFields: true,
              run: () => goTo('library'),
            },
            {
              id: 'read',
              title: t('commands.read'),
              group: 'anywhere' as const,
              keys: ['Alt+Digit2'],
              inFields: true,
              when: () => useWorkbench.getState().source !== null,
              run: () => goTo('read'),
            },
            { id: 'verify', title: t('commands.verify'), group: 'anywhere' as const, run: () => openDialog('verify') },
            {
              id: 'backups',
              title: t('commands.backups'),
              group: 'anywhere' as const,
              run: () => openDialog('backups'),
            },
          ]
        : []),
    ],
    [t, hasProject, host, switchTheme],
  );
  useCommands(commands);
}

/** What one can do while a project is open. */
export function useProjectCommands(): void {
  const { t } = useTranslation();
  const api = useApi();
  const { run } = useUndoRedo();
  const commands = useMemo<Command[]>(
    () => [
      { id: 'undo', title: t('commands.undo'), group: 'anywhere', keys: [UNDO_KEY], run: () => run('undo') },
      {
        id: 'redo',
        title: t('commands.redo'),
        group: 'anywhere',
        keys: [REDO_KEY, '$mod+KeyY'],
        run: () => run('redo'),
      },
      {
        id: 'exportProject',
        title: t('commands.exportProject'),
        group: 'anywhere',
        keys: ['$mod+Shift+KeyE'],
        inFields: true,
        run: () => {
          api.call('app.exportProject', {}).then(
            ({ done, name, bytes, download }) => {
              if (!done) return;
              if (download !== null) saveDownload(download, name ?? '');
              notify('plain', t('project.exported', { name, size: formatBytes(bytes) }));
            },
            (thrown: unknown) => notifyError(errorDataOf(thrown)),
          );
        },
      },
      {
        id: 'closeProject',
        title: t('commands.closeProject'),
        group: 'anywhere',
        run: () => {
          api.call('app.closeProject', {}).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
        },
      },
    ],
    [t, api, run],
  );
  useCommands(commands);
}

/** The browser host keeps the file ready at a relative address; the browser saves it where its person has downloads. */
function saveDownload(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
