import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Trans } from 'react-i18next';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { AppState } from '../../../shared/contract/app.ts';
import { useWrite } from '../../api/index.ts';
import { COMMANDS_KEY } from '../../common/commands/core.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { formatWhen } from '../../common/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';

type Recent = AppState['recents'][number];

export interface RecentProjectsProps {
  readonly recents: readonly Recent[];
  /** Whether the list is kept at all. */
  readonly kept: boolean;
  /** An error that stands elsewhere on the screen. */
  readonly told: string | null;
}

/** Projects opened on this machine before, newest first. */
export function RecentProjects({ recents, kept, told }: RecentProjectsProps) {
  const { t } = useTranslation();
  const open = useWrite('app.openRecent');
  const forget = useWrite('app.forgetRecent');
  const error = open.error ?? forget.error;
  const [now] = useState(() => Date.now());
  return (
    <section aria-labelledby="recents">
      <div className="line start-head">
        <h2 id="recents" className="strong grow">
          {t('start.recents')}
        </h2>
      </div>
      {error === null || error.message === told ? null : <InlineError message={error.message} />}
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
              onOpen={() => open.mutate({ key: recent.key })}
              onForget={() => forget.mutate({ key: recent.key })}
            />
          ))}
      </ul>
      <p className="hint start-tip">
        <Trans i18nKey="start.tip" components={{ sheet: <kbd />, all: <Kbd keys={shownKeys(COMMANDS_KEY)} /> }} />
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
        {recent.missing ? (
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
