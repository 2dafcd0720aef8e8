import type { AgreementReport } from '../../../shared/contract/coding.ts';

export type Figures = AgreementReport['overall'];
type Coefficient = Figures['alpha'];

/** A number with so many digits after the point, and a minus that is as wide as they are. */
export const digitsOf = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');
/** A figure as {@link digitsOf}; a word where there is none. */
export const figureOf = (value: Coefficient, digits: number, none: string): string =>
  typeof value === 'number' ? digitsOf(value, digits) : none;

/** How a coefficient stands to the thresholds of the report. They are settings, and say so. */
export function levelOf(
  alpha: Coefficient,
  { good, tentative }: AgreementReport['thresholds'],
): 'good' | 'tentative' | 'low' | 'none' {
  if (typeof alpha !== 'number') return 'none';
  if (alpha >= good) return 'good';
  return alpha >= tentative ? 'tentative' : 'low';
}

const COLUMNS = ['n', 'prevalence', 'percent', 'kappa', 'fleiss', 'alpha', 'low', 'high'] as const;

/** The whole report for a spreadsheet: tab-separated, with full digits, and what it was counted on above. */
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
  const as = report.as === 'handed-in' ? 'as submitted' : 'as now';
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
