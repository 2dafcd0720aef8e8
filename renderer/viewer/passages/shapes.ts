import type { Quad } from '../../../shared/model/index.ts';
import { LANE_HEIGHT, strokeOf, type Look } from './strokes.ts';

/** A passage's fill over some quads; y grows downwards, each quad starts at the lower start corner. */
export interface Fill extends Look {
  readonly current: boolean;
  readonly quads: readonly Quad[];
}
export interface Stroke extends Look {
  readonly lane: number;
  readonly quads: readonly Quad[];
}
/** One `<path>` of the drawing. */
export interface DrawnPath {
  readonly className: string;
  readonly d: string;
  /** For strokes: in the drawing's units. */
  readonly width: number | null;
  readonly dash: readonly number[];
  /** Where the family's colour is the project's own. */
  readonly colour?: string;
}

const short = (value: number): number => Math.round(value * 100) / 100;

/**
 * All passages of one page as a handful of paths: one a family for its fills, one or two a family for its strokes
 * (5,000 elements cost ten times what 30 paths do). `unit` is one CSS pixel at 100 % in the drawing's units.
 */
export function passagePaths(fills: readonly Fill[], strokes: readonly Stroke[], unit: number): DrawnPath[] {
  return [...fillPaths(fills), ...strokePaths(strokes, unit)];
}

const lookKey = ({ family, colour }: Look): string => `${family} ${colour ?? ''}`;
const colourOf = ({ colour }: Look): { colour?: string } => (colour === undefined ? {} : { colour });

function fillPaths(fills: readonly Fill[]): DrawnPath[] {
  const alike = Map.groupBy(fills, (fill) => `${lookKey(fill)} ${fill.current}`);
  return [...alike.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const className = `passage-fill f-${first.family}${first.current ? ' is-current' : ''}`;
    const d = members.flatMap(({ quads }) => quads.map(outline)).join('');
    return [{ className, d, width: null, dash: [], ...colourOf(first) }];
  });
}

/** A quad as a closed subpath. Upright text needs five numbers instead of eight: most of the time goes into writing them. */
export function outline([x1, y1, x2, y2, x3, y3, x4, y4]: Quad): string {
  if (y1 === y2 && x2 === x3 && y3 === y4 && x4 === x1)
    return `M${short(x1)} ${short(y1)}H${short(x2)}V${short(y3)}H${short(x1)}Z`;
  return `M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}L${short(x3)} ${short(y3)}L${short(x4)} ${short(y4)}Z`;
}

function strokePaths(strokes: readonly Stroke[], unit: number): DrawnPath[] {
  return [...Map.groupBy(strokes, lookKey).values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    return strokeOf(first.family).map((line) => ({
      className: `passage-stroke f-${first.family}`,
      d: members
        .flatMap(({ quads, lane }) => quads.map((quad) => underline(quad, (line.below + lane * LANE_HEIGHT) * unit)))
        .join(''),
      width: line.width * unit,
      dash: line.dash.map((length) => length * unit),
      ...colourOf(first),
    }));
  });
}

/** The line along a quad's lower edge, `below` units away from the text. */
function underline([x1, y1, x2, y2, , , x4, y4]: Quad, below: number): string {
  if (y1 === y2 && x1 === x4) return `M${short(x1)} ${short(y1 + Math.sign(y1 - y4) * below)}H${short(x2)}`;
  const height = Math.sqrt((x1 - x4) ** 2 + (y1 - y4) ** 2) || 1;
  const dx = ((x1 - x4) / height) * below;
  const dy = ((y1 - y4) / height) * below;
  return `M${short(x1 + dx)} ${short(y1 + dy)}L${short(x2 + dx)} ${short(y2 + dy)}`;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Replaces what an SVG group shows by these paths. */
export function showPaths(group: SVGGElement, paths: readonly DrawnPath[]): void {
  const nodes = paths
    .filter((path) => path.d !== '')
    .map((path) => {
      const node = document.createElementNS(SVG, 'path');
      node.setAttribute('class', path.className);
      node.setAttribute('d', path.d);
      if (path.width !== null) node.setAttribute('stroke-width', String(short(path.width)));
      if (path.dash.length > 0) node.setAttribute('stroke-dasharray', path.dash.map(short).join(' '));
      if (path.colour !== undefined) node.style.setProperty('--own', path.colour);
      return node;
    });
  group.replaceChildren(...nodes);
}

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
