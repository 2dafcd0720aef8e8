import type { Look } from '../passages/shapes.ts';
import type { MatchLook } from '../types.ts';
import { secretName, FrameSheet, type Frame } from './frame-style.ts';
import type { Paints } from './paints.ts';

/** Ranges with the same look. */
export interface Fills {
  readonly look: Look;
  readonly isCurrent: boolean;
  readonly ranges: readonly Range[];
}

/** Matches of a search, and the current one. */
export interface Matches {
  readonly others: readonly Range[];
  readonly current: readonly Range[];
  readonly look: MatchLook;
}

/**
 * Fills of passages and matches, drawn with the CSS Custom Highlight API: they stay on the text when the page scrolls a
 * part of itself, and lie below elements that cover the text. Only ranges near the viewport are registered: 2,000
 * highlights on a huge page cost 62 ms per scroll step.
 */
export class FillLayer {
  readonly #frame: Frame;
  readonly #paints: Paints;
  readonly #sheet: FrameSheet;
  readonly #names = new Map<string, string>();
  #rules = '';

  constructor(frame: Frame, paints: Paints) {
    this.#frame = frame;
    this.#paints = paints;
    this.#sheet = new FrameSheet(frame);
  }

  show(fills: readonly Fills[], matches: Matches): void {
    const { CSS, Highlight } = this.#frame.window;
    for (const name of this.#names.values()) CSS.highlights.delete(name);
    for (const { look, isCurrent, ranges } of fills) {
      const name = this.#name(
        `${look.family} ${look.colour} ${isCurrent}`,
        background(this.#paints.fill(look, isCurrent)),
      );
      CSS.highlights.set(name, new Highlight(...ranges));
    }
    this.#showMatches(matches.look, matches.others, false);
    this.#showMatches(matches.look, matches.current, true);
  }

  destroy(): void {
    for (const name of this.#names.values()) this.#frame.window.CSS.highlights.delete(name);
    this.#sheet.remove();
  }

  #showMatches(look: MatchLook, ranges: readonly Range[], isOn: boolean): void {
    const { CSS, Highlight } = this.#frame.window;
    const found = new Highlight(...ranges);
    found.priority = isOn ? 2 : 1;
    // With forced colours, matches use Mark and the current one Highlight.
    const forced = isOn ? 'Highlight' : 'Mark';
    const name = this.#name(`${look}${isOn ? ' current' : ''}`, this.#matchRule(look, isOn), forced, `${forced}Text`);
    CSS.highlights.set(name, found);
  }

  /**
   * A difference may be on a passage whose colour must stay visible, so a line shows whether it was removed or added.
   */
  #matchRule(look: MatchLook, isOn: boolean): string {
    const { match, currentMatch, removed, added } = this.#paints;
    if (look === 'found') return background(isOn ? currentMatch : match);
    if (isOn) return background(`color-mix(in srgb, ${currentMatch} 60%, transparent)`);
    const [colour, line] = look === 'gone' ? [removed, 'line-through'] : [added, 'underline'];
    const wash = background(`color-mix(in srgb, ${colour} 16%, transparent)`);
    return `${wash} text-decoration: ${line} 2px ${colour} !important;`;
  }

  /** With forced colours a passage shows its stroke only. */
  #name(key: string, rule: string, forced = 'transparent', forcedInk = 'CanvasText'): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = secretName('fill');
    this.#names.set(key, name);
    this.#rules += `::highlight(${name}) { ${rule} }
      @media (forced-colors: active) {
        ::highlight(${name}) { background-color: ${forced} !important; color: ${forcedInk} !important; forced-color-adjust: none; }
      }\n`;
    this.#sheet.set(this.#rules);
    return name;
  }
}

const background = (colour: string): string => `background-color: ${colour} !important;`;
