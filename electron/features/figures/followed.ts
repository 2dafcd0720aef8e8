import type { RelationSaid } from '../../../shared/contract/relations.ts';
import { type ComparedFigure, Comparison, type Conflict } from '../../../shared/figures/compare.ts';
import type { Conversion } from '../../../shared/figures/conversions.ts';
import type { Converter } from '../../../shared/figures/converter.ts';
import { followedOf, isBetweenSources } from '../../../shared/figures/followed.ts';
import type { FigureId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { basisOf, checkOf, readRelations } from '../../project/relations/cards.ts';
import type { TableFigure } from '../../project/figures/rows.ts';

/** People's decisions about two figures that can’t both be right. */
export interface Decision {
  readonly said: readonly RelationSaid[];
  /** The figure whose source is followed, and the rejected one; null if nobody decided or people disagree. */
  readonly chosen: { readonly figure: string; readonly instead: string } | null;
  readonly isDisputed: boolean;
}
export type Decisions = ReadonlyMap<string, Decision>;

/** The map key of a pair of figures; the order of the arguments does not matter. */
export const pairOf = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** For each recorded difference between figures of two sources: people's decisions, by `pairOf`. */
export function decisionsOf(
  context: ReadContext,
  figures: readonly TableFigure[],
  conversions: readonly Conversion[],
): Decisions {
  const recorded = readRelations(context).filter(({ operation }) => operation === 'difference');
  const found = new Map<string, Decision>();
  if (recorded.length === 0) return found;
  const byId = new Map<string, TableFigure>(figures.map((one) => [one.id, one]));
  for (const { figures: of, operation, reading, checks } of recorded) {
    const read = of.inputs.flatMap((id: FigureId) => byId.get(id) ?? []);
    const [one, other] = read;
    const placed = read.map(({ source }) => ({ sourceId: source }));
    if (one === undefined || other === undefined || !isBetweenSources(operation, placed, of.printed)) continue;
    const looked = read.map(({ low, high, ...rest }) => ({ ...rest, interval: { low, high } }));
    const basis = basisOf(reading, looked, conversions);
    const said = checks.flatMap((row) => checkOf(row, basis) ?? []);
    const { figure, isDisputed } = followedOf(said);
    const chosen = figure === null ? null : { figure, instead: figure === one.id ? other.id : one.id };
    found.set(pairOf(one.id, other.id), { said, chosen, isDisputed });
  }
  return found;
}

/**
 * Returns the conflicts among figures of one quantity. If people chose between the two figures that are furthest apart, the rejected
 * figure is set aside and the remaining figures are compared again.
 */
export function conflictsWith<F extends ComparedFigure>(
  {
    figures,
    units,
    comparison,
  }: {
    readonly figures: readonly F[];
    readonly units: Converter;
    /** The comparison of all `figures`. */
    readonly comparison: Comparison<F>;
  },
  decisions: Decisions,
): Conflict<F>[] {
  const found: Conflict<F>[] = [];
  const seen = new Set<string>();
  let compared = comparison;
  for (let rest = figures; ;) {
    const aside = new Set<string>();
    for (const conflict of compared.conflicts()) {
      const pair = pairOf(conflict.lower.id, conflict.higher.id);
      const { chosen = null } = decisions.get(pair) ?? {};
      if (chosen !== null) aside.add(chosen.instead);
      if (!seen.has(pair)) found.push(conflict);
      seen.add(pair);
    }
    if (aside.size === 0) return found;
    rest = rest.filter(({ id }) => !aside.has(id));
    compared = new Comparison(rest, units);
  }
}

/** For each figure that a person preferred or rejected: whether all decisions about it agree. */
export function followedFigures(decisions: Decisions): Map<string, 'followed' | 'not-followed' | 'disputed'> {
  const byFigure = new Map<string, 'followed' | 'not-followed' | 'disputed'>();
  for (const [pair, { chosen, isDisputed }] of decisions) {
    if (isDisputed) for (const id of pair.split(' ')) byFigure.set(id, 'disputed');
    if (chosen === null) continue;
    if (byFigure.get(chosen.figure) === undefined) byFigure.set(chosen.figure, 'followed');
    if (byFigure.get(chosen.instead) !== 'disputed') byFigure.set(chosen.instead, 'not-followed');
  }
  return byFigure;
}
