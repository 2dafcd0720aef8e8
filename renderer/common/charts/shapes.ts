import {
  dot,
  link,
  rect,
  text,
  type DotOptions,
  type LinkOptions,
  type Markish,
  type RectOptions,
  type TextOptions,
} from '@observablehq/plot';
import { asIs, named } from './chart.ts';

/** A shape in CSS pixels from the upper left corner of a chart. A shape with a key is that mark of the chart. */
interface Shape {
  readonly key?: string;
}

export interface Block extends Shape {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  /** A colour as a value of SVG, or a pattern. Default of `fill` and `stroke`: none. */
  readonly fill?: string;
  readonly stroke?: string;
}

export interface Label extends Shape {
  readonly x: number;
  /** The vertical middle. */
  readonly y: number;
  readonly text: string;
  /** `var(--ink)` by default. */
  readonly fill?: string;
}

export interface Dot extends Shape {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly fill?: string;
  readonly stroke?: string;
}

export interface Line extends Shape {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  /** `var(--rule)` by default. */
  readonly stroke?: string;
}

const own = (field: string) => ({ value: field, scale: null });
const CORNERS = { x1: own('x1'), x2: own('x2'), y1: own('y1'), y2: own('y2') };

export const blocks = (all: readonly Block[], options: RectOptions = {}): Markish =>
  rect(all, {
    ...CORNERS,
    fill: asIs(({ fill = 'none' }: Block) => fill),
    stroke: asIs(({ stroke = 'none' }: Block) => stroke),
    render: named(all),
    ...options,
  });

export const lines = (all: readonly Line[], options: LinkOptions = {}): Markish =>
  link(all, { ...CORNERS, stroke: asIs(({ stroke = 'var(--rule)' }: Line) => stroke), render: named(all), ...options });

export const dots = (all: readonly Dot[], options: DotOptions = {}): Markish =>
  dot(all, {
    x: own('x'),
    y: own('y'),
    r: own('r'),
    fill: asIs(({ fill = 'none' }: Dot) => fill),
    stroke: asIs(({ stroke = 'none' }: Dot) => stroke),
    render: named(all),
    ...options,
  });

/** Texts. To cut them at a width, give `lineWidth` in ems, and `textOverflow`. */
export const labels = (all: readonly Label[], options: TextOptions = {}): Markish =>
  text(all, {
    x: own('x'),
    y: own('y'),
    text: 'text',
    fill: asIs(({ fill = 'var(--ink)' }: Label) => fill),
    render: named(all),
    ...options,
  });

/** Plot options of a chart whose shapes are all in pixels. */
export const inPixels = (height: number, marks: readonly Markish[]) => ({
  height,
  margin: 0,
  x: { type: 'identity' as const, axis: null },
  y: { type: 'identity' as const, axis: null },
  marks: [...marks],
});
