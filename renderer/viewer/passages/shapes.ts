import type { Quad } from '../../../shared/model/index.ts';
import type { DrawnPassage, MatchLook } from '../types.ts';
import { FIGURE_FAMILIES } from './figure-looks.ts';
import { isMaskLook } from './mask-looks.ts';

/**
 * The stroke under a passage, by the family of its first tag: colour is never the only distinction. Lengths are CSS
 * pixels at 100%; the drawing scales them with the page. They repeat `--dash` and `--line` of
 * renderer/styles/tokens.css, which do not reach a frozen page’s frame; a test compares the two.
 */
interface StrokeLine {
  readonly width: number;
  /** Lengths of dashes and gaps; empty for a solid line. */
  readonly dash: readonly number[];
  /** How far the line's middle lies below the edge of the text. */
  readonly below: number;
}

const solid = (width: number): readonly StrokeLine[] => [{ width, dash: [], below: width / 2 }];
const dashed = (width: number, ...dash: readonly number[]): readonly StrokeLine[] => [
  { width, dash, below: width / 2 },
];

/** Looks like a ruler: ticks on a thin line. */
const RULER: readonly StrokeLine[] = [
  { width: 1, dash: [], below: 3.5 },
  { width: 3, dash: [1, 5], below: 1.5 },
];

const STROKES: Readonly<Record<string, readonly StrokeLine[]>> = {
  sys: solid(3),
  trf: solid(2),
  trn: dashed(2, 8, 4),
  mon: dashed(2, 2, 3),
  lnd: dashed(2, 8, 3, 2, 3),
  man: [
    { width: 1, dash: [], below: 0.5 },
    { width: 1, dash: [], below: 3 },
  ],
  plc: dashed(2, 14, 4),
  gra: dashed(2, 4, 3),
  grp: dashed(2, 8, 3, 2, 3, 2, 3),
  aim: solid(1),
  rsk: dashed(3, 6, 4),
  fig: RULER,
};

/** The lines under figures, while they are shown instead of passages. */
const FIGURES: Readonly<Record<string, readonly StrokeLine[]>> = Object.fromEntries(
  (
    [
      [FIGURE_FAMILIES.found, dashed(2, 2, 3)],
      [FIGURE_FAMILIES.confirmed, RULER],
      [FIGURE_FAMILIES.open, dashed(2, 6, 3)],
    ] as const
  ).flatMap(([looks, lines]) => looks.map((look): [string, readonly StrokeLine[]] => [look, lines])),
);

/** The family whose look passages without tags have. */
export const PLAIN_FAMILY = 'none';
const PLAIN: readonly StrokeLine[] = dashed(2, 1, 3);
/** A family created in the project, whose colour is stored data. */
export const OWN_FAMILY = 'own';
const OWN: readonly StrokeLine[] = dashed(2, 3, 3, 6, 3);

/** The line under masked words. */
const MASK: readonly StrokeLine[] = dashed(2, 6, 3);

/** Lines drawn under a passage of this family. */
export const strokeOf = (family: string): readonly StrokeLine[] =>
  STROKES[family] ?? FIGURES[family] ?? (family === OWN_FAMILY ? OWN : isMaskLook(family) ? MASK : PLAIN);

/** The line under suggested words, whatever their family: a family’s own line means that the words are tagged. */
const SUGGESTED: readonly StrokeLine[] = dashed(2, 2, 3);
/** The line under a clause that is suggested because it resembles passages: longer, thinner dashes. */
const LEARNED: readonly StrokeLine[] = dashed(1, 7, 4);

/** Height of one lane of strokes. */
export const LANE_HEIGHT = 4;

/** A passage’s look: its family, and the colour of a family created in the project. */
export interface Look {
  readonly family: string;
  readonly colour?: string;
  /** Whether the words are only suggested. */
  readonly suggested?: true;
  /** Whether they are suggested because they resemble passages. */
  readonly learned?: true;
}
/** The look of a passage. An unknown family without a colour gets the look of passages without tags. */
export function lookOf(passage: Pick<DrawnPassage, 'families' | 'colour' | 'suggested' | 'learned'> | undefined): Look {
  if (passage?.suggested !== true) return familyLook(passage);
  return { ...familyLook(passage), suggested: true, ...(passage.learned === true ? { learned: true } : {}) };
}

function familyLook(passage: Pick<DrawnPassage, 'families' | 'colour'> | undefined): Look {
  const [family] = passage?.families ?? [];
  if (family === undefined || Object.hasOwn(STROKES, family) || Object.hasOwn(FIGURES, family) || isMaskLook(family))
    return { family: family ?? PLAIN_FAMILY };
  return passage?.colour === undefined ? { family: PLAIN_FAMILY } : { family: OWN_FAMILY, colour: passage.colour };
}

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
  /** The colour of a family created in the project. */
  readonly colour?: string;
}

const short = (value: number): number => Math.round(value * 100) / 100;

const HUNDREDTHS = Array.from({ length: 100 }, (_, n) => String(n / 100).slice(1));
/**
 * `short` as text. A drawing has 60,000 numbers, and writing them takes most of the time for its paths; writing two whole numbers is a
 * third faster. Hundredths as whole numbers, under a scale, would be no faster: V8 caches the text of small numbers only.
 */
export function written(value: number): string {
  const hundredths = Math.round(value * 100);
  if (!(hundredths >= 0 && hundredths < 2 ** 31)) return String(hundredths / 100);
  const whole = Math.floor(hundredths / 100);
  return `${whole}${HUNDREDTHS[hundredths - whole * 100] ?? ''}`;
}

/**
 * All passages of one page as a few paths: one per family for fills, one or two per family for strokes (5,000 elements
 * cost ten times as much as 30 paths). `unit` is one CSS pixel at 100% in the drawing’s units.
 */
export function passagePaths(fills: readonly Fill[], strokes: readonly Stroke[], unit: number): DrawnPath[] {
  return [...fillPaths(fills), ...strokePaths(strokes, unit)];
}

/** Most looks are only a family, which then is the key: joining a text for each of thousands of shapes is slow. */
const lookKey = ({ family, colour, suggested, learned }: Look): string =>
  colour === undefined && suggested === undefined && learned === undefined
    ? family
    : `${family} ${colour ?? ''} ${suggested ?? ''} ${learned ?? ''}`;
const colourOf = ({ colour }: Look): { colour?: string } => (colour === undefined ? {} : { colour });

function fillPaths(fills: readonly Fill[]): DrawnPath[] {
  const alike = Map.groupBy(fills, (fill) => (fill.current ? `${lookKey(fill)} current` : lookKey(fill)));
  return [...alike.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const className = `passage-fill f-${first.family}${first.current ? ' is-current' : ''}`;
    let d = '';
    for (const { quads } of members) for (const quad of quads) d += outline(quad);
    return [{ className, d, width: null, dash: [], ...colourOf(first) }];
  });
}

/**
 * A quad as a closed subpath. Upright text needs five numbers instead of eight, and writing numbers takes most of the
 * time.
 */
export function outline([x1, y1, x2, y2, x3, y3, x4, y4]: Quad): string {
  if (y1 === y2 && x2 === x3 && y3 === y4 && x4 === x1)
    return `M${written(x1)} ${written(y1)}H${written(x2)}V${written(y3)}H${written(x1)}Z`;
  return `M${written(x1)} ${written(y1)}L${written(x2)} ${written(y2)}L${written(x3)} ${written(y3)}L${written(x4)} ${written(y4)}Z`;
}

function strokePaths(strokes: readonly Stroke[], unit: number): DrawnPath[] {
  return [...Map.groupBy(strokes, lookKey).values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const suggested = first.learned === true ? LEARNED : SUGGESTED;
    const lines = first.suggested === true ? suggested : strokeOf(first.family);
    return lines.map((line) => ({
      className: `passage-stroke f-${first.family}`,
      d: underlines(members, line.below, unit),
      width: line.width * unit,
      dash: line.dash.map((length) => length * unit),
      ...colourOf(first),
    }));
  });
}

function underlines(strokes: readonly Stroke[], below: number, unit: number): string {
  let d = '';
  for (const { quads, lane } of strokes)
    for (const quad of quads) d += underline(quad, (below + lane * LANE_HEIGHT) * unit);
  return d;
}

/** The line along a quad's lower edge, `below` units away from the text. */
function underline([x1, y1, x2, y2, , , x4, y4]: Quad, below: number): string {
  if (y1 === y2 && x1 === x4) return `M${written(x1)} ${written(y1 + Math.sign(y1 - y4) * below)}H${written(x2)}`;
  const height = Math.sqrt((x1 - x4) ** 2 + (y1 - y4) ** 2) || 1;
  const dx = ((x1 - x4) / height) * below;
  const dy = ((y1 - y4) / height) * below;
  return `M${written(x1 + dx)} ${written(y1 + dy)}L${written(x2 + dx)} ${written(y2 + dy)}`;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Shows these paths in an SVG group, and no others. Paths that have not changed are not touched, so that the browser does not parse and
 * paint them again.
 */
export function showPaths(group: SVGGElement, paths: readonly DrawnPath[]): void {
  const drawn = paths.filter((path) => path.d !== '');
  const known = [...group.querySelectorAll('path')];
  for (const node of known.splice(drawn.length)) node.remove();
  for (const [at, path] of drawn.entries()) {
    const node = known[at] ?? group.appendChild(document.createElementNS(SVG, 'path'));
    change(node, 'class', path.className);
    change(node, 'd', path.d);
    change(node, 'stroke-width', path.width === null ? null : String(short(path.width)));
    change(node, 'stroke-dasharray', path.dash.length === 0 ? null : path.dash.map(short).join(' '));
    // Set as a property, not an attribute: the colour is data of a project.
    const colour = path.colour ?? '';
    if (node.style.getPropertyValue('--own') !== colour) node.style.setProperty('--own', colour);
  }
}

function change(node: Element, name: string, value: string | null): void {
  if (node.getAttribute(name) === value) return;
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

/** Creates an SVG element with attributes. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** Half the width of the ticks at a mark’s ends, CSS pixels. */
const TICK = 3;

/**
 * The path that marks where only the other version has words: an upright line with ticks at its ends; y grows
 * downwards.
 */
export function gapMark(x: number, top: number, bottom: number, unit = 1): string {
  const tick = TICK * unit;
  return `M${x - tick} ${top}H${x + tick}M${x} ${top}V${bottom}M${x - tick} ${bottom}H${x + tick}`;
}

/**
 * Lines that distinguish differences without colour: through the middle of removed words, under added ones. Matches of a search have none.
 * Each quad starts at its lower start corner.
 */
export function differingLines(quads: readonly Quad[], look: MatchLook): string {
  if (look === 'found') return '';
  const up = look === 'gone' ? 0.45 : 0;
  return quads
    .map(([x1, y1, x2, y2, x3, y3, x4, y4]) => {
      const from = [x1 + (x4 - x1) * up, y1 + (y4 - y1) * up];
      const to = [x2 + (x3 - x2) * up, y2 + (y3 - y2) * up];
      return `M${from.join(' ')}L${to.join(' ')}`;
    })
    .join('');
}

/** The CSS class of matches. */
export const matchClass = (look: MatchLook): string => (look === 'found' ? 'text-matches' : `text-matches is-${look}`);
/** The CSS class of a mark for words that only the other version has: it takes the opposite look. */
export const gapClass = (look: MatchLook): string => `differing is-${look === 'gone' ? 'new' : 'gone'}`;
