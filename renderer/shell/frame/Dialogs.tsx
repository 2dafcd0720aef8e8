import type { AppState } from '../../../shared/contract/app.ts';
import { CommandPalette } from '../../features/commands/CommandPalette.tsx';
import { ShortcutSheet } from '../../features/commands/ShortcutSheet.tsx';
import { DiagnosticsDialog } from '../../features/diagnostics/DiagnosticsDialog.tsx';
import { ExportDialog } from '../../features/export/ExportDialog.tsx';
import { AboutDialog } from '../../features/settings/AboutDialog.tsx';
import { BackupsDialog } from '../../features/settings/BackupsDialog.tsx';
import { ProjectSheet } from '../../features/settings/ProjectSheet.tsx';
import { SettingsDialog } from '../../features/settings/SettingsDialog.tsx';
import { VerifyDialog } from '../../features/settings/VerifyDialog.tsx';
import { NameDialog } from '../../features/start/NameDialog.tsx';
import { CloseEncryptedDialog } from '../../features/start/CloseEncryptedDialog.tsx';
import { NewProjectDialog } from '../../features/start/NewProjectDialog.tsx';
import { closeDialog, useWorkbench } from '../../common/workbench/workbench.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useEncryptedFile } from '../../common/files/encrypted-file.ts';
import { PasswordDialog } from '../../common/files/PasswordForm.tsx';

/** The dialogs that commands open, on any screen. */
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
      {dialog === 'about' ? <AboutDialog version={state.version} onClose={closeDialog} /> : null}
      <SettingsDialog isOpen={dialog === 'settings'} onClose={closeDialog} state={state} />
      {dialog === 'diagnostics' ? <DiagnosticsDialog onClose={closeDialog} /> : null}
      <ShortcutSheet isOpen={dialog === 'shortcuts'} onClose={closeDialog} />
      <BackupsDialog
        isOpen={(hasProject || state.damaged !== null) && dialog === 'backups'}
        onClose={closeDialog}
        damaged={state.damaged?.key ?? null}
      />
      <ProjectSheet isOpen={hasProject && dialog === 'project'} onClose={closeDialog} />
      {hasProject && dialog === 'share' ? <ExportDialog onClose={closeDialog} /> : null}
      {hasProject && dialog === 'closeEncrypted' ? <CloseEncryptedDialog onClose={closeDialog} /> : null}
      <EncryptedFileDialog />
      <NameDialog state={state} />
      <VerifyDialog isOpen={hasProject && dialog === 'verify'} onClose={closeDialog} />
    </>
  );
}

/** The name of a project that was closed as an encrypted file: it is this computer’s own, not received from somebody. */
const CLOSED = /\.sourcebook\.age$/i;

/** Asks for the passphrase of a project file, or of an encrypted project, that is being opened. It is not stored. */
export function EncryptedFileDialog() {
  const { t } = useTranslation();
  const asked = useEncryptedFile((state) => state.asked);
  if (asked === null) return null;
  const { name, attempt, isTrying, answer } = asked;
  const isClosed = CLOSED.test(name);
  return (
    <PasswordDialog
      title={t('encrypted.title')}
      text={<p>{t('encrypted.text', { name })}</p>}
      label={t('encrypted.passphrase')}
      hint={t(isClosed ? 'encrypted.hintClosed' : 'encrypted.hint')}
      error={attempt > 0 ? t(isClosed ? 'encrypted.wrongClosed' : 'encrypted.wrong') : null}
      openLabel={t(isTrying ? 'encrypted.opening' : 'encrypted.open')}
      leaveLabel={t('app.cancel')}
      isTrying={isTrying}
      onOpen={answer}
      onLeave={() => answer(null)}
    />
  );
}
