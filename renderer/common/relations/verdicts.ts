import type { RelationCard } from '../../../shared/contract/relations.ts';
import { followedOf, isBetweenSources } from '../../../shared/figures/followed.ts';
import type { Which } from './state.ts';

/** How a relation looks: its verdict, or a warning in its place. Shape, sign and word differ, not only the colour. */
export const LOOKS = [
  'fails',
  'wide',
  'truncates',
  'within',
  'warned',
  'waiting',
  'exact',
  'rounds',
  'unknown',
] as const;
export type Look = (typeof LOOKS)[number];

/** The look of a relation. `warned`: it agrees, but has a warning. `waiting`: it agrees, but not every figure is confirmed. */
export function lookOf({ check: { verdict, wide, green }, warnings }: Pick<RelationCard, 'check' | 'warnings'>): Look {
  switch (verdict) {
    case 'fails':
      return 'fails';
    case 'not-checkable':
      return 'unknown';
    case 'truncates':
      return wide ? 'wide' : 'truncates';
    case 'within-precision':
      return wide ? 'wide' : 'within';
    case 'exact':
    case 'rounds':
      if (wide) return 'wide';
      if (warnings.length > 0) return 'warned';
      return green ? verdict : 'waiting';
  }
}

const OPEN: ReadonlySet<RelationCard['state']> = new Set(['returned', 'reopened', 'disputed']);
/** Whether a person has to look at it: it fails, is too wide, has a warning, has two readings that differ, or people disagree. */
export function needsLook(relation: RelationCard): boolean {
  if (relation.state === 'dismissed') return false;
  const look = lookOf(relation);
  if (isConflict(relation) && followedOf(relation.checks).figure === null) return true;
  if (look === 'fails' || look === 'wide' || look === 'warned' || OPEN.has(relation.state)) return true;
  return needsReading(relation);
}

/**
 * Whether it shows that two sources contradict each other: a difference whose interval excludes zero, and whose result no source prints.
 */
export function isConflict({ operation, inputs, printed, check: { low, high } }: RelationCard): boolean {
  const isApart = (low !== null && Number(low) > 0) || (high !== null && Number(high) < 0);
  return isApart && isBetweenSources(operation, inputs, printed);
}

/** Whether its readings have different verdicts, and nobody chose one. */
export const needsReading = (relation: RelationCard): boolean =>
  hasTwoReadings(relation) && relation.reading === 'printed';

/** Whether somebody confirmed it: then another check can be requested. */
export const isReturnable = ({ checks }: RelationCard): boolean =>
  checks.some(({ verdict }) => verdict === 'confirmed');

export function hasTwoReadings({ exact, rounded }: RelationCard): boolean {
  return exact !== null && rounded !== null && (exact.verdict !== rounded.verdict || exact.wide !== rounded.wide);
}

export const listedOf = (relations: readonly RelationCard[], which: Which): readonly RelationCard[] =>
  relations.filter((one) =>
    which === 'dismissed'
      ? one.state === 'dismissed'
      : one.state !== 'dismissed' && (which === 'all' || needsLook(one)),
  );

/** The group of a look in the list by verdict. */
export const groupOf = (look: Look): 'fails' | 'wide' | 'truncates' | 'within' | 'agrees' | 'unknown' => {
  switch (look) {
    case 'warned':
    case 'waiting':
    case 'exact':
    case 'rounds':
      return 'agrees';
    default:
      return look;
  }
};
export type Group = ReturnType<typeof groupOf>;
export const GROUPS = ['fails', 'wide', 'truncates', 'within', 'agrees', 'unknown'] as const satisfies readonly Group[];
