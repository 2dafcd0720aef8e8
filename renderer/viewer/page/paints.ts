import { PLAIN_FAMILY } from '../passages/strokes.ts';

/** Colours as a frame's style sheet can use them: the tokens of the app do not reach into it. */
export interface Paints {
  fill(family: string, isCurrent: boolean): string;
  stroke(family: string): string;
  readonly hit: string;
  readonly selection: string;
  readonly grip: string;
}

/**
 * Reads the tokens as they are on light paper: a frozen page keeps its own colours, whatever the app wears. `within` is
 * an element of the app that the tokens reach.
 */
export function readPaints(within: HTMLElement): Paints {
  const known = new Map<string, string>();
  const colour = (value: string): string => {
    const there = known.get(value);
    if (there !== undefined) return there;
    const probe = document.createElement('span');
    probe.hidden = true;
    probe.style.colorScheme = 'light';
    probe.style.color = value;
    within.append(probe);
    const read = getComputedStyle(probe).color;
    probe.remove();
    known.set(value, read);
    return read;
  };
  const stroke = (family: string): string => (family === PLAIN_FAMILY ? 'var(--ink-3)' : `var(--f-${family})`);
  return {
    fill: (family, isCurrent) =>
      colour(`color-mix(in srgb, ${stroke(family)} var(${isCurrent ? '--hl-on-l' : '--hl-l'}), transparent)`),
    stroke: (family) => colour(stroke(family)),
    hit: colour('var(--find)'),
    selection: colour('var(--sel)'),
    grip: colour('var(--accent)'),
  };
}
