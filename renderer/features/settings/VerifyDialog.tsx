import type { VerifyReport } from '../../../shared/contract/project.ts';
import { useWrite } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';

/** Verifies the project and lists what does not match. */
export function VerifyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { mutate, data, error, isPending } = useWrite('project.verify');
  return (
    <Dialog
      title={t('verify.title')}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={t('app.close')}
      size="wide"
      footer={
        <Button kind="primary" icon="verified" autoFocus isPending={isPending} onPress={() => mutate({})}>
          {data === undefined ? t('verify.start') : t('verify.again')}
        </Button>
      }
    >
      <p className="mid">{t('verify.text')}</p>
      <div role="status">
        {isPending ? <p>{t('verify.running')}</p> : data === undefined ? null : <Outcome report={data} />}
      </div>
      {error === null ? null : <InlineError message={error.message} />}
    </Dialog>
  );
}

function Outcome({ report }: { report: VerifyReport }) {
  const { t } = useTranslation();
  const { originals, layers, commits, changes, passages } = report.checked;
  return (
    <div className="stack">
      {report.ok ? (
        <Note tone="ok">{t('verify.ok')}</Note>
      ) : (
        <Note tone="bad">{t('verify.failures', { count: report.failures.length })}</Note>
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
      </dl>
      <ul className="report-list" aria-label={t('verify.failureList')}>
        {report.failures.map((failure) => (
          <li key={`${failure.kind} ${failure.id} ${failure.message}`}>
            <span className="bad">{t(`verify.kinds.${failure.kind}`)}</span>
            <div className="stack">
              <span>{failure.message}</span>
              <span className="mono report-path">{failure.id}</span>
            </div>
          </li>
        ))}
      </ul>
      {report.remarks.length === 0 ? null : (
        <Note tone="warn">
          <p>{t('verify.remarks')}</p>
          <ul>
            {report.remarks.map(({ kind, id, message }) => (
              <li key={`${kind} ${id} ${message}`}>
                <bdi>{message}</bdi>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}
