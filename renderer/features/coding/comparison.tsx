import { useMemo } from 'react';
import { type AgreementReport, CODED_AS_WORDS, type Disagreement } from '../../../shared/contract/coding.ts';
import { type Compared, firstCompared, ofAssignment } from '../../../shared/agreement/compared.ts';
import { type CategoryId, type SourceId, UNITS } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { compare, useCoding } from './state.ts';
import { FilterChoice, usePersonChoices } from '../../common/choices/FilterChoice.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Segments } from '../../ui/Choice.tsx';
import { Select } from '../../ui/Select.tsx';

/** What is compared: what was chosen, else the default; null until it is known. */
export function useCompared(): Compared | null {
  const chosen = useCoding((state) => state.compared);
  const list = useCall('assignments.list', {});
  if (chosen !== null) return chosen;
  return list.data === undefined ? (list.isError ? firstCompared([]) : null) : firstCompared(list.data.assignments);
}

/** The input of the agreement calls. */
export const comparedInput = (compared: Compared | null) => {
  if (compared === null) return null;
  const { unit, coders, assignment } = compared;
  return { unit, coders: [...coders], ...(assignment === null ? {} : { assignment }) };
};

/** The key of a unit in lists. */
export const keyOf = ({ source, start, end }: Disagreement): string => `${source} ${String(start)} ${String(end)}`;

/** Every category that a coder used or that was decided, once, in their order. */
const namedIn = ({ coders, decided }: Disagreement): CategoryId[] => [
  ...new Set([...coders.flatMap(({ categories }) => categories), ...(decided?.categories ?? [])]),
];

/** What the form of a decision starts with: the existing decision, else what all coders agree on. */
export function firstChoice(difference: Disagreement): CategoryId[] {
  const { coders, decided } = difference;
  if (decided !== null) return [...decided.categories];
  return namedIn(difference).filter((id) => coders.every(({ categories }) => categories.includes(id)));
}

/** The languages of the sources that have one: quotations are marked with it. */
export function useLanguages(): ReadonlyMap<SourceId, string> {
  const sources = useCall('sources.list', {}).data?.sources;
  return useMemo(
    () =>
      new Map(
        (sources ?? []).flatMap(({ id, language }): [SourceId, string][] =>
          language === null ? [] : [[id, language]],
        ),
      ),
    [sources],
  );
}

export type Figures = AgreementReport['overall'];
type Coefficient = Figures['alpha'];

/** A number with a fixed number of decimals, and with U+2212 as its minus sign, which is as wide as a digit. */
export const digitsOf = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');
/** A figure as {@link digitsOf} writes it, or `none`. */
export const figureOf = (value: Coefficient, digits: number, none: string): string =>
  typeof value === 'number' ? digitsOf(value, digits) : none;

/** A coefficient’s level by the report’s thresholds, which are set in the settings; `none` for an undefined one. */
export function levelOf(
  alpha: Coefficient,
  { good, tentative }: AgreementReport['thresholds'],
): 'good' | 'tentative' | 'low' | 'none' {
  if (typeof alpha !== 'number') return 'none';
  if (alpha >= good) return 'good';
  return alpha >= tentative ? 'tentative' : 'low';
}

const COLUMNS = ['n', 'prevalence', 'percent', 'kappa', 'fleiss', 'alpha', 'low', 'high'] as const;

/** The report as tab-separated text for a spreadsheet: full precision, with what it is based on above. */
export function tableOf(report: AgreementReport): string {
  const row = (name: string, figures: Figures): string =>
    [
      name,
      figures.n,
      figures.prevalence,
      figures.percent,
      figures.kappa,
      figures.fleiss,
      figures.alpha,
      ...(figures.interval ?? ['', '']),
    ].join('\t');
  const { codebook, coders, unit, units, thresholds, bootstrap } = report;
  const as = CODED_AS_WORDS[report.as];
  return [
    report.note.replaceAll(/\s+/g, ' '),
    `unit\t${unit}\tunits\t${String(units)}\tcoders\t${coders.map(({ name }) => name.replaceAll(/\s+/g, ' ')).join(', ')}\ttags\t${as}`,
    `codebook\t${codebook.title}\t${codebook.version}\t${codebook.digest}`,
    `thresholds\t${String(thresholds.good)}\t${String(thresholds.tentative)}\tbootstrap\t${String(bootstrap.samples)}\tseed\t${String(bootstrap.seed)}`,
    ['category', ...COLUMNS].join('\t'),
    row('overall', report.overall),
    ...report.categories.map((one) => row(one.code, one)),
  ].join('\n');
}

/** Chooses what to compare: the assignment, the unit and the coders. */
export function ComparedFields({ compared }: { compared: Compared }) {
  const { t } = useTranslation();
  const { unit, coders, assignment } = compared;
  const assignments = useCall('assignments.list', {}).data?.assignments ?? [];
  return (
    <div className="coding-compared">
      {assignments.length === 0 ? null : (
        <Select
          label={t('coding.assignment')}
          value={assignment}
          options={assignments.map(({ id, name, coderName }) => ({ value: id, label: name === '' ? coderName : name }))}
          none={t('coding.allCoded')}
          noneIsFine
          onChange={(next) => {
            const chosen = assignments.find(({ id }) => id === next);
            compare(chosen === undefined ? { unit, coders: [], assignment: null } : ofAssignment(chosen));
          }}
        />
      )}
      {/* A sample is compared by the unit it was drawn by. */}
      {assignment === null ? (
        <Segments
          label={t('coding.by')}
          value={unit}
          onChange={(next) => compare({ ...compared, unit: next })}
          options={UNITS.map((value) => ({ value, label: t(`coding.unit.${value}`) }))}
        />
      ) : null}
      <div className="field coding-from" role="group" aria-label={t('coding.coders')}>
        <span className="field-label">{t('coding.coders')}</span>
        <FilterChoice
          label={t('coding.coders')}
          all={usePersonChoices()}
          chosen={coders}
          onChange={(chosen) => compare({ ...compared, coders: chosen })}
        />
      </div>
    </div>
  );
}
