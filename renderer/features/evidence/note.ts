import { useMemo, useState } from 'react';
import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import { useCall } from '../../api/index.ts';
import type { ChartNote } from '../../common/charts/chart.ts';
import { pseudonymsOf, withoutNames } from '../../common/charts/pseudonyms.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useEvidence } from './state.ts';

/** The note below a saved or printed chart: the project and its state, the filter, the number of passages, and the date. */
export function useNote(
  { total, of }: { readonly total: number; readonly of: number },
  unit: CountedUnit = 'passages',
): ChartNote {
  const { t } = useTranslation();
  const query = useEvidence((state) => state.whole);
  const within = useEvidence((state) => state.within);
  const [date] = useState(() => new Date().toISOString().slice(0, 10));
  const info = useCall('project.info', {}).data;
  const people = useCall('people.list', {}).data?.people;
  const pseudonyms = usePseudonyms();
  return useMemo(() => {
    const project = info?.title ?? '';
    const filter = [query, ...within.map(({ title }) => title)].filter((one) => one !== '').join(', ');
    const counted = (words: string): string =>
      [
        filter === ''
          ? t('evidence.noteOfAll', { project, count: of, date })
          : t('evidence.note', { project, filter: words, total, all: t('evidence.passages', { count: of }), date }),
        ...(unit === 'passages' ? [] : [t(`evidence.unit.saved.${unit}`)]),
      ].join(' ');
    return {
      project,
      head: info?.head ?? null,
      counted: counted(filter),
      pseudonymous: counted(withoutNames(filter, people ?? [], pseudonyms)),
    };
  }, [t, query, within, date, info, people, pseudonyms, total, of, unit]);
}

/** The same note with the credit that must be given wherever the gazetteer’s places are shown. */
export function usePlacesNote(
  data: { readonly total: number; readonly of: number; readonly gazetteer: string },
  unit: CountedUnit,
): ChartNote {
  const { t } = useTranslation();
  const note = useNote(data, unit);
  const { gazetteer: version } = data;
  return useMemo(() => {
    const named = (words: string): string => `${words} ${t('evidence.places.gazetteer', { version })}`;
    return { ...note, counted: named(note.counted), pseudonymous: named(note.pseudonymous) };
  }, [note, t, version]);
}

/** Pseudonyms for all people of the project: Coder 1, Coder 2 and so on, in the order of their ids, the same in every chart. */
export function usePseudonyms(): ReadonlyMap<string, string> {
  const { t } = useTranslation();
  const people = useCall('people.list', {}).data?.people;
  return useMemo(
    () =>
      pseudonymsOf(
        (people ?? []).map(({ id }) => id),
        (number) => t('charts.coder', { number }),
      ),
    [people, t],
  );
}

/** Columns or lanes by person, labelled with pseudonyms. A person without a pseudonym is labelled “…”. */
export const renamed = <T extends { readonly value: string; readonly label: string }>(
  all: readonly T[],
  pseudonyms: ReadonlyMap<string, string>,
): T[] => all.map((one) => (one.value === '' ? one : { ...one, label: pseudonyms.get(one.value) ?? '…' }));
