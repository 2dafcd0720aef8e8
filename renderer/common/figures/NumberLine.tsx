import { formatDecimal } from '../relations/words.ts';
import type { Line, LineRow } from './number-line.ts';

const WIDTH = 196;
const FIRST = 6;
/** Height of a row; the names beside the line have the same height. */
const STEP = 12;

/**
 * Values with their intervals on one axis: printed values hollow, computed ones filled. The shape tells them apart without colour, on paper
 * and in forced colours.
 */
export function NumberLine({ line, label, tone }: { line: Line; label: string; tone: 'plain' | 'bad' | 'warn' }) {
  const { rows, ticks, from, to } = line;
  const x = (value: number): number => ((value - from) / (to - from)) * WIDTH;
  const axis = FIRST + rows.length * STEP - 5;
  return (
    <svg
      className="number-line"
      viewBox={`0 0 ${WIDTH} ${axis + 16}`}
      width={WIDTH}
      height={axis + 16}
      role="img"
      aria-label={label}
      data-tone={tone}
    >
      <path className="axis" d={`M0 ${axis}H${WIDTH}`} />
      {ticks.map((tick) => (
        <g key={tick}>
          <path className="axis" d={`M${x(tick)} ${axis}v3`} />
          <text x={x(tick)} y={axis + 13} textAnchor="middle">
            {formatDecimal(tick)}
          </text>
        </g>
      ))}
      {rows.map((row, at) => (
        <Row key={at} row={row} y={FIRST + at * STEP} x={x} />
      ))}
    </svg>
  );
}

function Row({ row: { low, high, at, look }, y, x }: { row: LineRow; y: number; x: (value: number) => number }) {
  const [start, end] = [low === null ? 0 : x(low), high === null ? WIDTH : x(high)];
  if (look === 'hollow')
    return low === high ? (
      <circle className="hollow" cx={x(at)} cy={y} r={3.5} />
    ) : (
      <rect className="hollow" x={start} y={y - 4} width={Math.max(2, end - start)} height={8} />
    );
  const caps = [low === null ? '' : `M${start} ${y - 4}v8`, high === null ? '' : `M${end} ${y - 4}v8`].join('');
  return (
    <>
      {low === high ? null : (
        <>
          <path className="span" d={`M${start} ${y}H${end}`} />
          <path className="cap" d={caps} />
        </>
      )}
      <circle className="filled" cx={x(at)} cy={y} r={3.2} />
    </>
  );
}
