import { useEffect } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { dismissNotice, useAnnouncement, useNotice } from '../../common/notices/notices.ts';
import { useUndoRedo } from '../undo.ts';

/** Long enough to read twice; what failed, and what was left, stays until it is closed. */
const SHOWN_MS = 10_000;

/** The newest thing to be told, above the status bar. */
export function Notices() {
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
        <Note key={notice.id} tone={notice.tone} role={notice.tone === 'bad' ? 'alert' : 'status'}>
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

/** Undoes what a notice tells of; not there any more once something else was done since. */
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

/** Words for a screen reader about what sighted people see happen. */
export function Announcer() {
  const { text, count } = useAnnouncement();
  return (
    <div className="unseen" aria-live="polite">
      <span key={count}>{text}</span>
    </div>
  );
}
