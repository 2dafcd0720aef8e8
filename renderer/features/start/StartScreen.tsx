import { useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Trans } from 'react-i18next';
import type { AppState } from '../../../shared/contract/app.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { errorDataOf, useApi, useWrite } from '../../api/index.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { openByDialog, openProjectFile, openRecent } from '../../common/files/encrypted-file.ts';
import { formatWhen } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { askName } from '../../common/people/name-asked.ts';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openDialog } from '../../common/workbench/workbench.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, LinkButton, IconButton } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** Shown while no project is open: create one, open one, or look at the sample. */
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
  const opening = useOpenProject(state.nativeDialogs);
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
          keys={shownKeysOf('openProject')}
          onPress={opening.open}
        />
        <Act
          icon="book"
          title={t('start.sample')}
          hint={opening.isMakingSample ? t('start.makingSample') : t('start.sampleHint')}
          onPress={opening.openSample}
        />
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
            <Who state={state} />
          </span>
        </div>
      </section>
      <RecentProjects
        recents={state.recents}
        kept={state.settings.keepRecents}
        shownElsewhere={state.damaged?.message ?? state.refused?.message ?? null}
      />
    </main>
  );
}

/** The name of the person who works here, or that none was entered. */
function Who({ state: { person, needsName } }: { state: AppState }) {
  const { t } = useTranslation();
  if (needsName)
    return (
      <>
        <Icon name="person" size="small" />
        <span>{t('naming.none')}</span>
        <LinkButton onPress={askName}>{t('naming.enter')}</LinkButton>
      </>
    );
  return (
    <>
      <PersonInitials id={person.id} name={person.name} size="small" />
      <span>
        <bdi>{person.name}</bdi>
        {', '}
        <span className="mono">{t('start.key', { fingerprint: person.fingerprint })}</span>
      </span>
      <LinkButton onPress={() => openDialog('settings')}>{t('start.changePerson')}</LinkButton>
    </>
  );
}

/** A project that could not be opened, with its backups. */
function DamagedProject({ damaged }: { damaged: NonNullable<AppState['damaged']> }) {
  const { t } = useTranslation();
  const rebuild = useWrite('app.rebuildProject');
  return (
    <InlineError
      message={`${damaged.place}: ${rebuild.error?.message ?? damaged.message}`}
      action={
        <span className="line" data-wrap>
          {damaged.rebuildable ? (
            <Button
              size="small"
              kind="primary"
              isPending={rebuild.isPending}
              onPress={() => rebuild.mutate({ key: damaged.key })}
            >
              {t('start.rebuild')}
            </Button>
          ) : null}
          <Button size="small" icon="restore" onPress={() => openDialog('backups')}>
            {t('backups.restore')}
          </Button>
        </span>
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

/** Opens an existing project. */
function useOpenProject(nativeDialogs: boolean) {
  const { t } = useTranslation();
  const api = useApi();
  const [error, setError] = useState<ErrorData | null>(null);
  const sample = useWrite('app.openSample');
  const open = useMemo(
    () => (): void => {
      const chosen = async (): Promise<void> => {
        // In the browser host a page cannot choose a folder, but it can offer a project file.
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
  const { isPending: isMakingSample } = sample;
  // Making the sample takes some seconds: a second press meanwhile is ignored.
  const openSample = useMemo(
    () => (): void => {
      if (!isMakingSample) makeSample({});
    },
    [makeSample, isMakingSample],
  );
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'openProject',
          title: nativeDialogs ? t('commands.openProject') : t('start.openFile'),
          group: 'anywhere',
          icon: 'open',
          keys: keysOf('openProject'),
          run: open,
        },
        { id: 'openSample', title: t('commands.openSample'), group: 'anywhere', icon: 'book', run: openSample },
      ],
      [t, nativeDialogs, open, openSample],
    ),
  );

  return { open, openSample, isMakingSample, error: error ?? sample.error };
}

type Recent = AppState['recents'][number];

interface RecentProjectsProps {
  readonly recents: readonly Recent[];
  /** Whether recent projects are remembered. */
  readonly kept: boolean;
  /** The key of a project whose error is shown elsewhere on the screen. */
  readonly shownElsewhere: string | null;
}

/** Projects that were opened on this computer, newest first. */
function RecentProjects({ recents, kept, shownElsewhere }: RecentProjectsProps) {
  const { t } = useTranslation();
  const api = useApi();
  const [openError, setOpenError] = useState<ErrorData | null>(null);
  const open = (key: string): void => {
    setOpenError(null);
    openRecent(api, key).catch((thrown: unknown) => setOpenError(errorDataOf(thrown)));
  };
  const forget = useWrite('app.forgetRecent');
  const error = openError ?? forget.error;
  const now = useNow();
  const sheetKeys = shownKeysOf('shortcuts');
  return (
    <section aria-labelledby="recents">
      <div className="line start-head">
        <h2 id="recents" className="strong grow">
          {t('start.recents')}
        </h2>
      </div>
      {error === null || error.message === shownElsewhere ? null : <InlineError message={error.message} />}
      {recents.length === 0 ? (
        <p className="hint start-none">{kept ? t('start.noRecents') : t('start.recentsOff')}</p>
      ) : null}
      <ul>
        {[...recents]
          .sort((a, b) => b.openedAt - a.openedAt)
          .map((recent) => (
            <RecentLine
              key={recent.key}
              now={now}
              recent={recent}
              onOpen={() => open(recent.key)}
              onForget={() => forget.mutate({ key: recent.key })}
            />
          ))}
      </ul>
      <p className="hint start-tip">
        <Trans
          i18nKey={sheetKeys.length === 0 ? 'start.tipCommands' : 'start.tip'}
          components={{ sheet: <Kbd keys={sheetKeys} />, all: <Kbd keys={shownKeysOf('commands')} /> }}
        />
      </p>
    </section>
  );
}

interface RecentLineProps {
  readonly recent: Recent;
  /** Epoch ms. */
  readonly now: number;
  readonly onOpen: () => void;
  readonly onForget: () => void;
}

function RecentLine({ recent, now, onOpen, onForget }: RecentLineProps) {
  const { t } = useTranslation();
  return (
    <li className="start-recent">
      <AriaButton className="start-recent-open" isDisabled={recent.missing} onPress={onOpen}>
        <bdi className="strong cut">{recent.title}</bdi>
        <span className="hint">{formatWhen(recent.openedAt, now)}</span>
        <bdi className="hint cut">{recent.place}</bdi>
        {recent.encrypted ? (
          <Badge icon="lock">{t('start.encrypted')}</Badge>
        ) : recent.missing ? (
          <Badge tone="warn" icon="alert">
            {t('start.missing')}
          </Badge>
        ) : (
          <span className="hint">{t('start.sources', { count: recent.sources })}</span>
        )}
      </AriaButton>
      <IconButton label={t('start.forget', { title: recent.title })} icon="close" size="small" onPress={onForget} />
    </li>
  );
}
