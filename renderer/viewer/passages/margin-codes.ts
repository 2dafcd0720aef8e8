import type { DrawnPassage } from '../types.ts';
import { placeCodes } from './margin.ts';
import { rootPixels } from './root-pixels.ts';
import { lookOf } from './strokes.ts';

/** Words in the margin, in the person's language. */
export interface CodeLabels {
  /** What a passage without a tag is called. */
  readonly untagged: string;
  /** The name of the button of a passage with these codes, and of how many others that share its place. */
  code(codes: readonly string[], others: number): string;
}

/** Height of one code in rem, as `--margin-code`: its line and the air that keeps two apart. */
const CODE_HEIGHT = 1.25;

/** A passage, and the top of its first line in the page's own pixels. */
export interface MarginCode {
  readonly passage: DrawnPassage;
  readonly top: number;
}

/**
 * Puts each passage's code into the margin, at the height of its first line. Codes are buttons for the pointer and for
 * screen readers, but no tab stops: a page can have hundreds, and J and K go from passage to passage.
 */
export function showCodes(
  margin: HTMLElement,
  codes: readonly MarginCode[],
  pageHeight: number,
  current: string | null,
  labels: CodeLabels,
): void {
  const byId = new Map(codes.map(({ passage }) => [passage.id, passage]));
  const wanted = codes.map(({ passage, top }) => ({ id: passage.id, top }));
  const placed = placeCodes(wanted, CODE_HEIGHT * rootPixels(), 0, pageHeight, current);
  margin.replaceChildren(
    ...placed.flatMap(({ top, ids }) => {
      const passage = byId.get(ids[0] ?? '');
      return passage === undefined ? [] : [codeButton(passage, ids, top, passage.id === current, labels)];
    }),
  );
}

function codeButton(
  passage: DrawnPassage,
  ids: readonly string[],
  top: number,
  isCurrent: boolean,
  labels: CodeLabels,
): HTMLButtonElement {
  const [first, ...more] = passage.codes;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'margin-code';
  button.tabIndex = -1;
  // A passage is dragged elsewhere by its code; whoever shows it listens for `dragstart`.
  button.draggable = true;
  button.dataset['passages'] = ids.join(' ');
  button.style.top = `${Math.round(top)}px`;
  button.title = labels.code(passage.codes, ids.length - 1);
  if (isCurrent) button.setAttribute('aria-current', 'true');
  const [family = '', ...rest] = (first ?? '').split('.');
  if (first === undefined) button.append(part('code', labels.untagged));
  else {
    const look = lookOf(passage);
    const sign = part(`family-sign f-${look.family}`, family);
    if (look.colour !== undefined) sign.style.setProperty('--own', look.colour);
    button.append(sign);
    if (rest.length > 0) button.append(part('code', rest.join('.')));
  }
  const others = more.length + ids.length - 1;
  if (others > 0) button.append(part('more', `+${others}`));
  return button;
}

function part(className: string, text: string): HTMLSpanElement {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

/** The passages whose code in the margin this is, or is in; none for anything else. */
export function passagesOfCode(target: EventTarget | null): string[] {
  const button = target instanceof Element ? target.closest('[data-passages]') : null;
  return button instanceof HTMLElement ? (button.dataset['passages'] ?? '').split(' ') : [];
}
