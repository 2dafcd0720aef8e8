import { axisX, gridX, type Markish } from '@observablehq/plot';
import { familyColour } from '../../common/charts/family.ts';
import { familySigns, SIGN } from '../../common/charts/family-signs.ts';
import type { ChartCuts, Paper } from '../../common/charts/chart.ts';
import { blocks, dots, labels, lines, type Block } from '../../common/charts/shapes.ts';
import {
  documentKey,
  documentsIn,
  ROW,
  undatedKey,
  type Drawn,
  type Lane,
  type TimelineAsked,
} from './timeline-lanes.ts';
import { gapsOf, meets } from './timeline-time.ts';

/** Positions in CSS pixels. */
interface Places {
  readonly left: number;
  readonly right: number;
  readonly axis: number;
  readonly bottom: number;
  /** Where the chart ends. */
  readonly end: number;
  readonly x: (at: number) => number;
}

const DOCUMENT_ROW = 18;
/** The room right of the frame for undated passages, and before them for dates far off the axis. */
const END = 72;
const APART = 56;
/** How far a box is drawn beyond the frame that cuts it off. */
const BEYOND = 9;
/** The width of the widest letter, including Chinese ones. */
const EM = 11;

/** Where the axis ends and the lanes begin. */
const axisOf = (documents: ReturnType<typeof documentsIn>): number =>
  (documents.length === 0 ? 0 : DOCUMENT_ROW * 2 + 4) + 24;

/** Where a timeline with many lanes may be cut into pages. */
export function timelineCuts({ answer, all, view }: TimelineAsked, lanes: readonly Lane[]): ChartCuts {
  const head = axisOf(documentsIn(answer, all, view));
  return { head, rows: lanes.map(({ top, height }) => head + top + height) };
}

/** Draws the lanes for a width, below an axis of time. */
export function drawTimeline(asked: TimelineAsked, lanes: readonly Lane[], paper: Paper) {
  const { answer, all, view } = asked;
  const documents = documentsIn(answer, all, view);
  const isNarrow = paper.width < 800;
  const left = isNarrow ? 110 : 240;
  const end = paper.width;
  const right = end - END - (lanes.some((lane) => lane.apart.length > 0) ? APART : 0);
  const axis = axisOf(documents);
  const bottom = axis + lanes.reduce((total, { height }) => total + height, 0);
  const x = (at: number): number => left + ((at - view.from) / (view.to - view.from)) * (right - left);
  const places: Places = { left, right, axis, bottom, end, x };
  const gaps = gapsIn(asked, places);
  const most = { day: 1, month: 1, bin: 1, box: 1 };
  for (const { kind, count } of lanes.flatMap((lane) => lane.drawn)) most[kind] = Math.max(most[kind], count);
  const drawnLanes = lanes.map((lane, at) => laneShapes(lane, places, most, lookOf(lane, at, paper)));
  const domain = [new Date(view.from), new Date(view.to)];
  return {
    height: bottom + 2,
    marginLeft: left,
    marginRight: end - right,
    marginTop: axis,
    marginBottom: 2,
    x: { type: 'utc' as const, domain, axis: null },
    y: { type: 'identity' as const, axis: null },
    marks: [
      blocks(
        gaps.map((gap) => ({ ...gap, y1: axis, y2: bottom, fill: paper.pattern('hatch') })),
        { fillOpacity: 0.35 },
      ),
      gridX({ stroke: 'var(--rule)', strokeOpacity: 1 }),
      axisX({ anchor: 'top', stroke: 'var(--rule-2)', color: 'var(--ink-2)', tickSize: 4, label: null }),
      documents.length === 0 ? null : documentShapes(documents, places),
      drawnLanes.map(({ shapes }) => shapes),
      gapWords(
        gaps,
        drawnLanes.flatMap(({ numbers }) => numbers),
        places,
        asked.t,
      ),
      headShapes(asked, lanes, places, isNarrow),
    ],
  };
}

interface Gap {
  readonly x1: number;
  readonly x2: number;
}
/** Periods without a source, which are hatched. */
const gapsIn = ({ answer, all, view }: TimelineAsked, { x }: Places): Gap[] =>
  gapsOf(answer.sources, all)
    .filter((gap) => meets(gap, view))
    .map(({ from, to }) => ({ x1: x(Math.max(from, view.from)), x2: x(Math.min(to, view.to)) }));

/**
 * The words in a period without a source. They may cover boxes of dates known to the year only, but not the numbers of these boxes.
 * Without room they are left out: the line below the chart explains the hatching, too.
 */
function gapWords(
  gaps: readonly Gap[],
  numbers: readonly BoxNumber[],
  { axis }: Places,
  t: TimelineAsked['t'],
): Markish {
  const apart = WORDS.wide / 2 + WORDS.number;
  const taken = numbers.filter(({ y }) => y < axis + WORDS.top + WORDS.high + ROW.box).map(({ x }) => x);
  const placed = gaps.flatMap(({ x1, x2 }) => {
    const middle = (x1 + x2) / 2;
    const isFree = (x: number): boolean =>
      x - WORDS.wide / 2 > x1 && x + WORDS.wide / 2 < x2 && taken.every((at) => Math.abs(at - x) >= apart);
    return [middle, ...taken.flatMap((at) => [at - apart, at + apart])]
      .filter(isFree)
      .toSorted((one, other) => Math.abs(one - middle) - Math.abs(other - middle))
      .slice(0, 1);
  });
  return [
    blocks(
      placed.map((x) => ({
        x1: x - WORDS.wide / 2,
        x2: x + WORDS.wide / 2,
        y1: axis + WORDS.top,
        y2: axis + WORDS.top + WORDS.high,
        fill: 'var(--surface)',
        stroke: 'var(--rule-2)',
      })),
      { rx: 2 },
    ),
    labels(
      placed.map((x) => ({ x, y: axis + WORDS.top + WORDS.high / 2, text: t('evidence.gap') })),
      { rotate: -90 },
    ),
  ];
}
/** The size of these vertical words (`wide`, `top`, `high`), and half the width of a box’s number (`number`), in CSS pixels. */
const WORDS = { wide: 16, top: 16, high: 64, number: 12 } as const;

/** Policy documents: a sign at the date and a line through all lanes. They do not claim that a document caused anything. */
function documentShapes(documents: ReturnType<typeof documentsIn>, { x, left, right, bottom, end }: Places): Markish {
  const placed = documents.map((one, at) => {
    const next = documents[at + 2];
    const [x1, x2] = [Math.max(left, x(one.from)), Math.min(right, x(one.to))];
    const room = (next === undefined ? end : x(next.from)) - x2 - 16;
    return { ...one, key: documentKey(one.source), x1, x2, room, y: (at % 2) * DOCUMENT_ROW + 9 };
  });
  const [days, longer] = [true, false].map((isDay) =>
    placed.filter(({ date }) => (date.precision === 'day') === isDay),
  );
  return [
    lines(
      placed.map(({ x1, y }) => ({ x1, x2: x1, y1: y, y2: bottom, stroke: 'var(--ink-3)' })),
      { strokeDasharray: '2 3' },
    ),
    dots(days?.map(({ key, x1, y }) => ({ key, x: x1, y, r: 5, fill: 'var(--ink)' })) ?? [], { symbol: 'diamond' }),
    blocks(
      longer?.map(({ key, x1, x2, y }) => ({
        key,
        x1,
        x2: Math.max(x2, x1 + 4),
        y1: y - 3,
        y2: y + 3,
        fill: 'var(--ink)',
      })) ?? [],
    ),
    placed
      .filter(({ room }) => room > 24)
      .map(({ x2, y, title, room }) =>
        labels([{ x: x2 + 8, y, text: title }], {
          textAnchor: 'start',
          lineWidth: room / EM,
          textOverflow: 'ellipsis',
        }),
      ),
  ];
}

interface LaneLook {
  readonly colour: string;
  /** The look of a month’s column, which alone is wide enough for a pattern. */
  readonly column: Pick<Block, 'fill' | 'stroke'>;
}

/** In black and white, lanes are black, hatched and dotted in turn. */
function lookOf(lane: Lane, at: number, { isPlain, pattern }: Paper): LaneLook {
  const colour = isPlain ? 'var(--ink)' : colourOf(lane);
  const fill = isPlain ? [colour, pattern('hatch'), pattern('dots')][at % 3] : colour;
  return { colour, column: { ...(fill === undefined ? {} : { fill }), ...(isPlain ? { stroke: colour } : {}) } };
}

const colourOf = ({ category }: Lane): string => (category === undefined ? 'var(--ink-2)' : familyColour(category));

/** The position of a box’s number. A box is a date known to the year or less precisely. */
interface BoxNumber {
  readonly x: number;
  readonly y: number;
}

/** The marks of one lane: days, months, and less precise dates. `most`: the greatest count of each kind in all lanes. */
function laneShapes(
  lane: Lane,
  { left, right, axis, x }: Places,
  most: Readonly<Record<Drawn['kind'], number>>,
  look: LaneLook,
): { readonly shapes: Markish; readonly numbers: readonly BoxNumber[] } {
  const base = axis + lane.top + lane.over + ROW.ticks;
  const heights = ({ kind, count, row }: Drawn): { y1: number; y2: number } => {
    const share = Math.sqrt(count / most[kind]);
    if (lane.isFew && kind === 'day') return { y1: base + 1 - count * ROW.day, y2: base };
    if (lane.isFew && kind === 'month') return { y1: base + 1, y2: base + count * ROW.month };
    switch (kind) {
      case 'bin':
        return { y1: base - 18 * share, y2: base + 5 };
      case 'day':
        return { y1: base - 4 - 12 * share, y2: base };
      case 'month':
        return { y1: base + 1, y2: base + 3 + 3 * share };
      case 'box': {
        const top = base + 9 + lane.under + row * (ROW.box + 1);
        return { y1: top, y2: top + ROW.box - 2 };
      }
    }
  };
  const shapes = lane.drawn.map((one) => ({
    one,
    // A box that runs out of the frame has no edge on that side.
    x1: Math.max(left - BEYOND, x(one.from)),
    x2: Math.max(x(one.from) + 2, Math.min(right + BEYOND, x(one.to)) - 1),
    ...heights(one),
  }));
  const blocksOf = (isUnsure: boolean): Markish =>
    blocks(
      shapes
        .filter(({ one }) => one.isUnsure === isUnsure)
        .flatMap(({ one: { key, kind, count }, ...corners }) => {
          const drawn =
            kind === 'box' || isUnsure ? { stroke: look.colour } : kind === 'bin' ? look.column : { fill: look.colour };
          if (!lane.isFew || kind === 'box' || count === 1) return [{ ...corners, key, ...drawn }];
          const units = Array.from({ length: count }, (_, at) => ({ ...corners, ...unit(kind, at, base), ...drawn }));
          return [...units, { ...corners, key }];
        }),
      { clip: 'frame', fillOpacity: 0.85, ...(isUnsure ? { strokeDasharray: '3 2' } : {}) },
    );
  const inFrame = (at: number): number => Math.min(right, Math.max(left, at));
  const numbers = shapes.flatMap(({ one, x1, x2, y1, y2 }) => {
    const [from, to] = [inFrame(x1), inFrame(x2)];
    if (one.kind !== 'box' || to - from < 14) return [];
    return [{ x: (from + to) / 2, y: (y1 + y2) / 2, text: String(one.count), fill: 'var(--ink-2)' }];
  });
  return {
    shapes: [blocksOf(false), blocksOf(true), labels(numbers, { stroke: 'var(--surface)', strokeWidth: 5 })],
    numbers,
  };
}

/** The vertical position of one of several passages: of a day, counted from below; of a month, counted from above. */
const unit = (kind: Drawn['kind'], at: number, base: number): { y1: number; y2: number } =>
  kind === 'day'
    ? { y1: base + 1 - (at + 1) * ROW.day, y2: base - at * ROW.day }
    : { y1: base + 1 + at * ROW.month, y2: base + (at + 1) * ROW.month };

/** Lane names with their number of passages in view, the undated passages, and lines between lanes. */
function headShapes(
  { t }: TimelineAsked,
  lanes: readonly Lane[],
  { left, axis, end }: Places,
  isNarrow: boolean,
): Markish {
  const middle = ({ top, height }: Lane): number => axis + top + height / 2;
  const [counts, missing, far] = [left - 18, end - 2, end - END];
  const apart = lanes.flatMap((lane) =>
    lane.apart.map(({ key, count }, at) => ({
      key,
      x: far,
      y: middle(lane) + (at - (lane.apart.length - 1) / 2) * ROW.apart,
      text: String(count),
    })),
  );
  const coded = lanes.flatMap((lane) =>
    lane.category === undefined ? [] : [{ category: lane.category, y: middle(lane) }],
  );
  const spelled = lanes.filter(({ category }) => !isNarrow || category === undefined);
  return [
    lines(lanes.map(({ top, height }) => ({ x1: 0, x2: end, y1: axis + top + height, y2: axis + top + height }))),
    familySigns(coded.map(({ category, y }) => ({ category, x: 0, y }))),
    labels(
      spelled.map((lane) => ({ x: lane.category === undefined ? 0 : SIGN + 8, y: middle(lane), text: lane.name })),
      { textAnchor: 'start', lineWidth: isNarrow ? 6 : 13, textOverflow: 'ellipsis', fontSize: 12 },
    ),
    labels(
      [
        { x: counts, y: axis - 20, text: t('evidence.inView'), fill: 'var(--ink-3)' },
        { x: missing, y: axis - 20, text: t('evidence.missingOf.actYear'), fill: 'var(--ink-3)' },
        ...(apart.length === 0 ? [] : [{ x: far, y: axis - 20, text: t('evidence.farOff'), fill: 'var(--ink-3)' }]),
        ...apart,
        ...lanes.map((lane) => ({ x: counts, y: middle(lane), text: String(lane.inView), fill: 'var(--ink-2)' })),
        ...lanes
          .filter(({ undated }) => undated > 0)
          .map((lane) => ({ key: undatedKey(lane.value), x: missing, y: middle(lane), text: String(lane.undated) })),
      ],
      { textAnchor: 'end' },
    ),
  ];
}
