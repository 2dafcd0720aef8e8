import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppState } from '../../../shared/contract/app.ts';
import { THEMES } from '../../../shared/contract/settings.ts';
import { useWrite } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';

export interface SettingsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly state: AppState;
}

/** Who is at work, how it looks, and the project's title. */
export function SettingsDialog({ isOpen, onClose, state }: SettingsDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('settings.title')} isOpen={isOpen} onClose={onClose} closeLabel={t('app.close')}>
      <PersonName state={state} />
      <ThemeChoice theme={state.settings.theme} />
      {state.project === null ? null : <ProjectTitle title={state.project.title} />}
    </Dialog>
  );
}

function PersonName({ state }: { state: AppState }) {
  const { t } = useTranslation();
  const { mutate, isPending, error, isSuccess } = useWrite('app.settings');
  return (
    <Renaming
      id="person-name"
      label={t('settings.person')}
      stored={state.settings.personName}
      hint={t('settings.personHint', { fingerprint: state.person.fingerprint })}
      action={t('settings.setPerson')}
      isPending={isPending}
      done={isSuccess ? t('settings.saved') : null}
      error={error?.message ?? null}
      onSave={(personName) => mutate({ personName })}
    />
  );
}

function ProjectTitle({ title }: { title: string }) {
  const { t } = useTranslation();
  const { mutate, isPending, error, isSuccess } = useWrite('project.rename');
  return (
    <Renaming
      id="project-title"
      label={t('settings.projectTitle')}
      stored={title}
      hint={t('settings.projectTitleHint')}
      action={t('settings.rename')}
      isPending={isPending}
      done={isSuccess ? t('settings.saved') : null}
      error={error?.message ?? null}
      onSave={(next) => mutate({ title: next })}
    />
  );
}

interface RenamingProps {
  readonly id: string;
  readonly label: string;
  readonly stored: string;
  readonly hint: string;
  readonly action: string;
  readonly isPending: boolean;
  readonly done: string | null;
  readonly error: string | null;
  readonly onSave: (value: string) => void;
}

function Renaming({ id, label, stored, hint, action, isPending, done, error, onSave }: RenamingProps) {
  const [draft, setDraft] = useState(stored);
  const next = draft.trim();
  return (
    <form
      id={id}
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (next !== '' && next !== stored) onSave(next);
      }}
    >
      <Field label={label} value={draft} onChange={setDraft} hint={hint} maxLength={200} />
      <div className="line">
        <Button size="small" type="submit" isDisabled={next === '' || next === stored} isPending={isPending}>
          {action}
        </Button>
        <span className="hint" role="status">
          {next === stored ? done : null}
        </span>
      </div>
      {error === null ? null : <InlineError message={error} />}
    </form>
  );
}

function ThemeChoice({ theme }: { theme: AppState['settings']['theme'] }) {
  const { t } = useTranslation();
  const { mutate, error } = useWrite('app.settings');
  return (
    <div className="field">
      <span className="field-label">{t('settings.theme')}</span>
      <div>
        <Segments
          label={t('settings.theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          onChange={(next) => mutate({ theme: next })}
        />
      </div>
      {error === null ? null : <InlineError message={error.message} />}
    </div>
  );
}
