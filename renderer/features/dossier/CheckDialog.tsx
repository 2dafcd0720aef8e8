import { Fragment, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { PasswordWithin } from '../../common/files/PasswordForm.tsx';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';

type Report = CallOutput<'app.checkDossier'>;

/** Checks the quotations of a dossier folder that somebody sent. It changes nothing. */
export function CheckDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  const [isChecking, setChecking] = useState(false);
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<string | null>(null);
  const stop = (): void => void api.call('app.cancelExchange', {});
  /** Passwords are kept only while the dialog is open. */
  const [passwords, setPasswords] = useState<readonly string[]>([]);
  const check = async (offers: string[], given: readonly string[]): Promise<void> => {
    setChecking(true);
    setError(null);
    setReport(null);
    setPasswords(given);
    try {
      setReport(await api.call('app.checkDossier', { offers, passwords: [...given] }));
    } finally {
      setChecking(false);
    }
  };
  const start = async (): Promise<void> => {
    const offers = nativeDialogs
      ? (await api.call('app.pickMerge', { what: 'folder' })).offers
      : await api.offer(await chooseFiles({ folder: true }));
    if (offers.length > 0)
      await check(
        offers.map(({ token }) => token),
        [],
      );
  };
  const run = (work: Promise<void>): void =>
    void work.catch((thrown: unknown) => {
      const { code, message } = errorDataOf(thrown);
      if (code !== 'CANCELLED') setError(message);
    });
  const again = report?.again ?? null;
  return (
    <Dialog
      title={t('dossier.check.title')}
      isOpen
      onClose={() => {
        if (isChecking) stop();
        onClose();
      }}
      closeLabel={t('app.close')}
      size="wide"
      footer={
        <>
          {isChecking ? <Button onPress={stop}>{t('dossier.check.stop')}</Button> : null}
          <Button
            // A new key mounts the button again and focuses it: when the password field goes, nothing has the focus and Escape does nothing.
            key={report !== null && again === null ? 'checked' : 'open'}
            kind="primary"
            icon="folder"
            autoFocus
            isPending={isChecking}
            onPress={() => run(start())}
          >
            {t(report === null ? 'dossier.check.choose' : 'dossier.check.another')}
          </Button>
        </>
      }
    >
      <p className="mid">{t('dossier.check.text')}</p>
      <p className="hint">{t('dossier.check.asSent')}</p>
      {isChecking ? (
        <Progress label={t('dossier.check.running')} value={0} max={null} text={t('dossier.check.running')} />
      ) : null}
      <div role="status">{report === null ? null : <Verdict report={report} />}</div>
      {report === null || again === null ? null : (
        <Locked
          titles={report.locked}
          isWrong={passwords.length > 0}
          onOpen={(password) => run(check([again], [...passwords, password]))}
        />
      )}
      {report === null ? null : <Outcome report={report} />}
      {error === null ? null : <InlineError message={error} />}
    </Dialog>
  );
}

/** Asks for the password of protected PDFs in the folder, so that they can be checked as well. */
function Locked({
  titles,
  isWrong,
  onOpen,
}: {
  titles: readonly string[];
  isWrong: boolean;
  onOpen: (password: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <PasswordWithin
      isPassword
      label={t('dossier.check.password.label', { titles: titles.map((one) => `“${one}”`).join(', ') })}
      hint={t('dossier.check.password.hint')}
      error={isWrong ? t('dossier.check.password.wrong', { count: titles.length }) : null}
      openLabel={t('dossier.check.password.use')}
      onOpen={onOpen}
    />
  );
}

const COUNTS = ['found', 'moved', 'changed', 'missing'] as const;

/** The result of the check in one sentence. If some files were not checked, it does not claim that everything matches. */
function Verdict({ report: { ok, checked, failures, notChecked } }: { report: Report }) {
  const { t } = useTranslation();
  if (!ok) return <Note tone="bad">{t('dossier.check.failed', { count: failures.length })}</Note>;
  if (notChecked.length === 0) return <Note tone="ok">{t('dossier.check.ok', { count: checked })}</Note>;
  return (
    <Note tone="warn">
      {t('dossier.check.okInPart', { count: checked })} {t('dossier.check.unchecked', { count: notChecked.length })}
    </Note>
  );
}

function Outcome({ report }: { report: Report }) {
  const { t } = useTranslation();
  const { failures, exhibits, notChecked, notSigned, asSent, remarks } = report;
  return (
    <div className="stack">
      <Counts report={report} />
      {exhibits.length === 0 ? null : (
        <ul className="report-list" aria-label={t('dossier.check.exhibits')}>
          {exhibits.map(({ number, label, is, instead }) => (
            <li key={number}>
              <span className="bad">{t(`dossier.check.counts.${is}`)}</span>
              <div className="stack-tight">
                <span>{t('dossier.check.exhibit', { number: label })}</span>
                {instead === null ? null : (
                  <span>
                    {t('dossier.check.instead')} <q className="source-words">{instead}</q>
                  </span>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {failures.length === 0 ? null : (
        <ul className="report-list" aria-label={t('dossier.check.failures')}>
          {failures.map(({ kind, id, message }) => (
            <li key={`${kind} ${id} ${message}`}>
              <span className="mono report-path">{id}</span>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
      {notChecked.length === 0 ? null : (
        <ul className="report-list" aria-label={t('dossier.check.counts.notChecked')}>
          {notChecked.map(({ number, label, why }) => (
            <li key={number}>
              <span className="dim">{t('dossier.check.exhibit', { number: label })}</span>
              <span>{why}</span>
            </li>
          ))}
        </ul>
      )}
      {notSigned.length === 0 ? null : <Sentences title={t('dossier.check.notSigned')} all={notSigned} />}
      <Sentences title={t('dossier.check.taken')} all={asSent} />
      {remarks.map((remark) => (
        <p key={remark} className="hint">
          {remark}
        </p>
      ))}
    </div>
  );
}

function Counts({ report }: { report: Report }) {
  const { t } = useTranslation();
  const { files, notChecked, signed, notSigned } = report;
  return (
    <dl className="definitions">
      {COUNTS.map((is) => (
        <Fragment key={is}>
          <dt>{t(`dossier.check.counts.${is}`)}</dt>
          <dd>{formatNumber(report[is])}</dd>
        </Fragment>
      ))}
      <dt>{t('dossier.check.counts.files')}</dt>
      <dd>{formatNumber(files)}</dd>
      <dt>{t('dossier.check.counts.notChecked')}</dt>
      <dd>{formatNumber(notChecked.length)}</dd>
      {signed + notSigned.length === 0 ? null : (
        <>
          <dt>{t('dossier.check.counts.signed')}</dt>
          <dd>{t('dossier.check.signedOf', { signed, count: signed + notSigned.length })}</dd>
        </>
      )}
    </dl>
  );
}

function Sentences({ title, all }: { title: string; all: readonly string[] }) {
  return (
    <div className="stack-tight">
      <h3>{title}</h3>
      <ul className="dossier-as-sent">
        {[...new Set(all)].map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}
