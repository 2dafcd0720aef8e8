import { formatDecimal } from '../../common/relations/words.ts';
import type { Line } from './number-line.ts';

const WIDTH = 196;
const HEIGHT = 41;

/** Printed is hollow, computed is filled, on one axis: told by shape, so that it prints and survives forced colours. */
export function NumberLine({ line, label, tone }: { line: Line; label: string; tone: 'plain' | 'bad' | 'warn' }) {
  const { printed, computed, ticks, from, to } = line;
  const x = (value: number): number => ((value - from) / (to - from)) * WIDTH;
  const isPoint = printed.low === printed.high;
  return (
    <svg
      className="relation-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
      data-tone={tone}
    >
      <path className="axis" d={`M0 25H${WIDTH}`} />
      {ticks.map((tick) => (
        <g key={tick}>
          <path className="axis" d={`M${x(tick)} 25v3`} />
          <text x={x(tick)} y={38} textAnchor="middle">
            {formatDecimal(tick)}
          </text>
        </g>
      ))}
      {isPoint ? (
        <circle className="hollow" cx={x(printed.at)} cy={6} r={3.5} />
      ) : (
        <rect
          className="hollow"
          x={x(printed.low)}
          y={2}
          width={Math.max(2, x(printed.high) - x(printed.low))}
          height={8}
        />
      )}
      {computed.low === computed.high ? null : (
        <>
          <path className="span" d={`M${x(computed.low)} 18H${x(computed.high)}`} />
          <path className="cap" d={`M${x(computed.low)} 14v8M${x(computed.high)} 14v8`} />
        </>
      )}
      <circle className="filled" cx={x(computed.at)} cy={18} r={3.2} />
    </svg>
  );
}
