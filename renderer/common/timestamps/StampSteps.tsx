import { useState } from 'react';
import type { Stamp, Stamped } from '../../../shared/contract/timestamps.ts';
import { LARGEST_ANSWER } from '../../../shared/model/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { chooseFiles } from '../files/choose-files.ts';
import { useTellExported } from '../files/exported.ts';
import { inBase64 } from '../files/in-base64.ts';
import { announce, notifyError } from '../notices/notices.ts';
import { useReadOnly } from '../read-only.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { openDialog } from '../workbench/workbench.ts';

/**
 * The time stamps of a record, and two ways to get another: by files (a request and its answer), or by asking an authority over the
 * network.
 */
export function StampSteps({ of, stamps }: { of: Stamped; stamps: readonly Stamp[] }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const [fault, setFault] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const save = useWrite('app.writeStampRequest');
  const answer = useWrite('timestamps.answer');
  const tellExported = useTellExported();
  const waiting = stamps.find(({ standing }) => standing === 'waiting');
  const request = (): void =>
    save.mutate(of, {
      onSuccess: ({ done, ...written }) => done && tellExported(written),
      onError: (thrown) => notifyError(errorDataOf(thrown)),
    });
  const bring = async (one: Stamp): Promise<void> => {
    const [file] = await chooseFiles({ multiple: false });
    if (file === undefined) return;
    setFault(null);
    if (file.size > LARGEST_ANSWER) {
      setFault(t('timeStamps.tooLarge', { name: file.name }));
      return;
    }
    try {
      await answer.mutateAsync({ id: one.id, answer: await inBase64(file) });
      announce(t('timeStamps.added'));
    } catch (thrown) {
      setFault(errorDataOf(thrown).message);
    }
  };
  return (
    <div className="stack">
      <div className="line" data-wrap>
        <Button icon="export" isDisabled={isReadOnly} isPending={save.isPending} onPress={request}>
          {t('timeStamps.save')}
        </Button>
        <Button
          icon="import"
          isDisabled={isReadOnly || waiting === undefined}
          isPending={answer.isPending}
          onPress={() => waiting !== undefined && void bring(waiting)}
        >
          {t('timeStamps.bring')}
        </Button>
        <Button icon="clock" isDisabled={isReadOnly || isAsking} onPress={() => setAsking(true)}>
          {t('timeStamps.ask.open')}
        </Button>
      </div>
      {fault === null ? null : <InlineError message={fault} />}
      {isAsking ? <AskNow of={of} onClose={() => setAsking(false)} /> : null}
      {stamps.length === 0 ? null : (
        <ul className="stack" aria-label={t('timeStamps.list')}>
          {stamps.map((stamp) => (
            <li key={stamp.id}>
              <Shown stamp={stamp} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The only action that uses the network. It shows whom it asks and what it sends, and starts when a person presses the button. */
function AskNow({ of, onClose }: { of: Stamped; onClose: () => void }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const ask = useWrite('app.askAuthority');
  return (
    <form
      className="stack form"
      aria-label={t('timeStamps.ask.open')}
      onSubmit={(event) => {
        event.preventDefault();
        if (url.trim() === '' || ask.isPending) return;
        ask.mutate(
          { of, url },
          {
            onSuccess: ({ said }) => {
              announce(t('timeStamps.added'));
              if (said !== null) onClose();
            },
          },
        );
      }}
    >
      <Field
        label={t('timeStamps.ask.address')}
        value={url}
        onChange={(next) => {
          setUrl(next);
          ask.reset();
        }}
        placeholder="https://"
        dir="ltr"
        maxLength={2000}
        autoFocus
        hint={t('timeStamps.ask.network')}
        error={ask.error?.message ?? null}
      />
      <div className="line" data-wrap>
        <Button kind="primary" type="submit" isDisabled={url.trim() === ''} isPending={ask.isPending}>
          {t('timeStamps.ask.now')}
        </Button>
        <Button isDisabled={ask.isPending} onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** One time stamp: its time, its authority, and whether a trusted root vouches for it. */
function Shown({ stamp }: { stamp: Stamp }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const remove = useWrite('timestamps.remove');
  const write = useWrite('app.writeStamp');
  const tellExported = useTellExported();
  const { id, standing, said, why } = stamp;
  const save = (): void =>
    write.mutate(
      { id },
      {
        onSuccess: ({ done, ...written }) => done && tellExported(written),
        onError: (thrown) => notifyError(errorDataOf(thrown)),
      },
    );
  return (
    <div className="line">
      <div className="stack-tight grow">
        <span className="line" data-wrap>
          <StampBadge standing={standing} />
          {standing === 'untrusted' ? (
            <LinkButton onPress={() => openDialog('settings')}>{t('timeStamps.roots')}</LinkButton>
          ) : null}
        </span>
        {said === null ? null : (
          <span>
            {t('timeStamps.said', { when: formatMoment(said.at) })} <bdi>{said.authority.replaceAll('\n', ', ')}</bdi>
          </span>
        )}
        {said === null ? null : <span className="hint">{t('timeStamps.policy', { policy: said.policy })}</span>}
        {why === '' || standing === 'untrusted' ? null : <span className="hint">{why}</span>}
      </div>
      {standing === 'waiting' ? null : (
        <IconButton label={t('timeStamps.saveStamp')} icon="export" size="small" onPress={save} />
      )}
      <IconButton
        label={t('timeStamps.remove')}
        icon="remove"
        size="small"
        isDisabled={isReadOnly}
        onPress={() => remove.mutate({ id }, { onSuccess: () => announce(t('timeStamps.removed')) })}
      />
    </div>
  );
}

/** How much a time stamp proves, in words. */
export function StampBadge({ standing }: Pick<Stamp, 'standing'>) {
  const { t } = useTranslation();
  return (
    <Badge
      tone={standing === 'trusted' ? 'ok' : standing === 'nothing' ? 'bad' : 'warn'}
      icon={standing === 'trusted' ? 'verified' : 'unverified'}
    >
      {t(`timeStamps.standings.${standing}`)}
    </Badge>
  );
}
