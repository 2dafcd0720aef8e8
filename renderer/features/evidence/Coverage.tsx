import { useMemo } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { COVERAGE_BY, COVERAGE_WEAK } from '../../../shared/contract/view-figures.ts';
import { ChartView, TableToggle } from '../../common/charts/ChartView.tsx';
import { useCategories } from '../../common/passages/source-passages.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Segments } from '../../ui/Choice.tsx';
import { CountProgress, useCounted } from './CountProgress.tsx';
import { Copies } from './Copies.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { coverageChart, isThin, weakness, wordFor, type Resting } from './coverage-chart.ts';
import { NothingFits } from './NothingFits.tsx';
import { useNote } from './note.ts';
import { readChart } from './read-chart.ts';
import { openDrawer, setCoverage, useAsked, useEvidence, type CoverageBy } from './state.ts';
import { SearchUnread } from './UnreadTerms.tsx';

type Answer = CallOutput<'evidence.coverage'>;

/** How far the sources are read, and how many publishers, origins and sources each category rests on. */
export function Coverage() {
  const { t } = useTranslation();
  const asked = useAsked();
  const by = useEvidence((state) => state.coverage.by);
  const { data, error, of } = useCounted('evidence.coverage', { ...asked, by });
  if (error !== null) return <EmptyState title={t('evidence.failed')} text={error.message} />;
  if (data === undefined) return <CountProgress />;
  if (data.faults.length > 0) return null;
  const hasFilter = of.query.trim() !== '' || of.within.length > 0;
  if (data.read.total === 0 && !hasFilter)
    return <EmptyState title={t('evidence.noSources.title')} text={t('evidence.noSources.text')} />;
  return (
    // Focusable, so that it can be scrolled by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll evidence-coverage" role="region" aria-label={t('evidence.shapes.coverage')} tabIndex={0}>
      <section>
        <h2>{t('evidence.readTitle')}</h2>
        {data.unused.length === 0 ? null : (
          <p className="hint">{t('evidence.unused', { fields: data.unused.join(', ') })}</p>
        )}
        <Segments
          label={t('evidence.readBy')}
          value={by}
          options={COVERAGE_BY.map((value) => ({ value, label: t(`evidence.matrixColumns.${value}`) }))}
          onChange={(value) => setCoverage({ by: value })}
        />
        {data.read.total === 0 ? (
          <p className="hint">{t('evidence.noSources.fits')}</p>
        ) : (
          <Bars data={data} by={of.by} />
        )}
        <Copies />
      </section>
      <section>
        <div className="line">
          <h2 className="grow">{t('evidence.restsTitle')}</h2>
          {data.total === 0 ? null : <TableToggle />}
        </div>
        {data.total === 0 ? (
          <NothingFits of={data.of} />
        ) : (
          <>
            <p className="hint">{t('evidence.restsNote')}</p>
            <Rests data={data} />
          </>
        )}
      </section>
    </div>
  );
}

function Bars({ data, by }: { data: Answer; by: CoverageBy }) {
  const { t } = useTranslation();
  const note = useNote(data);
  const chart = useMemo(() => readChart(data, by, t, openDrawer), [data, by, t]);
  return <ChartView chart={chart} note={note} legend={t('evidence.readLegend')} />;
}

/** All categories, those with the fewest publishers, origins and sources first. */
function Rests({ data }: { data: Answer }) {
  const { t } = useTranslation();
  const categories = useCategories();
  const note = useNote(data);
  const weak = useEvidence((state) => state.coverage.weak);
  const all = useMemo(
    () =>
      data.categories
        .flatMap(({ category, below }) => {
          const known = categories.get(category);
          return known === undefined ? [] : [{ category: known, below }];
        })
        .toSorted((a, b) => weakness(a.below) - weakness(b.below)),
    [data, categories],
  );
  const rows = useMemo(() => all.filter(({ below }) => weak === 'all' || wordFor(below) === weak), [all, weak]);
  const chart = useMemo(() => coverageChart(rows, t, openDrawer), [rows, t]);
  return (
    <>
      <Segments
        label={t('evidence.restsShown')}
        value={weak}
        options={COVERAGE_WEAK.map((value) => ({
          value,
          label: t(`evidence.weak.${value}`, {
            count: all.filter(({ below }) => value === 'all' || wordFor(below) === value).length,
          }),
        }))}
        onChange={(value) => setCoverage({ weak: value })}
      />
      {rows.length === 0 ? (
        <p className="hint">{t('evidence.weakNone')}</p>
      ) : (
        <ChartView
          chart={chart}
          note={note}
          twin={<RestsTable rows={rows} />}
          legend={`${t('evidence.coverageLegend')} ${t('evidence.coverageKeys')}`}
          plainLegend={t('evidence.coverageLegend')}
          isMain
        />
      )}
    </>
  );
}

function RestsTable({ rows }: { rows: readonly Resting[] }) {
  const { t } = useTranslation();
  return (
    <table className="evidence-bars">
      <thead>
        <tr>
          <th scope="col">{t('evidence.category')}</th>
          {(['passages', 'sources', 'origins', 'publishers'] as const).map((part) => (
            <th key={part} scope="col" className="number">
              {t(`evidence.restsOn.${part}`)}
            </th>
          ))}
          <th scope="col">
            <span className="unseen">{t('evidence.judged')}</span>
          </th>
          <th scope="col">
            <span className="unseen">{t('evidence.searchUnread')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ category, below }) => (
          <tr key={category.id}>
            <th scope="row">
              <button
                type="button"
                className="line evidence-category"
                onClick={() => openDrawer({ title: category.name, marks: [{ by: 'below', value: category.id }] })}
              >
                <FamilySign code={category.code} colour={category.colour} />
                <span className="code">{restOf(category.code)}</span>
                <bdi>{category.name}</bdi>
              </button>
            </th>
            <td className="number">{below.passages}</td>
            <td className="number">{below.sources}</td>
            <td className="number">{below.origins}</td>
            <td className="number">{below.publishers}</td>
            <td>{t(`evidence.rests.${wordFor(below)}`)}</td>
            <td>{isThin(below) ? <SearchUnread category={category.id} name={category.name} /> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
