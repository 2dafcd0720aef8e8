import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { errorDataOf, useApi, useCall, useWrite } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { openByDialog, openProjectFile } from '../../common/files/encrypted-file.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { goTo, openDialog, useWorkbench } from '../../common/workbench/workbench.ts';
import { useUndoRedo } from '../undo.ts';
import { focusSource } from './workbench.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { keysOf } from '../../common/commands/command-keys.ts';

/** Commands on the open project. The host’s menu calls these by their ids. */
export function useProjectCommands(): void {
  usePlaceCommands();
  useUndoCommands();
  useWholeProjectCommands();
}

function usePlaceCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'library',
          title: t('commands.library'),
          group: 'anywhere',
          keys: keysOf('library'),
          inFields: true,
          run: () => goTo('library'),
        },
        {
          id: 'read',
          title: t('commands.read'),
          group: 'anywhere',
          keys: keysOf('read'),
          inFields: true,
          when: () => useWorkbench.getState().source !== null,
          run: () => {
            // Also works from a pane beside the source.
            if (useWorkbench.getState().place === 'read') focusSource();
            goTo('read');
          },
        },
        {
          id: 'project',
          title: t('commands.project'),
          group: 'anywhere',
          icon: 'info',
          also: [t('commands.also.project')],
          run: () => openDialog('project'),
        },
        {
          id: 'renameProject',
          writes: true,
          title: t('commands.renameProject'),
          group: 'anywhere',
          icon: 'edit',
          run: () => openDialog('project'),
        },
        {
          id: 'verify',
          title: t('commands.verify'),
          group: 'anywhere',
          icon: 'verified',
          also: [t('commands.also.verify')],
          run: () => openDialog('verify'),
        },
        {
          id: 'backups',
          title: t('commands.backups'),
          group: 'anywhere',
          icon: 'backup',
          also: [t('commands.also.backups')],
          run: () => openDialog('backups'),
        },
      ],
      [t],
    ),
  );
}

function useUndoCommands(): void {
  const { t } = useTranslation();
  const { undo, redo, run } = useUndoRedo();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'undo',
          writes: true,
          title: t('commands.undo'),
          ...(undo === null ? {} : { detail: undo }),
          group: 'anywhere',
          icon: 'undo',
          keys: keysOf('undo'),
          run: () => run('undo'),
        },
        {
          id: 'redo',
          writes: true,
          title: t('commands.redo'),
          ...(redo === null ? {} : { detail: redo }),
          group: 'anywhere',
          icon: 'redo',
          keys: keysOf('redo'),
          run: () => run('redo'),
        },
      ],
      [t, undo, redo, run],
    ),
  );
}

function useWholeProjectCommands(): void {
  const { t } = useTranslation();
  const api = useApi();
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  const tellExported = useTellExported();
  // As a mutation, so that the status bar can show how long it takes.
  const { mutateAsync: askForExport } = useWrite('app.exportProject');
  useCommands(
    useMemo<Command[]>(() => {
      const told = (work: Promise<unknown>): void => {
        work.catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
      };
      const exportProject = async (): Promise<void> => {
        const { masks, unmasked } = await api.call('projectFile.masks', {});
        const { blind } = await api.call('assignments.list', {});
        // Warn of masked and unmasked passages before the export. Not for a coder’s blind copy, which goes back to people who have the
        // originals.
        if (masks + unmasked > 0 && blind === null) {
          openDialog('share');
          return;
        }
        const { done, name, bytes, download } = await askForExport({});
        if (!done) return;
        tellExported({ name, bytes, download });
      };
      const openProject = async (): Promise<void> => {
        await runPending();
        if (nativeDialogs) {
          await openByDialog(api);
          return;
        }
        // Without native dialogs the page cannot choose a folder, but it can open a project file.
        const [offer] = await api.offer(await chooseFiles({ multiple: false, accept: '.sbk,.age' }));
        if (offer !== undefined) await openProjectFile(api, offer);
      };
      return [
        {
          id: 'exportProject',
          title: t('commands.exportProject'),
          group: 'anywhere',
          icon: 'export',
          keys: keysOf('exportProject'),
          inFields: true,
          run: () => told(exportProject()),
        },
        {
          id: 'handOver',
          title: t('share.command'),
          group: 'team',
          icon: 'export',
          also: [t('share.also')],
          run: () => openDialog('share'),
        },
        {
          id: 'openProject',
          title: nativeDialogs ? t('commands.openProject') : t('start.openFile'),
          group: 'anywhere',
          icon: 'open',
          run: () => told(openProject()),
        },
        {
          id: 'closeProject',
          title: t('commands.closeProject'),
          group: 'anywhere',
          icon: 'close',
          // Pending commits belong to this project.
          run: () => told(runPending().then(() => api.call('app.closeProject', {}))),
        },
        {
          id: 'closeEncrypted',
          writes: true,
          title: t('commands.closeEncrypted'),
          group: 'anywhere',
          icon: 'lock',
          also: [t('commands.also.closeEncrypted')],
          run: () => openDialog('closeEncrypted'),
        },
      ];
    }, [t, api, nativeDialogs, askForExport, tellExported]),
  );
}
