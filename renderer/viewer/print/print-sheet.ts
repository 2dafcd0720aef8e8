import type { Frame } from '../page/frame-style.ts';
import { showPaths, svgElement } from '../passages/shapes.ts';
import { placeCodes } from '../passages/margin.ts';
import { lookOf } from '../passages/strokes.ts';
import type { PageDrawing } from '../pdf/page-passages.ts';
import { made } from './own-document.ts';
import { shortTitle, type Foot } from './print-frame.ts';

export interface Sheet {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
}

/** What a sheet shows of a page, in the page's unit: all of it, or a part from `top` down. */
export interface Part {
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

/** A sheet of paper with its foot, and nothing on it yet. `label` says which it is: `page 3 of 12`. */
export function emptySheet(
  frame: Frame,
  { width, height }: Pick<Part, 'width' | 'height'>,
  foot: Foot,
  label: string,
  hasCodes: boolean,
): Sheet {
  const content = made(frame, 'div', { class: 'printed-page', style: `--aspect: ${width / height}` });
  const feet = made(
    frame,
    'footer',
    { class: 'printed-foot' },
    made(frame, 'bdi', {}, shortTitle(foot.title)),
    made(frame, 'span', {}, label),
    made(frame, 'span', { class: 'code' }, `sha256 ${foot.sha256}`),
  );
  const classes = ['printed-sheet', ...(width > height ? ['is-lying'] : []), ...(hasCodes ? ['has-codes'] : [])];
  return { element: made(frame, 'section', { class: classes.join(' ') }, content, feet), content };
}

/** A picture, as soon as it is there: the printer does not wait. */
export async function shown(frame: Frame, src: string): Promise<HTMLElement> {
  const image = frame.document.createElement('img');
  image.alt = '';
  image.src = src;
  await image.decode();
  return image;
}

/** The drawing over what a sheet shows of the page. */
export function marks(frame: Frame, { paths }: PageDrawing, { width, height, top }: Part): SVGElement {
  const svg = svgElement('svg', { class: 'page-drawing', viewBox: `0 ${top} ${width} ${height}` });
  const group = svgElement('g');
  showPaths(group, paths);
  svg.append(group);
  return frame.document.adoptNode(svg);
}

/** Codes beside the lines where their passages begin, none over another; tops are shares of the height. `codeHeight` is in the page's unit. */
export function codes(frame: Frame, { codes: wanted }: PageDrawing, part: Part, codeHeight: number): HTMLElement[] {
  const { height } = part;
  const byId = new Map(wanted.map(({ passage }) => [passage.id, passage]));
  const tops = wanted
    .map(({ passage, quad }) => ({ id: passage.id, top: Math.min(quad[1], quad[3], quad[5], quad[7]) - part.top }))
    .filter(({ top }) => top < height && (top >= 0 || part.top === 0));
  return placeCodes(tops, codeHeight, 0, height).map(({ ids, top }) => {
    const [first] = ids.flatMap((id) => byId.get(id) ?? []);
    const all = ids.flatMap((id) => byId.get(id)?.codes ?? []);
    const look = lookOf(first);
    const style = `top: ${(100 * top) / height}%`;
    const code = made(frame, 'span', { class: `printed-code f-${look.family}`, style }, all.join(' '));
    if (look.colour !== undefined) code.style.setProperty('--own', look.colour);
    return code;
  });
}
