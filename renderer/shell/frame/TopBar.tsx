import { Button as AriaButton } from 'react-aria-components';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCall, useCallAtRest } from '../../api/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { focusScreen } from '../../ui/focus-memory.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { activeOf } from '../../common/commands/key-preferences.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { formatNumber } from '../../common/format.ts';
import { goTo, openDialog, PLACES, useWorkbench } from '../../common/workbench/workbench.ts';
import { runCommand, useCommandList } from '../../common/commands/registry.ts';
import { ownQueue } from '../../common/review/state.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';

/** Project, screens, and the acting person. */
export function TopBar({ onSwitchTheme }: { onSwitchTheme: () => void }) {
  const { t } = useTranslation();
  const state = useCall('app.state', {}).data;
  const project = state?.project ?? null;
  return (
    <header className="frame-top">
      <div className="line">
        {project === null ? (
          <span className="dim">{t('app.nameAndVersion', { version: state?.version ?? '' })}</span>
        ) : (
          <>
            <ProjectButton title={project.title} />
            <span className="separator not-one" />
            <Places />
          </>
        )}
      </div>
      {project === null ? <span /> : <CommandField />}
      <div className="frame-end">
        {project === null ? null : (
          <span className="wide" title={t('app.offlineMeaning')}>
            <Badge icon="offline">{t('app.offline')}</Badge>
          </span>
        )}
        <IconButton label={t('app.switchTheme')} icon="half" keys={shownKeysOf('theme')} onPress={onSwitchTheme} />
        {project === null || state === undefined ? null : (
          <AriaButton className="frame-person not-one" onPress={() => openDialog('settings')}>
            <PersonInitials id={state.person.id} name={state.person.name} />
            <span className="unseen">{t('status.whoIsAtWork', { name: state.person.name })}</span>
          </AriaButton>
        )}
      </div>
    </header>
  );
}

/** Looks like a search field, and opens the command palette. */
function CommandField() {
  const { t } = useTranslation();
  return (
    <AriaButton className="command-field" onPress={() => openDialog('commands')}>
      <Icon name="search" size="small" />
      <span className="grow cut">{t('commandPalette.open')}</span>
      <span className="not-one">
        <Kbd keys={shownKeysOf('commands')} />
      </span>
    </AriaButton>
  );
}

function ProjectButton({ title }: { title: string }) {
  const { t } = useTranslation();
  const entries = useProjectMenu();
  return (
    <Menu
      label={t('project.menu')}
      entries={entries}
      trigger={
        <AriaButton className="button frame-project" data-kind="quiet" aria-label={t('project.menuOf', { title })}>
          <Wordmark />
          <bdi className="strong cut">{title}</bdi>
        </AriaButton>
      }
    />
  );
}

/** Asks only for the number of conflicts. */
const COUNT = { limit: 0 };

function Places() {
  const { t } = useTranslation();
  const place = useWorkbench((state) => state.place);
  const isReading = useWorkbench((state) => state.source !== null);
  // On the Team screen the number is read at once; elsewhere when nothing is being written.
  const now = useCall('merge.conflicts', place === 'team' ? COUNT : null).data;
  const atRest = useCallAtRest('merge.conflicts', COUNT);
  const conflicts = (now ?? atRest)?.total ?? 0;
  return (
    <nav aria-label={t('app.places')}>
      {PLACES.map((name) => (
        <button
          key={name}
          type="button"
          className="frame-place"
          aria-current={place === name ? 'page' : undefined}
          onClick={() => {
            // A screen that is shown already doesn’t take the focus by itself.
            if (place === name) focusScreen(name === 'read' && isReading);
            else goTo(name);
          }}
        >
          {t(`places.${name}`)}
          {name === 'team' && conflicts > 0 ? (
            <span className="frame-count">
              <span aria-hidden>{formatNumber(conflicts)}</span>
              <span className="unseen">{t('merge.openConflicts', { count: conflicts })}</span>
            </span>
          ) : null}
          {name === 'draft' ? <DraftCount /> : null}
          {name === 'review' ? <ReviewCount /> : null}
        </button>
      ))}
    </nav>
  );
}

/** The program’s logo: a page with one line highlighted. */
export function Wordmark() {
  return (
    <svg className="wordmark" viewBox="0 0 20 20" aria-hidden focusable={false}>
      <path className="paper-line" d="M4 2.5h12v15H4zM7 6.5h6M7 13.5h4" strokeWidth={1.5} />
      <path className="marked-line" d="M6 10h8" strokeWidth={3} />
    </svg>
  );
}

const ENTRIES: readonly (readonly [string, IconName] | 'line')[] = [
  ['project', 'info'],
  ['exportProject', 'export'],
  ['handOver', 'export'],
  ['verify', 'verified'],
  ['backups', 'backup'],
  ['trash', 'remove'],
  ['settings', 'settings'],
  'line',
  ['commands', 'search'],
  ['shortcuts', 'key'],
  ['diagnostics', 'copy'],
  ['about', 'info'],
  'line',
  ['newProject', 'add'],
  ['openProject', 'open'],
  ['newWindow', 'columns'],
  ['closeProject', 'close'],
  ['closeEncrypted', 'lock'],
  ['lock', 'lock'],
];

/** The project menu: the commands of these names, if they are registered. */
export function useProjectMenu(): MenuEntry[] {
  const { i18n } = useTranslation();
  const commands = useCommandList((state) => state.commands);
  // The commands contain their titles; a change of language registers them again.
  void i18n.language;
  return ENTRIES.flatMap((entry): MenuEntry[] => {
    if (entry === 'line') return ['line'];
    const [id, icon] = entry;
    const command = commands.findLast((candidate) => candidate.id === id);
    if (command === undefined) return [];
    const [binding] = activeOf(command.keys ?? []);
    const keys = binding === undefined ? {} : { keys: shownKeys(binding) };
    return [{ id, label: command.title, icon, ...keys, run: () => void runCommand(id) }];
  });
}

/** The number of items in the queue of the person’s role, or else of those that mention the person. Nothing for zero. */
export function ReviewCount() {
  const { t } = useTranslation();
  const roles = useCall('people.list', {}).data?.people.find(({ isMe }) => isMe)?.roles ?? [];
  const queue = ownQueue(roles) ?? 'mine';
  const counts = useCallAtRest('review.queue', { queue, filter: {}, limit: 1 })?.counts;
  const count = counts?.[queue] ?? 0;
  if (count === 0) return null;
  return (
    <span className="frame-count">
      {formatNumber(count)}
      <span className="unseen"> {t(`review.queues.${queue}`)}</span>
    </span>
  );
}

/** The number of sentences in the newest drafts that have no evidence yet. Nothing for zero. */
function DraftCount() {
  const { t } = useTranslation();
  const drafts = useCallAtRest('drafts.list', {})?.drafts ?? [];
  const count = drafts.reduce((sum, { newest, open }) => sum + (newest ? open : 0), 0);
  if (count === 0) return null;
  return (
    <span className="frame-count">
      <span aria-hidden>{formatNumber(count)}</span>
      <span className="unseen">{t('desk.openCount', { count })}</span>
    </span>
  );
}
