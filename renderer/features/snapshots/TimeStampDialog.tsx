import { useState } from 'react';
import type { Stamp } from '../../../shared/contract/timestamps.ts';
import { LARGEST_ANSWER, type Snapshot } from '../../../shared/model/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
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
        <Asking snapshot={snapshot} waiting={stamps.find(({ standing }) => standing === 'waiting')} />
        <ul className="stack" aria-label={t('snapshots.stamp.list')}>
          {stamps.map((stamp) => (
            <li key={stamp.id}>
              <Shown stamp={stamp} />
            </li>
          ))}
        </ul>
        <p className="hint">{t('snapshots.stamp.shows')}</p>
        <p className="hint">{t('snapshots.stamp.roots')}</p>
      </div>
    </Dialog>
  );
}

/** The two steps: the request as a file, and its answer. */
function Asking({ snapshot, waiting }: { snapshot: Snapshot; waiting: Stamp | undefined }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const [fault, setFault] = useState<string | null>(null);
  const save = useWrite('app.writeStampRequest');
  const answer = useWrite('timestamps.answer');
  const tellExported = useTellExported();
  const request = (): void =>
    save.mutate(
      { snapshot: snapshot.id },
      {
        onSuccess: ({ done, ...written }) => done && tellExported(written),
        onError: (thrown) => notifyError(errorDataOf(thrown)),
      },
    );
  const bring = async (one: Stamp): Promise<void> => {
    const [file] = await chooseFiles({ multiple: false });
    if (file === undefined) return;
    setFault(null);
    if (file.size > LARGEST_ANSWER) {
      setFault(t('snapshots.stamp.tooLarge', { name: file.name }));
      return;
    }
    try {
      await answer.mutateAsync({ id: one.id, answer: await inBase64(file) });
      announce(t('snapshots.stamp.added'));
    } catch (thrown) {
      setFault(errorDataOf(thrown).message);
    }
  };
  return (
    <>
      <div className="line" data-wrap>
        <Button icon="export" isDisabled={isReadOnly} isPending={save.isPending} onPress={request}>
          {t('snapshots.stamp.save')}
        </Button>
        <Button
          icon="import"
          isDisabled={isReadOnly || waiting === undefined}
          isPending={answer.isPending}
          onPress={() => waiting !== undefined && void bring(waiting)}
        >
          {t('snapshots.stamp.bring')}
        </Button>
      </div>
      {fault === null ? null : <InlineError message={fault} />}
    </>
  );
}

/** One time stamp: when, according to whom, and whether a root vouches for it that is trusted here. */
function Shown({ stamp }: { stamp: Stamp }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const remove = useWrite('timestamps.remove');
  const { id, standing, said, why } = stamp;
  return (
    <div className="line">
      <div className="stack-tight grow">
        <span>
          <Badge
            tone={standing === 'trusted' ? 'ok' : standing === 'nothing' ? 'bad' : 'warn'}
            icon={standing === 'trusted' ? 'verified' : 'unverified'}
          >
            {t(`snapshots.stamp.standings.${standing}`)}
          </Badge>
        </span>
        {said === null ? null : (
          <span>
            {t('snapshots.stamp.said', { when: formatMoment(said.at) })}{' '}
            <bdi>{said.authority.replaceAll('\n', ', ')}</bdi>
          </span>
        )}
        {why === '' || standing === 'untrusted' ? null : <span className="hint">{why}</span>}
      </div>
      <IconButton
        label={t('snapshots.stamp.remove')}
        icon="remove"
        size="small"
        isDisabled={isReadOnly}
        onPress={() => remove.mutate({ id }, { onSuccess: () => announce(t('snapshots.stamp.removed')) })}
      />
    </div>
  );
}

/** A file’s bytes in base64. */
function inBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () =>
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,?/, '') : ''),
    );
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file can’t be read.')));
    reader.readAsDataURL(file);
  });
}
