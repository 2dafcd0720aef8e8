import type { FiguresOfText, FoundRelation } from '../../../shared/contract/figure-readings.ts';
import { refuseTooLong } from '../../../shared/figures/bounds.ts';
import type { Check } from '../../../shared/figures/check.ts';
import type { Figure } from '../../../shared/figures/figure.ts';
import { figureOut } from '../../../shared/figures/figure-out.ts';
import { conversionTable } from '../../../shared/figures/conversions.ts';
import { largerThan } from '../../../shared/figures/references.ts';
import { operationOf } from '../../../shared/figures/operations.ts';
import type { Rational } from '../../../shared/figures/rational.ts';
import { readFigures } from '../../../shared/figures/read.ts';
import type { Relation } from '../../../shared/figures/relation.ts';
import { findRelations } from '../../../shared/figures/relations.ts';
import { lineEndsOf } from '../../../shared/text/blocks.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { openOriginals } from '../../project/files/originals.ts';
import { builtInGazetteer } from '../../project/places/gazetteer.ts';
import { finderFor } from '../../project/places/own.ts';
import type { Added } from '../../../shared/places/gazetteer.ts';
import type { FiguresToRead } from '../../workers/jobs.ts';

/** Longest text that is read, UTF-16 code units: about five thousand pages, which take about ten seconds. */
const LONGEST = 16 * 2 ** 20;
/** At most this many figures of one text are listed, and at most as many relations. */
const MOST = 20_000;

/** Reads the figures and relations of one text. Runs in a worker. Throws DAMAGED, TOO_LARGE. */
export function figuresJob(input: FiguresToRead): FiguresOfText {
  const { from, engine, language, added, context, conversions, references } = input;
  const text = 'text' in from ? from.text : openLayerFile(openOriginals(from.folder).readLayer(from.layer)).text();
  refuseTooLong(text, LONGEST);
  const places = finderFor(added)
    .find(text, context)
    .flatMap(({ start, end, place, sure }) => (place !== null && sure ? [{ start, end, place }] : []));
  const read = readFigures(text, { lineEnds: lineEndsOf(engine, text), places });
  const wanted = read.figures.filter((one) => language === null || one.language === language);
  const shown = wanted.slice(0, MOST);
  const table = conversionTable(conversions);
  const lineOf = references.length === 0 ? () => [] : linesOf(added);
  const isTooLarge = (figure: Figure): boolean => largerThan(figure, { references, table, lineOf }).length > 0;
  const { relations, unpaired } = findRelations({ ...read, figures: shown }, table, isTooLarge);
  return {
    figures: shown.map(figureOut),
    relations: relations.slice(0, MOST).map(relationOut),
    unpaired: unpaired.map(({ id }) => id),
    leftOut: read.leftOut
      .slice(0, MOST)
      .map((one) => ({ ...one, text: text.slice(one.start, Math.min(one.end, one.start + 80)) })),
    more: wanted.length - shown.length,
  };
}

/** Returns a function from a place to itself and all places that contain it, by the gazetteer and the team's own places. */
function linesOf({ places }: Added): (place: string) => readonly string[] {
  const parents = new Map<string, string | null>(
    [...builtInGazetteer().places, ...places].map(({ id, parent }) => [id, parent]),
  );
  return (place) => {
    const line = new Set<string>();
    // Merging two people’s places can make a cycle of parents.
    for (let at: string | null = place; at !== null && !line.has(at); at = parents.get(at) ?? null) line.add(at);
    return [...line];
  };
}

const PLACES = 6;
const rounded = (value: Rational | null): string | null => value?.toDecimal(PLACES) ?? null;
const checkOut = ({ verdict, computed, interval, off, wide }: Check) => ({
  verdict,
  computed: rounded(computed),
  low: rounded(interval.low),
  high: rounded(interval.high),
  off,
  wide,
});

function relationOut(relation: Relation, at: number): FoundRelation {
  const { kind, operation, inputs, printed, check, readings, by, warnings, conversions } = relation;
  return {
    id: `r${at + 1}`,
    kind,
    operation,
    formula: operationOf(operation).formula,
    figures: [...inputs, ...(printed === null ? [] : [printed])].map(({ id }) => id),
    printed: printed === null ? null : { figure: printed.id, value: printed.value.toString() },
    ...checkOut(check),
    exact: readings === null ? null : checkOut(readings.exact),
    rounded: readings === null ? null : checkOut(readings.rounded),
    by,
    warnings: [...warnings],
    conversions: conversions.map(({ figure, from, to, factor }) => ({ figure, from, to, factor: factor.toString() })),
  };
}
