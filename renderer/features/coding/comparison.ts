import type { Assignment, CategoryId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCoding, type Compared } from './state.ts';
import { useMemo } from 'react';
import type { Disagreement, AgreementReport } from '../../../shared/contract/coding.ts';

const ALL: Compared = { unit: 'sentence', coders: [], assignment: null };

/** Of an assignment: who gave it out and who got it. Whoever else tagged there was not asked to. */
export const ofAssignment = ({ id, unit, person, coder }: Assignment): Compared => ({
  unit,
  coders: coder === null ? [] : [person, coder],
  assignment: id,
});

/** What one begins with: the newest sample that both have finished, else all that was coded. */
export function firstCompared(assignments: readonly Assignment[]): Compared {
  const finished = assignments.filter(({ leadDone, coderDone, coder }) => leadDone && coderDone && coder !== null);
  const newest = finished.toSorted((a, b) => b.at - a.at)[0];
  return newest === undefined ? ALL : ofAssignment(newest);
}

/** What is compared; null as long as that is not known. */
export function useCompared(): Compared | null {
  const chosen = useCoding((state) => state.compared);
  const list = useCall('assignments.list', {});
  if (chosen !== null) return chosen;
  return list.data === undefined ? (list.isError ? ALL : null) : firstCompared(list.data.assignments);
}

/** As the engine is asked. */
export const asked = (compared: Compared | null) => {
  if (compared === null) return null;
  const { unit, coders, assignment } = compared;
  return { unit, coders: [...coders], ...(assignment === null ? {} : { assignment }) };
};

/** Names a unit in a list. */
export const keyOf = ({ source, start, end }: Disagreement): string => `${source} ${String(start)} ${String(end)}`;

/** The categories any of the coders gave, and those decided, each once, in the order they were given. */
const namedIn = ({ coders, decided }: Disagreement): CategoryId[] => [
  ...new Set([...coders.flatMap(({ categories }) => categories), ...(decided?.categories ?? [])]),
];

/** What a decision begins with: the one there is, else what all coders gave. */
export function firstChoice(difference: Disagreement): CategoryId[] {
  const { coders, decided } = difference;
  if (decided !== null) return [...decided.categories];
  return namedIn(difference).filter((id) => coders.every(({ categories }) => categories.includes(id)));
}

/** The language of each source, where it is known: what is quoted is read and drawn in it. */
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
