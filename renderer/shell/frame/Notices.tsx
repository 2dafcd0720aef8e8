import { useEffect } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { dismissNotice, useAnnouncements, useNotice } from '../../common/notices/notices.ts';
import { useUndoRedo } from '../undo.ts';

/** How long a notice stays, ms: enough to read it twice. Errors, and lists of unchanged items, stay until closed. */
const SHOWN_MS = 10_000;

/**
 * The one live region, for all notices and announcements. It is always in the page, since screen readers often don’t read a region that
 * appears together with its text.
 */
export function LiveRegion() {
  const { latest } = useAnnouncements();
  return (
    // `data-live-announcer` keeps an open dialog or menu from hiding it: otherwise announcements made meanwhile are not read out.
    <div className="live-region" aria-live="polite" data-live-announcer="true">
      <div className="unseen">
        {latest.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
      <Notices />
    </div>
  );
}

/** The latest notice, above the status bar. */
function Notices() {
  const { t } = useTranslation();
  const notice = useNotice((state) => state.notice);
  useEffect(() => {
    if (notice?.tone !== 'plain') return undefined;
    const timer = setTimeout(dismissNotice, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className="notices">
      {notice === null ? null : (
        <Note key={notice.id} tone={notice.tone} {...(notice.tone === 'bad' ? { role: 'alert' } : {})}>
          <div className="line">
            <div className="grow">
              <span>{notice.text}</span>
              {notice.details.map((detail) => (
                <p key={detail}>{detail}</p>
              ))}
              {notice.link === null ? null : (
                <p>
                  <a href={notice.link.href} target="_blank" rel="noopener noreferrer" onClick={dismissNotice}>
                    {notice.link.label}
                  </a>
                </p>
              )}
            </div>
            {notice.act === undefined ? null : (
              <Button
                size="small"
                onPress={() => {
                  dismissNotice();
                  notice.act?.run();
                }}
              >
                {notice.act.label}
              </Button>
            )}
            {notice.undoes === null ? null : <UndoIt label={notice.undoes} />}
            <IconButton label={t('app.close')} icon="close" size="small" onPress={dismissNotice} />
          </div>
        </Note>
      )}
    </div>
  );
}

/** Undoes the edit the notice reports; hidden once something else was done. */
function UndoIt({ label }: { label: string }) {
  const { t } = useTranslation();
  const { undo, run } = useUndoRedo();
  if (undo !== label) return null;
  return (
    <Button size="small" icon="undo" onPress={() => run('undo')}>
      {t('undo.it')}
    </Button>
  );
}
