import { useTranslation } from '../../app/strings/use-translation.ts';
import type { AgreementReport } from '../../../shared/contract/coding.ts';
import { useCall } from '../../api/index.ts';
import { announce } from '../../app/state/notices.ts';
import { useCategories } from '../../app/state/source-passages.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { ComparedFields } from './ComparedFields.tsx';
import { figureOf, levelOf, tableOf, type Figures } from './figures.ts';
import { asked, useCoding } from './state.ts';

/** How far coders agree, by category and overall, and what that was counted on. */
export function Agreement() {
  const { t } = useTranslation();
  const compared = useCoding((state) => state.compared);
  const report = useCall('agreement.report', asked(compared));
  return (
    <div className="scroll team-body">
      <div className="team-block">
        <ComparedFields />
        {report.error === null ? null : <InlineError message={report.error.message} />}
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
  const { thresholds, coders, codebook, bootstrap, categories, overall } = report;
  const copy = (): void =>
    void navigator.clipboard.writeText(tableOf(report)).then(() => announce(t('coding.agreement.copied')));
  return (
    <div className="team-block">
      <p className="reading">{report.note}</p>
      <div className="line">
        <p className="hint grow">
          {t('coding.agreement.ground', {
            coders: coders.map(({ name }) => name).join(', '),
            codebook: codebook.title,
            version: codebook.version,
            digest: codebook.digest.slice(0, 8),
            samples: bootstrap.samples,
            seed: bootstrap.seed,
            good: thresholds.good,
            tentative: thresholds.tentative,
          })}
        </p>
        <Button size="small" icon="copy" onPress={copy}>
          {t('coding.agreement.copy')}
        </Button>
      </div>
      {codebook.changed.length === 0 ? null : (
        <p className="warn">{t('coding.agreement.changed', { count: codebook.changed.length })}</p>
      )}
      <table className="coding-table">
        <thead>
          <tr>
            <th scope="col">{t('coding.agreement.category')}</th>
            {(['n', 'prevalence', 'percent', 'kappa', 'fleiss', 'alpha', 'interval'] as const).map((column) => (
              <th key={column} scope="col" className="number">
                {t(`coding.agreement.${column}`)}
              </th>
            ))}
            <th scope="col">{t('coding.agreement.level')}</th>
          </tr>
        </thead>
        <tbody>
          <Row
            name={<span className="strong">{t('coding.agreement.overall')}</span>}
            figures={overall}
            thresholds={thresholds}
          />
          {categories.map((one) => (
            <Row
              key={one.id}
              name={<Category id={one.id} code={one.code} name={one.name} />}
              figures={one}
              thresholds={thresholds}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Category({ id, code, name }: Pick<AgreementReport['categories'][number], 'id' | 'code' | 'name'>) {
  const colour = useCategories().get(id)?.colour;
  return (
    <span className="line">
      {colour === undefined ? null : <FamilySign code={code} colour={colour} />}
      <span className="code">{restOf(code) === '' ? code : restOf(code)}</span>
      <span className="cut">{name}</span>
    </span>
  );
}

function Row({
  name,
  figures,
  thresholds,
}: {
  name: React.ReactNode;
  figures: Figures;
  thresholds: AgreementReport['thresholds'];
}) {
  const { t } = useTranslation();
  const level = levelOf(figures.alpha, thresholds);
  const none = t('coding.agreement.undefined');
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">{figures.n}</td>
      <td className="number">{figureOf(figures.prevalence, 3, none)}</td>
      <td className="number">{figureOf(figures.percent, 1, none)}</td>
      <td className="number">{figureOf(figures.kappa, 3, none)}</td>
      <td className="number">{figureOf(figures.fleiss, 3, none)}</td>
      <td className="number strong">{figureOf(figures.alpha, 3, none)}</td>
      <td className="number">
        {figures.interval === null ? '–' : figures.interval.map((end) => figureOf(end, 2, none)).join(' … ')}
      </td>
      <td data-level={level}>{t(`coding.agreement.levels.${level}`)}</td>
    </tr>
  );
}
