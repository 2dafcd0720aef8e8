import { useState } from 'react';
import { formatMoment } from '../../../shared/text/moment.ts';
import { type AgreementReport, codedAs } from '../../../shared/contract/coding.ts';
import { useCall } from '../../api/index.ts';
import { announce } from '../../common/notices/notices.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { isolated } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import {
  ComparedFields,
  comparedInput,
  digitsOf,
  figureOf,
  type Figures,
  levelOf,
  tableOf,
  useCompared,
} from './comparison.tsx';
import { countAs, editNewAssignment, EMPTY_DRAFT, showTab, useCoding } from './state.ts';

/** How well coders agree, by category and overall, and what the figures are based on. */
export function Agreement() {
  const { t } = useTranslation();
  const compared = useCompared();
  const as = useCoding((state) => state.as);
  const input = comparedInput(compared);
  const report = useCall('agreement.report', input === null ? null : { ...input, ...(as === null ? {} : { as }) });
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
        <EmptyState title={t('coding.agreement.none')} text={t('coding.agreement.noneText')}>
          <Button
            onPress={() => {
              showTab('assignments');
              editNewAssignment(EMPTY_DRAFT);
            }}
          >
            {t('coding.agreement.toNew')}
          </Button>
        </EmptyState>
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
            coders: coders.map(({ name }) => isolated(name)).join(', '),
          })}
        </p>
        <Button size="small" icon="copy" onPress={copy}>
          {t('coding.agreement.copy')}
        </Button>
      </div>
      {report.submittedAgain === null ? null : (
        <Note tone="warn">{t('coding.agreement.again', { when: formatMoment(report.submittedAgain) })}</Note>
      )}
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
      <ReportBasis report={report} />
    </div>
  );
}

/** What the figures are based on, so that they can be computed again. */
function ReportBasis({ report: { note, codebook, bootstrap, thresholds } }: { report: AgreementReport }) {
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

const COLUMNS = ['n', 'prevalence', 'percent', 'kappa', 'fleiss', 'alpha', 'interval'] as const;

/**
 * One row for all categories together, then one per category that someone used. Unused categories are shown only on
 * request.
 */
function AgreementTable({ report }: { report: AgreementReport }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const { thresholds, categories, overall, coders } = report;
  const used = categories.filter(({ prevalence }) => prevalence > 0);
  const shown = isWhole ? categories : used;
  const unused = categories.length - used.length;
  // Cohen's kappa needs exactly two coders: with more, its column would be empty.
  const columns = COLUMNS.filter((column) => (coders.length === 2 ? true : column !== 'kappa'));
  return (
    <>
      <table className="coding-table">
        <thead>
          <tr>
            <th scope="col">{t('coding.agreement.category')}</th>
            {columns.map((column) => (
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
            columns={columns}
          />
          {shown.map((one) => (
            <Row
              key={one.id}
              name={<Category id={one.id} code={one.code} name={one.name} />}
              figures={one}
              thresholds={thresholds}
              columns={columns}
            />
          ))}
        </tbody>
      </table>
      {unused === 0 ? null : (
        <div className="line" data-wrap>
          <span className="hint">{t('coding.agreement.silent', { count: unused })}</span>
          <Button size="small" kind="quiet" onPress={() => setWhole(!isWhole)}>
            {t(isWhole ? 'coding.agreement.hideSilent' : 'coding.agreement.showSilent')}
          </Button>
        </div>
      )}
    </>
  );
}

function Category({ id, code, name }: Pick<AgreementReport['categories'][number], 'id' | 'code' | 'name'>) {
  const colour = useCategories().get(id)?.colour;
  return (
    <span className="line">
      {colour === undefined ? null : <FamilySign code={code} colour={colour} />}
      <span className="code">{restOf(code) === '' ? code : restOf(code)}</span>
      <bdi className="coding-category">{name}</bdi>
    </span>
  );
}

interface RowProps {
  readonly name: React.ReactNode;
  readonly figures: Figures;
  readonly thresholds: AgreementReport['thresholds'];
  readonly columns: readonly (typeof COLUMNS)[number][];
}

function Row({ name, figures, thresholds, columns }: RowProps) {
  const { t } = useTranslation();
  const level = levelOf(figures.alpha, thresholds);
  return (
    <tr>
      <th scope="row">{name}</th>
      {columns.map((column) => (
        <Cell key={column} column={column} figures={figures} />
      ))}
      <td data-level={level}>{t(`coding.agreement.levels.${level}`)}</td>
    </tr>
  );
}

/** Decimal places of each figure. */
const DIGITS = { prevalence: 3, percent: 1, kappa: 3, fleiss: 3, alpha: 3 } as const;

function Cell({ column, figures }: { column: (typeof COLUMNS)[number]; figures: Figures }) {
  const { t } = useTranslation();
  if (column === 'n') return <td className="number">{figures.n}</td>;
  if (column === 'interval') {
    const { interval } = figures;
    if (interval === null) return <td className="number dim">–</td>;
    const [from, to] = interval;
    return (
      <td className="number interval">
        {t('coding.agreement.intervalValue', { from: digitsOf(from, 2), to: digitsOf(to, 2) })}
      </td>
    );
  }
  const value = figures[column];
  const text = figureOf(value, DIGITS[column], t('coding.agreement.undefined'));
  const kind = typeof value === 'number' ? (column === 'alpha' ? 'strong' : '') : 'dim';
  return <td className={`number ${kind}`}>{text}</td>;
}
