import { useEffect, useState, type ReactNode } from 'react';
import type { AppState } from '../../../shared/contract/app.ts';
import {
  MOTIONS,
  PAPERS,
  SIDE_PANES,
  TEXT_SIZES,
  THEMES,
  DEFAULT_LOCK_MINUTES,
  LOCK_MINUTES,
  type Settings,
} from '../../../shared/contract/settings.ts';
import { useWrite, useApi } from '../../api/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { openDialog } from '../../common/workbench/workbench.ts';
import { useNow } from '../../common/now.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Check, Segments, type Option } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { AboutFacts } from './AboutDialog.tsx';
import { Renaming } from './ProjectSheet.tsx';
import { RootsSettings } from './RootsSettings.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { NewPassphrase, NOTHING_TYPED, useSecretCall, wrongPassphrase } from '../../common/files/NewPassphrase.tsx';
import { PassphraseField } from '../../common/files/PasswordForm.tsx';
import { useLockAsked } from '../../common/commands/core.ts';
import { Kbd } from '../../ui/Kbd.tsx';

export interface SettingsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly state: AppState;
}

/** Settings for all projects on this computer: name, appearance, and stored data. */
export function SettingsDialog({ isOpen, onClose, state }: SettingsDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('settings.title')} isOpen={isOpen} onClose={onClose} closeLabel={t('app.close')} size="wide">
      <Chosen state={state} />
    </Dialog>
  );
}

function Chosen({ state }: { state: AppState }) {
  const { t } = useTranslation();
  const { settings } = state;
  const { mutate, error } = useWrite('app.settings');
  return (
    <div className="settings">
      <Part title={t('settings.parts.person')}>
        <PersonName state={state} />
      </Part>
      <Part title={t('settings.parts.key')}>
        <KeySettings state={state} />
      </Part>
      <Part title={t('settings.parts.look')}>
        <Choice
          name="theme"
          value={settings.theme}
          options={THEMES.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          onChange={(theme) => mutate({ theme })}
        />
        <Choice
          name="textSize"
          hint={t('settings.textSizeHint')}
          value={String(settings.textSize)}
          options={TEXT_SIZES.map((size) => ({ value: String(size), label: t('settings.percent', { size }) }))}
          onChange={(size) => mutate({ textSize: Number(size) })}
        />
        <Choice
          name="motion"
          value={settings.motion}
          options={MOTIONS.map((value) => ({ value, label: t(`settings.motions.${value}`) }))}
          onChange={(motion) => mutate({ motion })}
        />
      </Part>
      <Part title={t('settings.parts.reading')}>
        <Choice
          name="paper"
          hint={t('settings.paperHint')}
          value={settings.paper}
          options={PAPERS.map((value) => ({ value, label: t(`settings.papers.${value}`) }))}
          onChange={(paper) => mutate({ paper })}
        />
        <Choice
          name="sidePane"
          value={settings.sidePane}
          options={SIDE_PANES.map((value) => ({ value, label: t(`settings.sidePanes.${value}`) }))}
          onChange={(sidePane) => mutate({ sidePane })}
        />
        <Dates />
      </Part>
      <Part title={t('settings.parts.keyboard')}>
        <div className="field">
          <span className="field-label">{t('settings.shortcuts')}</span>
          <div>
            <Button size="small" keys={shownKeysOf('shortcuts')} onPress={() => openDialog('shortcuts')}>
              {t('settings.showShortcuts')}
            </Button>
          </div>
          <span className="hint">{t('settings.shortcutsHint')}</span>
        </div>
      </Part>
      <Part title={t('settings.parts.stamps')}>
        <RootsSettings />
      </Part>
      <Part title={t('settings.parts.privacy')}>
        <Recents settings={settings} count={state.recents.length} onKeep={(keepRecents) => mutate({ keepRecents })} />
        <Fact name="network" text={t('settings.networkText')} />
        <Fact name="spelling" text={t('settings.spellingText')} />
        <Fact name="data" text={t('settings.dataText', { place: state.dataPlace })} />
      </Part>
      <Part title={t('settings.parts.about')}>
        <AboutFacts version={state.version} />
      </Part>
      {error === null ? null : <InlineError message={error.message} />}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="settings-part">
      <h3 className="strong">{title}</h3>
      <div className="stack form">{children}</div>
    </section>
  );
}

function Choice<V extends string>({
  name,
  hint,
  value,
  options,
  onChange,
}: {
  name: 'theme' | 'textSize' | 'motion' | 'paper' | 'sidePane';
  hint?: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}) {
  const { t } = useTranslation();
  const label = t(`settings.${name}`);
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <div>
        <Segments label={label} value={value} options={options} onChange={onChange} />
      </div>
      {hint === undefined ? null : <span className="hint">{hint}</span>}
    </div>
  );
}

/** A fact about the program that cannot be changed, and why. */
function Fact({ name, text }: { name: 'network' | 'spelling' | 'data' | 'dates'; text: string }) {
  const { t } = useTranslation();
  return (
    <div className="field">
      <span className="field-label">{t(`settings.${name}`)}</span>
      <span className="settings-fact" dir="auto">
        {text}
      </span>
    </div>
  );
}

function Dates() {
  const { t } = useTranslation();
  const now = useNow();
  return <Fact name="dates" text={t('settings.datesText', { now: formatMoment(now) })} />;
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

function Recents({ settings, count, onKeep }: { settings: Settings; count: number; onKeep: (keep: boolean) => void }) {
  const { t } = useTranslation();
  const clear = useWrite('app.clearRecents');
  return (
    <div className="field">
      <span className="field-label">{t('settings.recents')}</span>
      <div className="line" data-wrap>
        <span className="grow">
          <Check label={t('settings.keepRecents')} selected={settings.keepRecents} onChange={onKeep} />
        </span>
        <Button size="small" isDisabled={count === 0} isPending={clear.isPending} onPress={() => clear.mutate({})}>
          {t('settings.clearRecents', { count })}
        </Button>
      </div>
      <span className="hint">{t('settings.recentsHint')}</span>
      {clear.error === null ? null : <InlineError message={clear.error.message} />}
    </div>
  );
}

type Form = 'set' | 'remove' | null;

/** How the signing key is stored, its passphrase, and when the windows lock. */
function KeySettings({ state }: { state: AppState }) {
  const { t } = useTranslation();
  // A person who wanted to lock may type a passphrase at once: it must not go into the first field, the name.
  const [form, setForm] = useState<Form>(useLockAsked.getState().isAsked ? 'set' : null);
  useEffect(() => useLockAsked.setState({ isAsked: false }), []);
  // When a form closes, the button that opened it takes the focus.
  const [isBack, setBack] = useState(false);
  const close = (): void => {
    setForm(null);
    setBack(true);
  };
  const { protection, hasStore } = state.key;
  const hasPassphrase = protection === 'passphrase';
  const how = protection === 'plain' && state.host === 'browser' ? 'plainBrowser' : protection;
  return (
    <>
      <div className="field">
        <span className="field-label">{t('settings.key.stored')}</span>
        <span className="settings-fact">{t(`settings.key.how.${how}`)}</span>
        {form === null ? (
          <div className="line" data-wrap>
            <Button size="small" autoFocus={isBack} onPress={() => setForm('set')}>
              {t(hasPassphrase ? 'settings.key.change' : 'settings.key.set')}
            </Button>
            {hasPassphrase ? (
              <Button size="small" onPress={() => setForm('remove')}>
                {t('settings.key.remove')}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      {form === 'set' ? <SetPassphrase hasPassphrase={hasPassphrase} onDone={close} /> : null}
      {form === 'remove' ? <RemovePassphrase hasStore={hasStore} onDone={close} /> : null}
      <LockAfter state={state} />
    </>
  );
}

/** Returns a function to call when a form is done: it reads again how the key is stored. */
function useDone(onDone: () => void): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['app.state'] });
    onDone();
  };
}

function SetPassphrase({ hasPassphrase, onDone }: { hasPassphrase: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const done = useDone(onDone);
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const { isPending, error, run } = useSecretCall();
  const isReady = wrongPassphrase(typed) === null && (!hasPassphrase || current !== '');
  const save = (): void => {
    const { passphrase } = typed;
    run(() => api.call('app.setKeyPassphrase', { passphrase, ...(hasPassphrase ? { current } : {}) }), done);
  };
  return (
    <form
      className="stack form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isPending) save();
      }}
    >
      {hasPassphrase ? (
        <PassphraseField label={t('settings.key.current')} value={current} onChange={setCurrent} autoFocus />
      ) : null}
      <NewPassphrase typed={typed} onChange={setTyped} hint={t('settings.key.madeHint')} autoFocus={!hasPassphrase} />
      <span className="hint" role="status">
        {t(isPending ? 'settings.key.saving' : 'settings.key.warning')}
      </span>
      <div className="line" data-wrap>
        <Button size="small" onPress={onDone} isDisabled={isPending}>
          {t('app.cancel')}
        </Button>
        <Button size="small" kind="primary" type="submit" isDisabled={!isReady} isPending={isPending}>
          {t('settings.key.save')}
        </Button>
      </div>
      {error === null ? null : <InlineError message={error} />}
    </form>
  );
}

function RemovePassphrase({ hasStore, onDone }: { hasStore: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const done = useDone(onDone);
  const [current, setCurrent] = useState('');
  const { isPending, error, run } = useSecretCall();
  return (
    <form
      className="stack form"
      onSubmit={(event) => {
        event.preventDefault();
        if (current !== '' && !isPending) run(() => api.call('app.removeKeyPassphrase', { current }), done);
      }}
    >
      <PassphraseField
        label={t('settings.key.current')}
        value={current}
        onChange={setCurrent}
        hint={t(hasStore ? 'settings.key.thenSystem' : 'settings.key.thenPlain')}
        autoFocus
      />
      <div className="line" data-wrap>
        <Button size="small" onPress={onDone} isDisabled={isPending}>
          {t('app.cancel')}
        </Button>
        <Button size="small" kind="primary" type="submit" isDisabled={current === ''} isPending={isPending}>
          {t('settings.key.remove')}
        </Button>
      </div>
      {error === null ? null : <InlineError message={error} />}
    </form>
  );
}

function LockAfter({ state }: { state: AppState }) {
  const { t } = useTranslation();
  const { mutate, error } = useWrite('app.settings');
  const label = t('settings.key.lock');
  const hasPassphrase = state.key.protection === 'passphrase';
  const minutes = state.settings.lockAfter ?? DEFAULT_LOCK_MINUTES;
  const options = LOCK_MINUTES.map((value) => ({
    value: String(value),
    label: value === 0 ? t('settings.key.never') : t('settings.key.minutes', { count: value }),
  }));
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      {hasPassphrase ? (
        <>
          <div>
            <Segments
              label={label}
              value={String(minutes)}
              options={options}
              onChange={(value) => mutate({ lockAfter: Number(value) })}
            />
          </div>
          <span className="hint">
            {t('settings.key.lockHint')} <Kbd keys={shownKeysOf('lock')} />
          </span>
        </>
      ) : (
        <span className="settings-fact">
          {t(state.key.protection === 'system' ? 'settings.key.lockNeedsSystem' : 'settings.key.lockNeeds')}
        </span>
      )}
      {error === null ? null : <InlineError message={error.message} />}
    </div>
  );
}
