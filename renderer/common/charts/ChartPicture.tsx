import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { drawChart } from './draw.ts';
import type { Chart, ChartMark } from './chart.ts';
import { goTo, useCharts } from './state.ts';

/** A click within this distance of a mark counts as on it, in CSS pixels: a day is only two pixels wide. */
const NEAR = 3;

/** The picture of a chart, drawn for its width. One tab stop: arrows go from mark to mark, Enter opens what the mark stands for. */
export function ChartPicture({ chart }: { chart: Chart }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const cursor = useRef<HTMLButtonElement>(null);
  const name = `f${useId().replaceAll(/\W/g, '')}`;
  const width = useWidth(place);
  const drawn = useMemo(() => {
    if (width === 0) return null;
    const svg = drawChart(chart, width, name);
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', chart.title);
    return svg;
  }, [chart, width, name]);
  const [boxes, setBoxes] = useState<Boxes>(() => NO_BOXES);
  const [hovered, setHovered] = useState<string | null>(null);
  const [isFocused, setFocused] = useState(false);
  const [spoken, setSpoken] = useState('');
  const at = useCharts((state) => state.marks.get(chart.id));
  const byKey = useMemo(() => new Map(chart.marks.map((mark) => [mark.key, mark])), [chart]);
  const current = (at === undefined ? undefined : byKey.get(at)) ?? chart.marks[0];
  const picture = useCallback(
    (inside: HTMLElement | null) => {
      if (inside === null || drawn === null) return;
      inside.replaceChildren(drawn);
      // Marks have a place only once they are on the page.
      setBoxes((): Boxes => (key) => boxIn(inside, key));
    },
    [drawn],
  );
  const go = (mark: ChartMark | undefined): void => {
    if (mark === undefined) return;
    goTo(chart.id, mark.key);
    setSpoken(mark.label);
    cursor.current?.focus();
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (current === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const to = nextMark(event.key, chart.marks, current, boxes);
    if (to === null) return;
    event.preventDefault();
    go(to);
  };
  const shown = (hovered === null ? undefined : byKey.get(hovered)) ?? (isFocused ? current : undefined);
  return (
    <div ref={setPlace} className="chart" data-drawn={drawn !== null || undefined}>
      {/* By keyboard, marks are reached with the arrow keys. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div
        ref={picture}
        className="chart-picture"
        onMouseMove={(event) => setHovered(keyAt(event))}
        onMouseLeave={() => setHovered(null)}
        onClick={(event) => {
          const mark = byKey.get(keyAt(event) ?? '');
          go(mark);
          mark?.run();
        }}
      />
      {current === undefined ? null : (
        <button
          ref={cursor}
          type="button"
          className="chart-cursor"
          aria-label={current.label}
          style={styleOf(boxes(current.key))}
          onKeyDown={keyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onClick={() => {
            goTo(chart.id, current.key);
            current.run();
          }}
        />
      )}
      {shown === undefined ? null : <MarkTip label={shown.label} box={boxes(shown.key)} width={width} />}
      <span className="unseen" role="status">
        {spoken}
      </span>
    </div>
  );
}

/** The label of a mark, above it, or below it if there is no room above. */
function MarkTip({ label, box, width }: { label: string; box: Box | null; width: number }) {
  if (box === null) return null;
  const isLate = box.left > width / 2;
  const style: CSSProperties = {
    ...(isLate ? { right: width - box.left - box.width } : { left: box.left }),
    ...(box.top < TIP_ROOM
      ? { top: box.top + box.height + NEAR }
      : { bottom: `calc(100% - ${String(box.top - NEAR)}px)` }),
  };
  return (
    <span className="chart-tip" aria-hidden style={style}>
      <bdi>{label}</bdi>
    </span>
  );
}
const TIP_ROOM = 40;

function useWidth(element: HTMLElement | null): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (element === null) return undefined;
    // The observer also reports the first width.
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

type Boxes = (key: string) => Box | null;
const NO_BOXES: Boxes = () => null;
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const styleOf = (box: Box | null): CSSProperties =>
  box === null ? {} : { left: box.left, top: box.top, width: box.width, height: box.height };

/** Where a mark is drawn, in CSS pixels from the corner of the picture. */
function boxIn(picture: Element, key: string): Box | null {
  const shape = picture.querySelector(`[data-mark="${CSS.escape(key)}"]`)?.getBoundingClientRect();
  if (shape === undefined) return null;
  const corner = picture.getBoundingClientRect();
  return { left: shape.left - corner.left, top: shape.top - corner.top, width: shape.width, height: shape.height };
}

/** The mark under the pointer, or one very near to it. */
function keyAt({ clientX, clientY }: MouseEvent): string | null {
  for (const dx of [0, -NEAR, NEAR]) {
    const shape = document.elementFromPoint(clientX + dx, clientY)?.closest('[data-mark]');
    const key = shape?.getAttribute('data-mark');
    if (key !== null && key !== undefined) return key;
  }
  return null;
}

/** The mark to which a key moves from the current one; null if the key moves nothing, undefined if there is no mark in that direction. */
function nextMark(
  key: string,
  marks: readonly ChartMark[],
  from: ChartMark,
  boxes: Boxes,
): ChartMark | null | undefined {
  const lane = marks.filter((mark) => mark.lane === from.lane);
  const at = lane.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return lane[at + 1];
    case 'ArrowLeft':
      return lane[at - 1];
    case 'Home':
      return lane[0];
    case 'End':
      return lane.at(-1);
    case 'ArrowDown':
      return nearest(laneBeside(marks, from.lane, 1), from, boxes);
    case 'ArrowUp':
      return nearest(laneBeside(marks, from.lane, -1), from, boxes);
    default:
      return null;
  }
}

/** The next lane up or down that has marks. */
function laneBeside(marks: readonly ChartMark[], lane: number, step: 1 | -1): readonly ChartMark[] {
  const distances = marks.map((mark) => (mark.lane - lane) * step).filter((distance) => distance > 0);
  const next = lane + step * Math.min(...distances);
  return marks.filter((mark) => mark.lane === next);
}

function nearest(lane: readonly ChartMark[], from: ChartMark, boxes: Boxes): ChartMark | undefined {
  const middleOf = ({ key }: ChartMark): number => {
    const box = boxes(key);
    return box === null ? Number.POSITIVE_INFINITY : box.left + box.width / 2;
  };
  const middle = middleOf(from);
  const distances = lane.map((mark) => Math.abs(middleOf(mark) - middle));
  return lane[distances.indexOf(Math.min(...distances))];
}
