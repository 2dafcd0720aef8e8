import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import type { FigureCard } from '../../../shared/contract/figure-cards.ts';
import {
  type CardReadings,
  type Check,
  EACH_ALONE,
  type Eyes,
  isCurrent,
  isEdited,
  readingsOf,
  stateFrom,
} from '../../../shared/figures/card.ts';
import {
  figureBasis,
  type FigureId,
  figureId,
  figureVerdict,
  layerId,
  type PassageId,
  passageId,
  personId,
  type SourceId,
  sourceId,
  type TextAnchor,
} from '../../../shared/model/index.ts';
import { derivedId } from '../ids.ts';
import { Installations } from '../people/installations.ts';
import { asSigned } from '../people/own-words.ts';
import type { LogOf } from '../people/unsigned-reasons.ts';
import { SameValues } from './same-values.ts';
import {
  allChecks,
  allFigures,
  type CheckRow,
  checksOfSource,
  figureById,
  type FigureRow,
  figuresOfSource,
  placesOfSource,
  placesWithFigures,
} from './queries.ts';

/** Derives a card's id from its place, so that two people who judge the same number write on one card. */
export const figureIdOf = (layer: string, { start, end }: { readonly start: number; readonly end: number }): FigureId =>
  figureId.parse(derivedId('sourcebook figure', layer, String(start), String(end)));

/** The id of a person's verdict on a card: one for each person and card, on every computer. */
export const checkIdOf = (figure: FigureId, person: string): string =>
  derivedId('sourcebook figure check', figure, person);

/** A row of the log as a card; null if this version can’t read it. */
export function cardOf(
  row: FigureRow,
  rows: readonly CheckRow[],
  passages: readonly PassageId[],
  eyes: Eyes,
): FigureCard | null {
  const anchor = row.anchor === null ? null : readAnchor(row.anchor);
  const readings = readingsOfRow(row);
  const ids = {
    id: figureId.safeParse(row.id).data,
    sourceId: sourceId.safeParse(row.source).data,
    layer: layerId.safeParse(row.layer).data,
  };
  const { id, sourceId: source, layer } = ids;
  if (anchor?.kind !== 'text' || readings === null) return null;
  if (id === undefined || source === undefined || layer === undefined) return null;
  const checks = rows.flatMap(checkOf).map((one) => ({ ...one, current: isCurrent(readings, one) }));
  return {
    id,
    sourceId: source,
    layer,
    ...placeOf(anchor),
    ...shown(readings),
    state: stateFrom(checks, eyes),
    checks: checks.flatMap(({ verdict, reason, current, ...one }) => {
      const person = personId.safeParse(one.person).data;
      return person === undefined ? [] : [{ person, verdict, reason, current }];
    }),
    passages: [...passages],
    outdated: row.current !== null && row.current !== layer,
  };
}

const placeOf = ({ start, end, exact, page }: TextAnchor) => ({ start, end, text: exact, page });

/** Readings as a card shows them. */
export function shown(readings: CardReadings) {
  const { value, unit, qualifier, kind, period, place, subject } = readings;
  return {
    value: value.value,
    interval: { low: value.low, high: value.high, reason: value.reason },
    unit: unit.unit,
    qualifier: qualifier.qualifier,
    kind: kind.kind,
    period: period.period,
    place: place.place,
    source: {
      value: value.by,
      unit: unit.by,
      qualifier: qualifier.by,
      kind: kind.by,
      period: period.by,
      place: place.by,
    },
    subject,
    edited: isEdited(readings),
  };
}

/** The readings of a row; null if this version can’t read one of them. */
export function readingsOfRow(row: FigureRow): CardReadings | null {
  const json = (text: string | null): unknown => parsed(text ?? 'null');
  const read = readingsOf({
    value: json(row.value),
    unit: json(row.unit),
    qualifier: json(row.qualifier),
    kind: json(row.kind),
    period: json(row.period),
    place: json(row.place),
  });
  return read === null ? null : { ...read, subject: row.subject ?? '' };
}

export function checkOf({ person, verdict, reason, basis, subject }: CheckRow): Check[] {
  const said = figureVerdict.safeParse(verdict).data;
  if (said === undefined || person === null) return [];
  return [
    {
      person,
      verdict: said,
      reason: reason ?? '',
      basis: figureBasis.safeParse(parsed(basis ?? 'null')).data ?? null,
      subject: subject ?? '',
    },
  ];
}

/** The cards of one source, or of all sources that are not in the trash, sorted by source and place. */
export function readCards(reader: LogOf, source?: SourceId): FigureCard[] {
  const { db } = reader;
  const [rows, checks, places] =
    source === undefined
      ? [db.all(allFigures, {}), db.all(allChecks, {}), db.all(placesWithFigures, {})]
      : [db.all(figuresOfSource, { source }), db.all(checksOfSource, { source }), db.all(placesOfSource, { source })];
  const byFigure = Map.groupBy(asSigned(reader, 'figurecheck', checks), ({ figure }) => figure);
  const around = passagesAround(places);
  const eyes = checks.length < 2 ? EACH_ALONE : new Installations(db);
  const values = new SameValues();
  return rows
    .flatMap((row): FigureCard[] => {
      const card = cardOf(row, byFigure.get(row.id) ?? [], [], eyes);
      return card === null ? [] : [values.card(card, around(card))];
    })
    .toSorted((a, b) => compare(a.sourceId, b.sourceId) || a.start - b.start || a.end - b.end || compare(a.id, b.id));
}
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** For more sources than this, one query reads all cards. */
const FEW = 20;
/** The cards of some figures, by id, and all other cards of the same sources. */
export function cardsNamed(reader: LogOf, ids: Iterable<string>): Map<string, FigureCard> {
  const sources = new Set<SourceId>();
  for (const id of ids) {
    const source = sourceId.safeParse(reader.db.get(figureById, { id })?.source).data;
    if (source !== undefined) sources.add(source);
  }
  const cards = sources.size > FEW ? readCards(reader) : [...sources].flatMap((source) => readCards(reader, source));
  return new Map(cards.map((card): [string, FigureCard] => [card.id, card]));
}

type Placed = Pick<FigureCard, 'layer' | 'start' | 'end'>;

/** Returns a function from a place to the passages that contain it, the shortest first. */
export function passagesAround(
  places: readonly { readonly id: string; readonly layer: string; readonly start: number; readonly end: number }[],
): (at: Placed) => PassageId[] {
  const byLayer = new Map(
    [...Map.groupBy(places, ({ layer }) => layer)].map(([layer, all]) => {
      const sorted = all.toSorted((a, b) => a.start - b.start);
      let reach = 0;
      // The furthest end of any passage up to this one. If it lies before a place, no earlier passage contains the place.
      return [layer, sorted.map((one) => ({ ...one, reach: (reach = Math.max(reach, one.end)) }))] as const;
    }),
  );
  return ({ layer, start, end }) => {
    const all = byLayer.get(layer) ?? [];
    const found: { readonly id: string; readonly length: number }[] = [];
    for (let at = lastAt(all, start); at >= 0; at--) {
      const one = all[at];
      if (one === undefined || one.reach < end) break;
      if (one.end >= end) found.push({ id: one.id, length: one.end - one.start });
    }
    return found.toSorted((a, b) => a.length - b.length || compare(a.id, b.id)).map(({ id }) => passageId.parse(id));
  };
}

/** The index of the last item that starts at or before `start`; -1 if there is none. */
function lastAt(all: readonly { readonly start: number }[], start: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.start ?? Infinity) <= start) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
