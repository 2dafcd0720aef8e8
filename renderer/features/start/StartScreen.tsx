import { useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { AppState } from '../../../shared/contract/app.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { errorDataOf, useApi, useWrite } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { openByDialog, openProjectFile } from '../../common/files/encrypted-file.ts';
import { openDialog } from '../../common/workbench/workbench.ts';
import { Initials } from '../../ui/Badge.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { RecentProjects } from './RecentProjects.tsx';

const OPEN_KEY = '$mod+KeyO';

/** What one sees without a project: begin one, open one, or look at the sample. */
export function StartScreen({
  state,
  wordmark,
  newProjectKey,
}: {
  state: AppState;
  wordmark: React.ReactNode;
  newProjectKey: string;
}) {
  const { t } = useTranslation();
  const opening = useOpening(state.nativeDialogs);
  return (
    <main className="start">
      <section>
        <div className="start-mark">{wordmark}</div>
        <h1 className="start-title">{t('app.name')}</h1>
        <p className="reading mid start-purpose">{t('start.purpose')}</p>
        <Act
          icon="add"
          title={t('commands.newProject')}
          hint={state.nativeDialogs ? t('start.newHint') : t('start.newHintBrowser', { place: state.projectsPlace })}
          keys={shownKeys(newProjectKey)}
          onPress={() => openDialog('newProject')}
        />
        <Act
          icon="folder"
          title={state.nativeDialogs ? t('start.open') : t('start.openFile')}
          hint={state.nativeDialogs ? t('start.openHint') : t('start.openFileHint')}
          keys={shownKeys(OPEN_KEY)}
          onPress={opening.open}
        />
        <Act icon="book" title={t('start.sample')} hint={t('start.sampleHint')} onPress={opening.openSample} />
        <div className="start-foot">
          {state.damaged === null ? null : <DamagedProject damaged={state.damaged} />}
          {state.refused === null || opening.error !== null ? null : (
            <InlineError message={`${state.refused.place}: ${state.refused.message}`} />
          )}
          {opening.error === null || opening.error.message === state.damaged?.message ? null : (
            <InlineError message={opening.error.message} />
          )}
          <span className="line mid">
            <Icon name="offline" size="small" />
            {t('app.offlineMeaning')}
          </span>
          <span className="line mid" data-wrap>
            <Initials name={state.person.name} size="small" />
            <span>
              <bdi>{state.person.name}</bdi>
              {', '}
              <span className="mono">{t('start.key', { fingerprint: state.person.fingerprint })}</span>
            </span>
            <LinkButton onPress={() => openDialog('settings')}>{t('start.changePerson')}</LinkButton>
          </span>
        </div>
      </section>
      <RecentProjects
        recents={state.recents}
        kept={state.settings.keepRecents}
        told={state.damaged?.message ?? state.refused?.message ?? null}
      />
    </main>
  );
}

/** The project that could not be opened, and the way back to a copy of it. */
function DamagedProject({ damaged }: { damaged: NonNullable<AppState['damaged']> }) {
  const { t } = useTranslation();
  return (
    <InlineError
      message={`${damaged.place}: ${damaged.message}`}
      action={
        <Button size="small" icon="restore" onPress={() => openDialog('backups')}>
          {t('backups.restore')}
        </Button>
      }
    />
  );
}

function Act({
  icon,
  title,
  hint,
  keys,
  onPress,
}: {
  icon: IconName;
  title: string;
  hint: string;
  keys?: readonly string[];
  onPress: () => void;
}) {
  return (
    <AriaButton className="start-act" onPress={onPress}>
      <Icon name={icon} />
      <span className="stack-tight">
        <span className="strong">{title}</span>
        <span className="hint">{hint}</span>
      </span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </AriaButton>
  );
}

/** Ways into a project that is there already. */
function useOpening(nativeDialogs: boolean) {
  const { t } = useTranslation();
  const api = useApi();
  const [error, setError] = useState<ErrorData | null>(null);
  const sample = useWrite('app.openSample');
  const open = useMemo(
    () => (): void => {
      const chosen = async (): Promise<void> => {
        // Without native dialogs the page has no folders to choose from, but it can be given a project file.
        const [offer] = await api.offer(await chooseFiles({ multiple: false, accept: '.sbk,.age' }));
        if (offer !== undefined) await openProjectFile(api, offer);
      };
      setError(null);
      const opening = nativeDialogs ? openByDialog(api) : chosen();
      opening.catch((thrown: unknown) => setError(errorDataOf(thrown)));
    },
    [api, nativeDialogs],
  );
  const { mutate: makeSample } = sample;
  const openSample = useMemo(() => (): void => makeSample({}), [makeSample]);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'openProject',
          title: nativeDialogs ? t('commands.openProject') : t('start.openFile'),
          group: 'anywhere',
          icon: 'open',
          keys: [OPEN_KEY],
          run: open,
        },
        { id: 'openSample', title: t('commands.openSample'), group: 'anywhere', icon: 'book', run: openSample },
      ],
      [t, nativeDialogs, open, openSample],
    ),
  );

  return { open, openSample, error: error ?? sample.error };
}
