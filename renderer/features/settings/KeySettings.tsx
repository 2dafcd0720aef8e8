import { useEffect, useState } from 'react';
import type { AppState } from '../../../shared/contract/app.ts';
import { DEFAULT_LOCK_MINUTES, LOCK_MINUTES } from '../../../shared/contract/settings.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useApi, useWrite } from '../../api/index.ts';
import { NewPassphrase, NOTHING_TYPED, useSecretCall, wrongPassphrase } from '../../common/files/NewPassphrase.tsx';
import { PassphraseField } from '../../common/files/PasswordForm.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { useLockAsked } from '../../common/commands/core.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';

type Form = 'set' | 'remove' | null;

/** How the signing key is stored, its passphrase, and when the windows lock. */
export function KeySettings({ state }: { state: AppState }) {
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
