import type { AppState } from '../../../shared/contract/app.ts';
import { CommandPalette } from '../../features/commands/CommandPalette.tsx';
import { ShortcutSheet } from '../../features/commands/ShortcutSheet.tsx';
import { ExportDialog } from '../../features/export/ExportDialog.tsx';
import { BackupsDialog } from '../../features/settings/BackupsDialog.tsx';
import { ProjectSheet } from '../../features/settings/ProjectSheet.tsx';
import { SettingsDialog } from '../../features/settings/SettingsDialog.tsx';
import { VerifyDialog } from '../../features/settings/VerifyDialog.tsx';
import { NewProjectDialog } from '../../features/start/NewProjectDialog.tsx';
import { closeDialog, useWorkbench } from '../../common/workbench/workbench.ts';
import { EncryptedFileDialog } from './SealedFileDialog.tsx';

/** The dialogs that commands open, wherever one is. */
export function Dialogs({ state }: { state: AppState }) {
  const dialog = useWorkbench((workbench) => workbench.dialog);
  const hasProject = state.project !== null;
  return (
    <>
      {dialog === 'commands' ? <CommandPalette hasProject={hasProject} onClose={closeDialog} /> : null}
      <NewProjectDialog
        isOpen={dialog === 'newProject'}
        onClose={closeDialog}
        place={state.nativeDialogs ? null : state.projectsPlace}
      />
      <SettingsDialog isOpen={dialog === 'settings'} onClose={closeDialog} state={state} />
      <ShortcutSheet isOpen={dialog === 'shortcuts'} onClose={closeDialog} />
      <BackupsDialog
        isOpen={(hasProject || state.damaged !== null) && dialog === 'backups'}
        onClose={closeDialog}
        damaged={state.damaged?.key ?? null}
      />
      <ProjectSheet isOpen={hasProject && dialog === 'project'} onClose={closeDialog} />
      {hasProject && dialog === 'handOver' ? <ExportDialog onClose={closeDialog} /> : null}
      <EncryptedFileDialog />
      <VerifyDialog isOpen={hasProject && dialog === 'verify'} onClose={closeDialog} />
    </>
  );
}
