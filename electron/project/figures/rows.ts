import type { FigureCard } from '../../../shared/contract/figure-cards.ts';
import type { FigureRow } from '../../../shared/contract/figures-table.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { layerId, type PassageId, passageId, type SourceId, sourceId } from '../../../shared/model/index.ts';
import { foldedText } from '../../../shared/text/search-fold.ts';
import type { FigureInSpan, SpansRead } from '../../workers/jobs.ts';
import { figureIdOf } from './cards.ts';

/** A row of the table with the values it is sorted and compared by, without the fields that depend on which other figures are listed. */
export type TableFigure = Omit<FigureRow, 'against' | 'followed' | 'larger'> & {
  /** The passages that contain it. */
  readonly passages: readonly string[];
  readonly number: Rational;
  readonly interval: { readonly low: Rational | null; readonly high: Rational | null };
  /** Its card; null if nobody has judged it. */
  readonly card: FigureCard | null;
  /** How the rules read it; null if it has a card. */
  readonly found: Pick<FigureInSpan, 'reason' | 'by'> | null;
  /** The number and the words beside it, folded for search. */
  readonly folded: string;
};

/** A source with its record, passages and cards. */
export interface SourceOfRows {
  readonly id: string;
  readonly title: string | null;
  readonly fileName: string | null;
  readonly publisher: string | null;
  readonly grade: string | null;
  readonly language: string | null;
  readonly layer: string;
  readonly spans: readonly { readonly id: string; readonly start: number; readonly end: number }[];
  readonly cards: readonly FigureCard[];
}

/** The rows of a source: its cards, and the found figures that have no card. */
export function rowsOf(source: SourceOfRows, read: SpansRead, nameOf: (place: string) => string): TableFigure[] {
  const { title, fileName, publisher, grade, language, spans } = source;
  const record = {
    source: sourceId.parse(source.id),
    sourceTitle: title ?? fileName ?? '',
    publisher,
    grade,
    language,
  };
  const layer = layerId.parse(source.layer);
  const words = new Map(read.cards.map((one) => [`${one.start} ${one.end}`, one]));
  const taken = new Set(source.cards.filter((card) => card.layer === layer).map(({ start, end }) => `${start} ${end}`));
  const around = new Around(spans);
  const found = read.figures.flatMap((one): TableFigure[] =>
    taken.has(`${one.start} ${one.end}`)
      ? []
      : [
          rowOf({ ...one, id: figureIdOf(layer, one), layer, passages: around.of(one) }, record, nameOf, {
            state: 'found',
            card: null,
            found: one,
          }),
        ],
  );
  const cards = source.cards.map((card): TableFigure => {
    const there = card.layer === layer ? words.get(`${card.start} ${card.end}`) : undefined;
    const { low, high } = card.interval;
    const row = { ...card, before: there?.before ?? '', after: there?.after ?? '', low, high, isGuessed: false };
    return rowOf(row, record, nameOf, { state: rowState(card), card, found: null });
  });
  return [...found, ...cards];
}

interface OfRecord extends Pick<FigureRow, 'sourceTitle' | 'publisher' | 'grade' | 'language'> {
  readonly source: SourceId;
}

/** Makes a row. Its fields are written out because rows made by object spread take a third more memory. */
function rowOf(
  one: Omit<FigureInSpan, 'reason' | 'by'> & Pick<FigureCard, 'id' | 'layer' | 'passages'>,
  record: OfRecord,
  nameOf: (place: string) => string,
  { state, card, found }: Pick<TableFigure, 'state' | 'card' | 'found'>,
): TableFigure {
  const { value, low, high, place, passages } = one;
  const number = Rational.read(value) ?? ZERO;
  const end = (text: string | null): Rational | null =>
    text === null ? null : text === value ? number : Rational.read(text);
  return {
    source: record.source,
    sourceTitle: record.sourceTitle,
    publisher: record.publisher,
    grade: record.grade,
    language: record.language,
    id: one.id,
    layer: one.layer,
    start: one.start,
    end: one.end,
    text: one.text,
    page: one.page,
    before: one.before,
    after: one.after,
    passage: passages[0] ?? null,
    passages,
    value,
    low,
    high,
    unit: one.unit,
    qualifier: one.qualifier,
    kind: one.kind,
    period: one.period,
    place,
    placeName: place === null ? null : nameOf(place),
    isGuessed: one.isGuessed,
    state,
    number,
    interval: { low: end(low), high: end(high) },
    card,
    found,
    folded: foldedText(`${one.before}${one.text}${one.after}`),
  };
}

const ZERO = Rational.of(0);
function rowState({ state }: FigureCard): FigureRow['state'] {
  switch (state) {
    case 'found':
      return 'found';
    case 'confirmed':
      return 'confirmed';
    case 'reviewed':
      return 'reviewed';
    case 'dismissed':
      return 'dismissed';
    case 'returned':
    case 'reopened':
    case 'disputed':
      return 'open';
  }
}

/** Finds the passages that contain a figure, the shortest first. Figures must be asked for in the order of the text. */
class Around {
  private readonly spans: SourceOfRows['spans'];
  private from = 0;
  private open: SourceOfRows['spans'] = [];

  constructor(spans: SourceOfRows['spans']) {
    this.spans = spans;
  }
  of({ start, end }: { readonly start: number; readonly end: number }): PassageId[] {
    const open = this.open.filter((one) => one.end > start);
    for (let next = this.spans[this.from]; next !== undefined && next.start <= start; next = this.spans[this.from]) {
      if (next.end > start) open.push(next);
      this.from += 1;
    }
    this.open = open;
    return open
      .filter((one) => one.start <= start && one.end >= end)
      .toSorted((a, b) => a.end - a.start - (b.end - b.start))
      .map(({ id }) => passageId.parse(id));
  }
}
