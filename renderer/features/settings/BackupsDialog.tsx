import { useState } from 'react';
import { useCall, useWrite } from '../../api/index.ts';
import { formatBytes } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';

/**
 * Backups of the project's database, with a button that restores one; `damaged` is the key of a project that cannot be
 * opened.
 */
export function BackupsDialog({
  isOpen,
  onClose,
  damaged,
}: {
  isOpen: boolean;
  onClose: () => void;
  damaged: string | null;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const ofOpen = useCall('project.backups', isOpen && damaged === null ? {} : null);
  const ofDamaged = useCall('app.backupsOf', isOpen && damaged !== null ? { key: damaged } : null);
  const isReadOnly = useReadOnly();
  const list = damaged === null ? ofOpen : ofDamaged;
  const restore = useWrite('app.restoreBackup');
  const backups = list.data?.backups ?? [];
  const close = (): void => {
    setChosen(null);
    restore.reset();
    onClose();
  };
  const asked = backups.find(({ name }) => name === chosen);
  return (
    <Dialog
      title={t('backups.title')}
      isOpen={isOpen}
      onClose={close}
      closeLabel={t('app.close')}
      size="wide"
      {...(asked === undefined
        ? {}
        : {
            footer: (
              <>
                <Button onPress={() => setChosen(null)}>{t('app.cancel')}</Button>
                <Button
                  kind="danger"
                  isPending={restore.isPending}
                  onPress={() =>
                    restore.mutate(
                      { name: asked.name, ...(damaged === null ? {} : { key: damaged }) },
                      { onSuccess: close },
                    )
                  }
                >
                  {t('backups.restore')}
                </Button>
              </>
            ),
          })}
    >
      <p className="mid">{t('backups.text')}</p>
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {restore.error === null ? null : <InlineError message={restore.error.message} />}
      {asked === undefined ? null : <Note tone="warn">{t('backups.warning', { when: formatMoment(asked.at) })}</Note>}
      {list.isSuccess && backups.length === 0 ? <p className="mid">{t('backups.none')}</p> : null}
      {damaged === null && !isReadOnly ? <BackUpNow onDone={() => void ofOpen.refetch()} /> : null}
      <ul className="backup-list" aria-label={t('backups.title')}>
        {backups.map((backup) => (
          <li key={backup.name} className="line">
            <span className="grow">
              <span className="strong">{formatMoment(backup.at)}</span>{' '}
              <span className="hint">{`${formatBytes(backup.bytes)}, ${isReason(backup.reason) ? t(`backups.reasons.${backup.reason}`) : backup.reason}`}</span>
            </span>
            <Button
              size="small"
              icon="restore"
              onPress={() => setChosen(backup.name)}
              aria-label={t('backups.chooseOf', { when: formatMoment(backup.at) })}
            >
              {t('backups.choose')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function BackUpNow({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const backUp = useWrite('project.backUp');
  return (
    <>
      {backUp.error === null ? null : <InlineError message={backUp.error.message} />}
      <div className="line">
        <Button icon="backup" isPending={backUp.isPending} onPress={() => backUp.mutate({}, { onSuccess: onDone })}>
          {t('backups.makeNow')}
        </Button>
      </div>
    </>
  );
}

const REASONS = ['daily', 'migration', 'asked', 'restore', 'replaced'] as const;
const isReason = (reason: string): reason is (typeof REASONS)[number] => REASONS.some((one) => one === reason);
