import { useTranslation } from '../../common/strings/use-translation.ts';
import { type AgreementReport, codedAs } from '../../../shared/contract/coding.ts';
import { useCall } from '../../api/index.ts';
import { announce } from '../../common/notices/notices.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { AgreementTable } from './AgreementTable.tsx';
import { ComparedFields } from './ComparedFields.tsx';
import { asked, useCompared } from './comparison.ts';
import { tableOf } from './figures.ts';
import { countAs, showTab, useCoding } from './state.ts';

/** How far coders agree, by category and overall, and what that was counted on. */
export function Agreement() {
  const { t } = useTranslation();
  const compared = useCompared();
  const as = useCoding((state) => state.as);
  const question = asked(compared);
  const report = useCall(
    'agreement.report',
    question === null ? null : { ...question, ...(as === null ? {} : { as }) },
  );
  return (
    <div className="scroll team-body" tabIndex={-1}>
      <div className="team-block">
        {compared === null ? null : <ComparedFields compared={compared} />}
        {report.data === undefined || report.data.handedIn === null ? null : (
          <Segments
            label={t('coding.agreement.as')}
            value={report.data.as}
            onChange={countAs}
            options={codedAs.options.map((value) => ({ value, label: t(`coding.agreement.tagsAs.${value}`) }))}
          />
        )}
        {report.error === null ? null : <InlineError message={report.error.message} />}
        {report.isLoading ? (
          <p className="hint" role="status">
            {t('coding.agreement.counting')}
          </p>
        ) : null}
      </div>
      {report.data === undefined ? null : report.data.coders.length < 2 ? (
        <EmptyState title={t('coding.agreement.none')} text={t('coding.agreement.noneText')} />
      ) : (
        <Report report={report.data} />
      )}
    </div>
  );
}

function Report({ report }: { report: AgreementReport }) {
  const { t } = useTranslation();
  const { coders, codebook } = report;
  const copy = (): void =>
    void navigator.clipboard.writeText(tableOf(report)).then(() => announce(t('coding.agreement.copied')));
  return (
    <div className="team-block coding-agreement">
      <div className="line" data-wrap>
        <p className="grow">
          {t('coding.agreement.who', {
            units: t(`coding.units.${report.unit}`, { count: report.units }),
            coders: coders.map(({ name }) => name).join(', '),
          })}
        </p>
        <Button size="small" icon="copy" onPress={copy}>
          {t('coding.agreement.copy')}
        </Button>
      </div>
      {codebook.changed.length === 0 ? null : (
        <Note tone="warn">
          <div className="line" data-wrap>
            <span className="grow">{t('coding.agreement.changed', { count: codebook.changed.length })}</span>
            <Button size="small" onPress={() => showTab('stale')}>
              {t('coding.agreement.seeChanged')}
            </Button>
          </div>
        </Note>
      )}
      <AgreementTable report={report} />
      <Ground report={report} />
    </div>
  );
}

/** What the figures were counted on, so that they can be counted again. */
function Ground({ report: { note, codebook, bootstrap, thresholds } }: { report: AgreementReport }) {
  const { t } = useTranslation();
  return (
    <section className="coding-ground" aria-label={t('coding.agreement.how')}>
      <h3 className="strong">{t('coding.agreement.how')}</h3>
      <p>{note}</p>
      <p>
        {t('coding.agreement.ground', {
          codebook: codebook.title,
          version: codebook.version,
          digest: codebook.digest.slice(0, 8),
          samples: bootstrap.samples,
          seed: bootstrap.seed,
          good: thresholds.good,
          tentative: thresholds.tentative,
        })}
      </p>
    </section>
  );
}
