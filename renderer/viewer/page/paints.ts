import { type Look, svgElement } from '../passages/shapes.ts';

/** Colours of the app’s design tokens, for a frame, where the tokens are not defined. */
export interface Paints {
  fill(look: Look, isCurrent: boolean): string;
  stroke(look: Look): string;
  readonly match: string;
  /** The current match. */
  readonly currentMatch: string;
  /** Words that the newer of two versions no longer has. */
  readonly removed: string;
  /** Words that are new in it. */
  readonly added: string;
  readonly selection: string;
  readonly grip: string;
}

/**
 * Reads the colours from probe elements on light paper: a frozen page keeps its own colours in every theme. `within` is
 * an element that the app’s style sheet applies to.
 */
export function readPaints(within: HTMLElement): Paints {
  const probe = <T>(className: string, colour: string | undefined, read: (style: CSSStyleDeclaration) => T): T => {
    const svg = svgElement('svg', { 'aria-hidden': 'true' });
    svg.style.cssText = 'color-scheme: light; position: absolute; visibility: hidden; width: 0; height: 0';
    const path = svgElement('path', { class: className });
    if (colour !== undefined) path.style.setProperty('--own', colour);
    svg.append(path);
    within.append(svg);
    const value = read(getComputedStyle(path));
    svg.remove();
    return value;
  };
  const token = (name: string): string =>
    probe('', undefined, (style) => {
      const value = style.getPropertyValue(name).trim();
      return value === '' ? 'Highlight' : lightOf(within, value);
    });
  return {
    fill: memoized(({ family, colour }: Look, isCurrent: boolean) =>
      probe(`passage-fill f-${family}${isCurrent ? ' is-current' : ''}`, colour, (style) =>
        style.fill === 'none' ? 'transparent' : translucent(style.fill, style.fillOpacity),
      ),
    ),
    stroke: memoized(({ family, colour }: Look) =>
      probe(`passage-stroke f-${family}`, colour, (style) => style.stroke),
    ),
    match: token('--find'),
    currentMatch: token('--find-on'),
    removed: token('--bad'),
    added: token('--ok'),
    selection: token('--sel'),
    grip: token('--accent'),
  };
}

const translucent = (colour: string, alpha: string): string =>
  `color-mix(in srgb, ${colour} ${Math.round(Number(alpha) * 100)}%, transparent)`;

/** Resolves a colour, which may be `light-dark()`, to its value on light paper. */
function lightOf(within: HTMLElement, value: string): string {
  const probe = document.createElement('span');
  probe.style.colorScheme = 'light';
  probe.style.color = value;
  within.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Reads each value once: a probe costs a style recalculation. */
function memoized<A extends readonly unknown[], T>(read: (...args: A) => T): (...args: A) => T {
  const known = new Map<string, T>();
  return (...args) => {
    const key = JSON.stringify(args);
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const value = read(...args);
    known.set(key, value);
    return value;
  };
}
