import { useState } from 'react';
import type { CallOutput, EventPayload } from '../../../shared/contract/index.ts';
import type { VerifyReport } from '../../../shared/contract/project.ts';
import { useApi, useCall, useHostEvent, useWrite } from '../../api/index.ts';
import { PasswordWithin } from '../../common/files/PasswordForm.tsx';
import { formatAll, formatNumber } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';

type Compared = CallOutput<'sources.compareOriginals'>;

/** Verifies the project and lists what does not match. On request, reads every original again. */
export function VerifyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [isThorough, setIsThorough] = useState(false);
  const verify = useWrite('project.verify');
  const compare = useWrite('sources.compareOriginals');
  const stop = (): void => void api.call('sources.stopComparing', {});
  /** Passwords are kept only while the dialog is open. */
  const [passwords, setPasswords] = useState<string[]>([]);
  const start = (given: string[]): void => {
    compare.reset();
    setPasswords(given);
    verify.mutate({}, { onSuccess: () => isThorough && compare.mutate({ passwords: given }) });
  };
  const isPending = verify.isPending || compare.isPending;
  const error = verify.error ?? compare.error;
  return (
    <Dialog
      title={t('verify.title')}
      isOpen={isOpen}
      onClose={() => {
        if (compare.isPending) stop();
        setPasswords([]);
        onClose();
      }}
      closeLabel={t('app.close')}
      size="wide"
      footer={
        <>
          {compare.isPending ? <Button onPress={stop}>{t('verify.stop')}</Button> : null}
          <Button
            // Made anew once no password is asked for any more: the field that had the focus is gone, and Escape with it.
            key={compare.data?.locked === 0 ? 'compared' : 'open'}
            kind="primary"
            icon="verified"
            autoFocus
            isPending={isPending}
            onPress={() => start(passwords)}
          >
            {verify.data === undefined ? t('verify.start') : t('verify.again')}
          </Button>
        </>
      }
    >
      <p className="mid">{t('verify.text')}</p>
      <Check label={t('verify.thorough')} selected={isThorough} isDisabled={isPending} onChange={setIsThorough} />
      {compare.isPending ? <Comparing /> : null}
      <div role="status">
        {verify.isPending ? (
          <p>{t('verify.running')}</p>
        ) : verify.data === undefined || compare.isPending ? null : (
          <Outcome report={verify.data} compared={compare.data ?? null} />
        )}
      </div>
      {isPending || compare.data === undefined || compare.data.locked === 0 ? null : (
        <Locked
          count={compare.data.locked}
          isWrong={passwords.length > 0}
          onOpen={(password) => start([...passwords, password])}
        />
      )}
      {error === null ? null : <InlineError message={error.message} />}
    </Dialog>
  );
}

/** Asks for the password of protected PDFs, so that these can be read again too. */
function Locked({ count, isWrong, onOpen }: { count: number; isWrong: boolean; onOpen: (password: string) => void }) {
  const { t } = useTranslation();
  return (
    <PasswordWithin
      isPassword
      label={t('verify.password.label', { count })}
      hint={t('verify.password.hint')}
      error={isWrong ? t('verify.password.wrong', { count }) : null}
      openLabel={t('verify.password.use')}
      onOpen={onOpen}
    />
  );
}

function Comparing() {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<EventPayload<'verify.progress'> | null>(null);
  useHostEvent('verify.progress', setProgress);
  const { done, total } = progress ?? { done: 0, total: 0 };
  const text =
    progress === null
      ? t('verify.comparing')
      : t('verify.comparingOf', { done: formatNumber(done), total: formatNumber(total) });
  return (
    <div className="stack-tight">
      <Progress label={t('verify.comparing')} value={done} max={progress === null ? null : total} text={text} />
      <span className="hint">{text}</span>
    </div>
  );
}

/** What other copies of the project had and this one lacks. Empty unless this installation has seen those copies. */
function useLackingWords(): readonly string[] {
  const { t } = useTranslation();
  const lacking = useCall('app.lacking', {}).data?.lacking ?? null;
  if (lacking === null) return [];
  const { edits: count, by, at } = lacking;
  const whose = formatAll(by.map(({ person, edits }) => t('verify.lackingOf', { person, count: edits })));
  const named = by.length === 0 ? '' : ` (${whose})`;
  return [`${t('verify.lacking', { count, when: formatMoment(at), named })} ${t('verify.lackingWhy', { count })}`];
}

function Outcome({ report, compared }: { report: VerifyReport; compared: Compared | null }) {
  const { t } = useTranslation();
  const known = new Set(report.failures.map(({ id }) => id));
  const failures = [...report.failures, ...(compared?.failures ?? []).filter(({ id }) => !known.has(id))];
  const lacking = useLackingWords();
  const remarks = [...report.remarks.map(({ message }) => message), ...(compared?.remarks ?? []), ...lacking];
  const { originals, layers, commits, changes, passages } = report.checked;
  return (
    <div className="stack">
      {failures.length === 0 ? (
        <Note tone="ok">{t('verify.ok')}</Note>
      ) : (
        <Note tone="bad">{t('verify.failures', { count: failures.length })}</Note>
      )}
      <dl className="definitions">
        <dt>{t('verify.originals')}</dt>
        <dd>{formatNumber(originals)}</dd>
        <dt>{t('verify.layers')}</dt>
        <dd>{formatNumber(layers)}</dd>
        <dt>{t('verify.commits')}</dt>
        <dd>{t('verify.commitsValue', { count: commits, changes: formatNumber(changes) })}</dd>
        <dt>{t('verify.passages')}</dt>
        <dd>{formatNumber(passages)}</dd>
        {compared === null ? null : (
          <>
            <dt>{t('verify.compared')}</dt>
            <dd>{formatNumber(compared.compared)}</dd>
          </>
        )}
      </dl>
      <ul className="report-list" aria-label={t('verify.failureList')}>
        {failures.map((failure) => (
          <li key={`${failure.kind} ${failure.id} ${failure.message}`}>
            <span className="bad">{t(`verify.kinds.${failure.kind}`)}</span>
            <div className="stack">
              <span>{failure.message}</span>
              <span className="mono report-path">{failure.id}</span>
            </div>
          </li>
        ))}
      </ul>
      {remarks.length === 0 ? null : (
        <Note tone="warn">
          <p>{t('verify.remarks')}</p>
          <ul>
            {remarks.map((message) => (
              <li key={message}>
                <bdi>{message}</bdi>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}
