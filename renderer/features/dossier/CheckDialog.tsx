import { Fragment, useState } from 'react';
import type { DossierReport } from '../../../shared/contract/dossier-check.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';

/** Checks a dossier’s folder that somebody sent, quotation by quotation, without changing anything. */
export function CheckDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  const [isChecking, setChecking] = useState(false);
  const [report, setReport] = useState<DossierReport | null>(null);
  const [error, setError] = useState<string | null>(null);
  const stop = (): void => void api.call('app.cancelExchange', {});
  const start = async (): Promise<void> => {
    const offers = nativeDialogs
      ? (await api.call('app.pickMerge', { what: 'folder' })).offers
      : await api.offer(await chooseFiles({ folder: true }));
    if (offers.length === 0) return;
    setChecking(true);
    setError(null);
    setReport(null);
    try {
      setReport(await api.call('app.checkDossier', { offers: offers.map(({ token }) => token) }));
    } finally {
      setChecking(false);
    }
  };
  const choose = (): void =>
    void start().catch((thrown: unknown) => {
      const { code, message } = errorDataOf(thrown);
      if (code !== 'CANCELLED') setError(message);
    });
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
          <Button kind="primary" icon="folder" autoFocus isPending={isChecking} onPress={choose}>
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
      <div role="status">{report === null ? null : <Outcome report={report} />}</div>
      {error === null ? null : <InlineError message={error} />}
    </Dialog>
  );
}

const COUNTS = ['found', 'moved', 'changed', 'missing'] as const;

function Outcome({ report }: { report: DossierReport }) {
  const { t } = useTranslation();
  const { ok, checked, failures, exhibits, notChecked, notSigned, asSent, remarks } = report;
  return (
    <div className="stack">
      <Note tone={ok ? 'ok' : 'bad'}>
        {ok ? t('dossier.check.ok', { count: checked }) : t('dossier.check.failed', { count: failures.length })}
      </Note>
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

function Counts({ report }: { report: DossierReport }) {
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
