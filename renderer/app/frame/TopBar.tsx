import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/index.ts';
import { Badge, Initials } from '../../ui/Badge.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { shownKeys } from '../commands/keys.ts';
import { goTo, useWorkbench, type Place } from '../state/workbench.ts';
import { useProjectMenu } from '../useProjectMenu.ts';
import { Wordmark } from './Wordmark.tsx';
import { THEME_KEY } from '../commands/core.ts';

const PLACES: readonly Place[] = ['library', 'read'];

/** Project, places, and who is at work. */
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
      <div className="frame-end">
        {project === null ? null : (
          <span className="not-one" title={t('app.offlineMeaning')}>
            <Badge icon="offline">{t('app.offline')}</Badge>
          </span>
        )}
        <IconButton label={t('app.switchTheme')} icon="half" keys={shownKeys(THEME_KEY)} onPress={onSwitchTheme} />
        {project === null || state === undefined ? null : (
          <span title={state.person.name} className="not-one">
            <Initials name={state.person.name} />
          </span>
        )}
      </div>
    </header>
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

function Places() {
  const { t } = useTranslation();
  const place = useWorkbench((state) => state.place);
  return (
    <nav aria-label={t('app.places')}>
      {PLACES.map((name) => (
        <button
          key={name}
          type="button"
          className="frame-place"
          aria-current={place === name ? 'page' : undefined}
          onClick={() => goTo(name)}
        >
          {t(`places.${name}`)}
        </button>
      ))}
    </nav>
  );
}
