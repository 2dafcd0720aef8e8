import type { EvidenceFacet } from '../../../shared/contract/evidence.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Chart, Paper } from '../../common/charts/chart.ts';
import { blocks, inPixels, labels } from '../../common/charts/shapes.ts';
import type { Words } from '../../common/strings/use-translation.ts';
import type { CoverageBy, Marked } from './state.ts';

type Answer = CallOutput<'evidence.coverage'>;
type Bar = Answer['bars'][number];

const PARTS = ['tagged', 'read', 'unread'] as const;

/** Sources by reading state, with a bar for each type, year or publisher. */
export function readChart(
  { read, bars }: Pick<Answer, 'read' | 'bars'>,
  by: CoverageBy,
  t: Words,
  open: (marked: Marked) => void,
): Chart {
  const nameOf = ({ value, label }: Bar): string => (value === '' ? t(`evidence.missingOf.${by}`) : label);
  const inMark = by satisfies EvidenceFacet;
  return {
    kind: 'read',
    id: `read ${by}`,
    title: t('evidence.readCount', {
      all: t('evidence.sources', { count: read.total }),
      tagged: t('evidence.readParts.tagged', { count: read.tagged }),
      read: t('evidence.readParts.read', { count: read.read }),
      unread: t('evidence.readParts.unread', { count: read.unread }),
    }),
    marks: bars.map((bar, lane) => ({
      key: `read ${bar.value}`,
      lane,
      label: t('evidence.readMark', { ...bar, name: nameOf(bar), count: bar.total }),
      run: () => open({ title: nameOf(bar), marks: [{ by: inMark, value: bar.value }] }),
    })),
    table: {
      columns: [
        t(`evidence.facets.${by}`),
        ...PARTS.map((part) => t(`evidence.parts.${part}`)),
        t('evidence.restsOn.sources'),
      ],
      rows: bars.map((bar) => [nameOf(bar), ...PARTS.map((part) => bar[part]), bar.total]),
    },
    draw: (paper) => drawBars(bars, nameOf, paper),
    cuts: () => ({ head: 0, rows: bars.map((_, at) => (at + 1) * HIGH) }),
  };
}

const HIGH = 32;
const BAR = 16;
/** The room right of the longest bar for its number. */
const END = 56;

function drawBars(bars: readonly Bar[], nameOf: (bar: Bar) => string, { width, pattern }: Paper) {
  const left = Math.min(260, Math.max(110, width * 0.32));
  const most = Math.max(1, ...bars.map(({ total }) => total));
  const x = (count: number): number => left + (count / most) * (width - left - END);
  const placed = bars.map((bar, at) => ({ ...bar, name: nameOf(bar), y: at * HIGH + HIGH / 2 }));
  const piece = (part: (typeof PARTS)[number]) =>
    placed
      .filter((bar) => bar[part] > 0)
      .map((bar) => {
        const before = part === 'tagged' ? 0 : part === 'read' ? bar.tagged : bar.tagged + bar.read;
        return { x1: x(before), x2: x(before + bar[part]), y1: bar.y - BAR / 2, y2: bar.y + BAR / 2 };
      });
  return inPixels(Math.max(1, bars.length) * HIGH, [
    labels(
      placed.map(({ name, y }) => ({ x: left - 10, y, text: name })),
      { textAnchor: 'end', fontSize: 12, lineWidth: (left - 14) / 12, textOverflow: 'ellipsis' },
    ),
    blocks(piece('tagged').map((one) => ({ ...one, fill: 'var(--accent)' }))),
    blocks(piece('read').map((one) => ({ ...one, fill: pattern('dots'), stroke: 'var(--ink-2)' }))),
    blocks(
      piece('unread').map((one) => ({ ...one, stroke: 'var(--ink-3)' })),
      { strokeDasharray: '3 2' },
    ),
    labels(
      placed.map(({ total, y }) => ({ x: x(total) + 8, y, text: String(total) })),
      { textAnchor: 'start', fontSize: 12 },
    ),
    blocks(
      placed.map(({ value, y }) => ({
        key: `read ${value}`,
        x1: 0,
        x2: width,
        y1: y - HIGH / 2 + 1,
        y2: y + HIGH / 2 - 1,
      })),
    ),
  ]);
}
