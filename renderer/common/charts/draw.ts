import { plot } from '@observablehq/plot';
import type { Chart, PatternName } from './chart.ts';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Draws a chart for a width in CSS pixels. `name` keeps the patterns of several charts on one page apart. `isPlain`: in black, white and
 * grey.
 */
export function drawChart(chart: Chart, width: number, name: string, isPlain = false): SVGElement {
  const idOf = (pattern: PatternName): string => `${name}-${pattern}`;
  const drawn = plot({
    ...chart.draw({ width, pattern: (pattern) => `url(#${idOf(pattern)})`, isPlain }),
    width,
    figure: false,
  });
  // Plot’s own rules scale a chart to its place; ours is drawn again instead, and styled by renderer/common/charts/styles.css.
  drawn.querySelector('style')?.remove();
  // Plot labels its groups for developers; for screen readers the picture has only its title.
  for (const group of drawn.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  if (isPlain)
    for (const property of ['fill', 'stroke'] as const)
      for (const one of drawn.querySelectorAll(`[${property}]`))
        one.setAttribute(property, plainOf(one.getAttribute(property) ?? ''));
  const defs = document.createElementNS(SVG, 'defs');
  defs.append(patternOf(idOf('hatch'), 'path', { d: 'M-1 1 1 -1M0 6 6 0M5 7 7 5', stroke: 'var(--ink-3)' }));
  defs.append(patternOf(idOf('dots'), 'circle', { cx: '2', cy: '2', r: '0.9', fill: 'var(--ink-2)' }));
  drawn.prepend(defs);
  if (!(drawn instanceof SVGElement)) throw new Error('A chart without legends is one SVG');
  return drawn;
}

/** A colour in black, white and grey. */
function plainOf(colour: string): string {
  // Shades of a scale and hover colours become light grey, since the numbers on them are black.
  if (/^var\(--(?:h-\d|hover)\)$/.test(colour)) return 'var(--rule)';
  return /^(?:none|url\(|var\(--(?:ink|rule|surface|paper))/.test(colour) ? colour : 'var(--ink)';
}

function patternOf(id: string, shape: 'path' | 'circle', attributes: Readonly<Record<string, string>>): SVGElement {
  const pattern = document.createElementNS(SVG, 'pattern');
  const size = shape === 'path' ? '6' : '4';
  const all = { id, width: size, height: size, patternUnits: 'userSpaceOnUse' };
  for (const [key, value] of Object.entries(all)) pattern.setAttribute(key, value);
  const inside = document.createElementNS(SVG, shape);
  for (const [key, value] of Object.entries(attributes)) inside.setAttribute(key, value);
  pattern.append(inside);
  return pattern;
}
