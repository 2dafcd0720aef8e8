import type { Snapshot } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { StampSteps } from '../../common/timestamps/StampSteps.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** The time stamps of a snapshot: saves the request as a file, takes the answer, and says what each shows. */
export function TimeStampDialog({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
  const { t } = useTranslation();
  const list = useCall('timestamps.list', {});
  const stamps = (list.data?.timestamps ?? []).filter((one) => one.snapshot === snapshot.id);
  return (
    <Dialog
      title={t('snapshots.stamp.of', { name: snapshot.name })}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
    >
      <div className="stack">
        <p>{t('snapshots.stamp.what')}</p>
        {list.error === null ? null : <InlineError message={list.error.message} />}
        <StampSteps of={{ snapshot: snapshot.id }} stamps={stamps} />
        <p className="hint">{t('snapshots.stamp.shows')}</p>
        <p className="hint">{t('snapshots.stamp.roots')}</p>
      </div>
    </Dialog>
  );
}
