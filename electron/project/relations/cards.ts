import { parsed } from '../../../shared/changes/canonical.ts';
import type { RelationCard, RelationChecked, RelationFigure } from '../../../shared/contract/relations.ts';
import { type Eyes, stateFrom } from '../../../shared/figures/card.ts';
import type { Check } from '../../../shared/figures/check.ts';
import { type Conversion, conversionFactor, conversionTable } from '../../../shared/figures/conversions.ts';
import { followedOf } from '../../../shared/figures/followed.ts';
import { operationOf } from '../../../shared/figures/operations.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { largerThan } from '../../../shared/figures/references.ts';
import { isGreen, type Warning } from '../../../shared/figures/relation.ts';
import { type CardFigure, computedOf } from '../../../shared/figures/relation-card.ts';
import {
  figureId,
  personId,
  relationBasis,
  relationFigures,
  type RelationFigures,
  relationId,
  type RelationId,
  relationOperation,
  type RelationReading,
  relationReading,
  relationVerdict,
} from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import { derivedId } from '../ids.ts';
import { keptReferences, ownConversions } from '../measures/rules.ts';
import { Installations } from '../people/installations.ts';
import { asSigned } from '../people/own-words.ts';
import type { LogOf } from '../people/unsigned-reasons.ts';
import { ownOf } from '../places/own.ts';
import { placeTreeOf } from '../places/tree.ts';
import { allRelationChecks, allRelations, type RelationCheckRow, type RelationRow } from './queries.ts';

type Operation = RelationCard['operation'];

export const conversionsOf = (db: Readable): readonly Conversion[] => conversionTable(ownConversions(db));

/** A relation's id, from its operation and figures: two people who make one relation have made one record. */
export const relationIdOf = (operation: Operation, { inputs, printed }: RelationFigures): RelationId =>
  relationId.parse(derivedId('sourcebook relation', operation, printed ?? '', ...inputs));

/** What one person says of a relation has one id, whenever and wherever they say it. */
export const relationCheckIdOf = (relation: RelationId, person: string): string =>
  derivedId('sourcebook relation check', relation, person);

/** What is recorded of a relation. */
export interface RecordedRelation {
  readonly id: RelationId;
  readonly operation: Operation;
  readonly figures: RelationFigures;
  readonly reading: RelationReading;
  readonly checks: readonly RelationCheckRow[];
}

/** All that this version can read, in the order in which they were made. */
export function readRelations(reader: LogOf): RecordedRelation[] {
  const { db } = reader;
  const said = asSigned(reader, 'relationcheck', db.all(allRelationChecks, {}));
  const checks = Map.groupBy(said, ({ relation }) => relation);
  return db.all(allRelations, {}).flatMap((row) => recordedOf(row, checks.get(row.id) ?? []) ?? []);
}

export function recordedOf(row: RelationRow, checks: readonly RelationCheckRow[]): RecordedRelation | null {
  const id = relationId.safeParse(row.id).data;
  const operation = relationOperation.safeParse(row.operation).data;
  const figures = relationFigures.safeParse(parsed(row.figures ?? 'null')).data;
  if (id === undefined || operation === undefined || figures === undefined) return null;
  return { id, operation, figures, reading: relationReading.safeParse(row.reading).data ?? 'printed', checks };
}

/** What is around relations: what units are converted by, who counts as one person, and which figures are not plausible. */
export interface Around {
  readonly table: readonly Conversion[];
  readonly eyes: Eyes;
  /** Whether a figure is larger than a reference value that it counts a part of. */
  readonly isTooLarge: (figure: RelationFigure) => boolean;
}

export function aroundRelations(db: Readable): Around {
  const table = conversionsOf(db);
  const eyes = new Installations(db);
  const references = keptReferences(db);
  if (references.length === 0) return { table, eyes, isTooLarge: () => false };
  const { byId } = placeTreeOf(ownOf(db));
  const limits = { references, table, lineOf: (place: string) => byId.get(place)?.line ?? [] };
  const read = (end: string | null): Rational | null => (end === null ? null : Rational.read(end));
  const isTooLarge = ({ interval: { low, high }, unit, place, period }: RelationFigure): boolean => {
    const interval = { low: read(low), high: read(high), reason: 'count' } as const;
    return largerThan({ interval, unit, place, period }, limits).length > 0;
  };
  return { table, eyes, isTooLarge };
}

/** The relation as it is shown: recomputed from what people read in its figures, by the project's conversions. */
export function relationCardOf(
  { table, eyes, isTooLarge }: Around,
  { id, operation, figures, reading, checks }: RecordedRelation,
  figureOf: (id: string) => RelationFigure | undefined,
  by: RelationCard['by'],
): RelationCard {
  const inputs = figures.inputs.flatMap((one) => figureOf(one) ?? []);
  const printed = figures.printed === null ? null : (figureOf(figures.printed) ?? null);
  const missing = figures.inputs.length - inputs.length + (figures.printed !== null && printed === null ? 1 : 0);
  const all = printed === null ? inputs : [...inputs, printed];
  const isConfirmed = missing === 0 && all.every(({ state }) => state === 'confirmed' || state === 'reviewed');
  const found =
    missing > 0
      ? null
      : computedOf(operation, inputs.map(cardFigure), printed === null ? null : cardFigure(printed), reading, table);
  const readings = found?.readings ?? null;
  const warnings: Warning[] = [...(found?.warnings ?? []), ...(all.some(isTooLarge) ? [LARGER] : [])];
  const out = (check: Check): RelationChecked => ({
    verdict: check.verdict,
    computed: rounded(check.computed),
    low: rounded(check.interval.low),
    high: rounded(check.interval.high),
    off: check.off,
    wide: check.wide,
    green: isGreen(check, warnings, isConfirmed),
  });
  const basis = basisOf(reading, all, table);
  const said = checks.flatMap((row) => checkOf(row, basis) ?? []);
  return {
    id,
    kind: found?.kind ?? 'implied',
    operation,
    formula: operationOf(operation).formula,
    inputs,
    printed,
    reading,
    check: found === null ? UNKNOWN : out(found.taken),
    exact: readings === null ? null : out(readings.exact),
    rounded: readings === null ? null : out(readings.rounded),
    warnings,
    conversions: (found?.conversions ?? []).flatMap(({ figure, from, to, factor }) => {
      const of = all.find((one) => one.id === figure);
      return of === undefined ? [] : [{ figure: of.id, from, to, factor: factor.toString() }];
    }),
    by,
    state: followedOf(said).isDisputed ? 'disputed' : stateFrom(said, eyes),
    checks: said,
    missing,
  };
}

const LARGER: Warning = 'larger-than-reference';

const UNKNOWN: RelationChecked = {
  verdict: 'not-checkable',
  computed: null,
  low: null,
  high: null,
  off: null,
  wide: false,
  green: false,
};
const PLACES = 6;
const rounded = (value: Rational | null): string | null => value?.toDecimal(PLACES) ?? null;

const cardFigure = (one: RelationFigure): CardFigure => ({
  ...one,
  isConfirmed: one.state === 'confirmed' || one.state === 'reviewed',
});

/** What is looked at of a figure. */
export interface Looked extends Pick<RelationFigure, 'value' | 'unit' | 'qualifier' | 'kind' | 'period'> {
  readonly interval: Pick<RelationFigure['interval'], 'low' | 'high'>;
}

/** What was looked at: how counts were read, what each figure said, and by what its unit was converted to that of the first. */
export function basisOf(reading: RelationReading, figures: readonly Looked[], table: readonly Conversion[]) {
  const to = figures[0]?.unit ?? null;
  const factorOf = (unit: string | null): Rational | null =>
    unit === null || to === null || unit === to ? null : conversionFactor(unit, to, table);
  return {
    v: 1 as const,
    reading,
    figures: figures.map(({ value, interval, unit, qualifier, kind, period }) =>
      [value, interval.low, interval.high, unit, qualifier, kind, period?.from, period?.to, factorOf(unit)]
        .map(String)
        .join(' '),
    ),
  };
}

export function checkOf(
  { person, verdict, reason, follows, basis }: RelationCheckRow,
  now: ReturnType<typeof basisOf>,
): RelationCard['checks'][number] | null {
  const by = personId.safeParse(person).data;
  const said = relationVerdict.safeParse(verdict).data;
  if (by === undefined || said === undefined) return null;
  const seen = relationBasis.safeParse(parsed(basis ?? 'null')).data;
  const isCurrent =
    seen !== undefined && seen.reading === now.reading && seen.figures.join('\n') === now.figures.join('\n');
  const followed = figureId.nullable().safeParse(follows).data ?? null;
  return { person: by, verdict: said, reason: reason ?? '', follows: followed, current: isCurrent };
}
