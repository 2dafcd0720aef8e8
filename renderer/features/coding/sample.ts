import { useMemo } from 'react';
import type { Assignment, Passage } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { openPassage, openSpot } from '../../common/workbench/workbench.ts';
import { goToUnit, useCoding } from './state.ts';

export type SampleUnit = Assignment['units'][number];

/** Names a unit of a sample. */
export const unitKey = ({ source, start }: SampleUnit): string => `${source} ${String(start)}`;

/** The assignment that this project folder is a blind copy for; undefined where it is none, or not known yet. */
export function useBlind(): Assignment | undefined {
  const list = useCall('assignments.list', {}).data;
  return list?.assignments?.find(({ id }) => id === list.blind);
}

/** Opens the place of a unit in the reader. */
export function openUnit(unit: SampleUnit): void {
  const { source, start, end, passage } = unit;
  goToUnit(unitKey(unit));
  if (passage === null) openSpot(source, { start, end });
  else openPassage({ source, passage });
}

/** Opens the unit so many after the one that was opened last; the first where none was. False at either end. */
export function openUnitBeside(units: readonly SampleUnit[], by: 1 | -1): boolean {
  const { unit } = useCoding.getState();
  const at = units.findIndex((one) => unitKey(one) === unit);
  const next = at < 0 ? units[0] : units[at + by];
  if (next !== undefined) openUnit(next);
  return next !== undefined;
}

type Marked = Pick<Passage, 'source' | 'anchor' | 'tags'>;

/** The units in which something is tagged: a passage with a tag has a character in common with them. */
export function taggedUnits(units: readonly SampleUnit[], passages: readonly Marked[]): ReadonlySet<string> {
  const tagged = Map.groupBy(
    passages.filter(({ tags }) => tags.length > 0),
    ({ source }) => source,
  );
  return new Set(
    units
      .filter(({ source, start, end }) =>
        (tagged.get(source) ?? []).some(
          ({ anchor }) => anchor.kind === 'text' && anchor.start < end && anchor.end > start,
        ),
      )
      .map(unitKey),
  );
}

/** Those of the sample that have a tag so far; undefined until that is known. */
export function useTagged(units: readonly SampleUnit[]): ReadonlySet<string> | undefined {
  const passages = useCall('passages.list', units.length === 0 ? null : {}).data?.passages;
  return useMemo(() => (passages === undefined ? undefined : taggedUnits(units, passages)), [units, passages]);
}
