import type { AppState } from '../../../shared/contract/app.ts';
import { CommandPalette } from '../../features/commands/CommandPalette.tsx';
import { ShortcutSheet } from '../../features/commands/ShortcutSheet.tsx';
import { DiagnosticsDialog } from '../../features/diagnostics/DiagnosticsDialog.tsx';
import { ExportDialog } from '../../features/export/ExportDialog.tsx';
import { BackupsDialog } from '../../features/settings/BackupsDialog.tsx';
import { ProjectSheet } from '../../features/settings/ProjectSheet.tsx';
import { SettingsDialog } from '../../features/settings/SettingsDialog.tsx';
import { VerifyDialog } from '../../features/settings/VerifyDialog.tsx';
import { NewProjectDialog } from '../../features/start/NewProjectDialog.tsx';
import { closeDialog, useWorkbench } from '../../common/workbench/workbench.ts';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useEncryptedFile } from '../../common/files/encrypted-file.ts';
import { PassphraseField } from '../../common/files/PassphraseField.tsx';

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
      {dialog === 'diagnostics' ? <DiagnosticsDialog onClose={closeDialog} /> : null}
      <ShortcutSheet isOpen={dialog === 'shortcuts'} onClose={closeDialog} />
      <BackupsDialog
        isOpen={(hasProject || state.damaged !== null) && dialog === 'backups'}
        onClose={closeDialog}
        damaged={state.damaged?.key ?? null}
      />
      <ProjectSheet isOpen={hasProject && dialog === 'project'} onClose={closeDialog} />
      {hasProject && dialog === 'share' ? <ExportDialog onClose={closeDialog} /> : null}
      <EncryptedFileDialog />
      <VerifyDialog isOpen={hasProject && dialog === 'verify'} onClose={closeDialog} />
    </>
  );
}

/** Asks for the passphrase of a project file that is to be opened. It is used for that and kept nowhere. */
export function EncryptedFileDialog() {
  const { t } = useTranslation();
  const asked = useEncryptedFile((state) => state.asked);
  const [typed, setTyped] = useState('');
  if (asked === null) return null;
  const { name, attempt, isTrying, answer } = asked;
  const close = (): void => {
    setTyped('');
    answer(null);
  };
  const send = (): void => {
    if (typed === '' || isTrying) return;
    setTyped('');
    answer(typed);
  };
  return (
    <Dialog
      title={t('encrypted.title')}
      isOpen
      isHeld
      onClose={close}
      feet={
        <>
          <Button onPress={close}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={typed === '' && !isTrying} isPending={isTrying} onPress={send}>
            {t(isTrying ? 'encrypted.opening' : 'encrypted.open')}
          </Button>
        </>
      }
    >
      <p>{t('encrypted.text', { name })}</p>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <PassphraseField
          label={t('encrypted.passphrase')}
          value={typed}
          onChange={setTyped}
          autoFocus
          maxLength={1000}
          dir="ltr"
          hint={t('encrypted.hint')}
          error={attempt > 0 && !isTrying && typed === '' ? t('encrypted.wrong') : null}
        />
      </Form>
    </Dialog>
  );
}
