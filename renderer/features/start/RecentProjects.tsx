import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { AppState } from '../../../shared/contract/app.ts';
import { useWrite } from '../../api/index.ts';
import { formatWhen } from '../../app/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';

type Recent = AppState['recents'][number];

/** Projects opened on this machine before, newest first. `told` is an error that stands elsewhere on the screen. */
export function RecentProjects({ recents, told }: { recents: readonly Recent[]; told: string | null }) {
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
      {recents.length === 0 ? <p className="hint start-none">{t('start.noRecents')}</p> : null}
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
        {t('start.press')} <kbd>?</kbd> {t('start.forShortcuts')}
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
