import type { DrawnPassage } from '../types.ts';

/** Translated words for screen readers. `words` are the first or last words of the passage. */
export interface EndLabels {
  begins(codes: readonly string[], words: string): string;
  ends(codes: readonly string[], words: string): string;
  /** Tells that `count` more passages begin or end in the same element, and where they are listed. */
  more(count: number): string;
}

/** The text, or a part of it that begins at the offset `start`. */
export interface DescribedText {
  readonly text: string;
  readonly start: number;
  /** The element with the unit at an offset; with `closing`, with the unit before it. */
  readonly elementAt: (offset: number, closing: boolean) => Element | null;
}

/** The longest quotation, code points: Chinese has no spaces. */
const QUOTED = 24;
/** The most sentences for one element: nobody listens to more before its text, and a paragraph can have 10,000 figures. */
const MOST_SAID = 6;
/** The longest wait for an idle moment, ms: there may be none while a page is scrolled. */
const LATEST = 500;
const ATTRIBUTE = 'aria-description';

/**
 * Tells screen readers where passages begin and end, in the descriptions of the elements with their first and last characters. (Extra
 * elements in the text would change offsets and line breaks.) It runs when the browser is idle, so that drawing does not wait for it.
 */
export class PassageDescriptions {
  readonly #labels: EndLabels;
  /** Elements with a description of ours, and the description they had before. */
  #described = new Map<Element, string | null>();
  #request = 0;
  /** The sentences of each passage of this text: translating them for 10,000 passages takes longer than drawing these. */
  #said = new WeakMap<DrawnPassage, Partial<Record<keyof EndLabels, string>>>();
  #of: Pick<DescribedText, 'text' | 'start'> = { text: '', start: 0 };

  constructor(labels: EndLabels) {
    this.#labels = labels;
  }

  /** Describes these passages, and no others. */
  show(passages: readonly DrawnPassage[], text: DescribedText): void {
    cancelIdleCallback(this.#request);
    this.#request = 0;
    if (passages.length === 0 && this.#described.size === 0) return;
    this.#request = requestIdleCallback(() => this.#write(this.#sentences(passages, text)), { timeout: LATEST });
  }

  destroy(): void {
    cancelIdleCallback(this.#request);
    this.#write(new Map());
  }

  #sentences(passages: readonly DrawnPassage[], { text, start, elementAt }: DescribedText): Map<Element, string[]> {
    if (text !== this.#of.text || start !== this.#of.start) this.#said = new WeakMap();
    this.#of = { text, start };
    const sentences = new Map<Element, string[]>();
    const unsaid = new Map<Element, Set<DrawnPassage>>();
    const add = (element: Element | null, passage: DrawnPassage, sentence: () => string): void => {
      if (element === null) return;
      const known = sentences.get(element);
      if (known === undefined) sentences.set(element, [sentence()]);
      else if (known.length < MOST_SAID) known.push(sentence());
      else {
        const left = unsaid.get(element) ?? new Set();
        unsaid.set(element, left.add(passage));
      }
    };
    for (const passage of passages) {
      const from = passage.start - start;
      const to = passage.end - start;
      if (passage.kind !== 'text' || passage.suggested === true || to <= from) continue;
      const said = this.#said.get(passage) ?? {};
      this.#said.set(passage, said);
      const begins = (): string => {
        const words = (): string => firstWords(text.slice(from, Math.min(to, from + 2 * QUOTED)));
        return (said.begins ??= this.#labels.begins(passage.codes, words()));
      };
      const ends = (): string => {
        const words = (): string => lastWords(text.slice(Math.max(from, to - 2 * QUOTED, 0), to));
        return (said.ends ??= this.#labels.ends(passage.codes, words()));
      };
      if (from >= 0 && from < text.length) add(elementAt(passage.start, false), passage, begins);
      if (to > 0 && to <= text.length) add(elementAt(passage.end, true), passage, ends);
    }
    for (const [element, { size }] of unsaid) sentences.get(element)?.push(this.#labels.more(size));
    return sentences;
  }

  #write(sentences: ReadonlyMap<Element, readonly string[]>): void {
    const before = this.#described;
    this.#described = new Map();
    for (const [element, original] of before) {
      if (sentences.has(element)) continue;
      if (original === null) element.removeAttribute(ATTRIBUTE);
      else element.setAttribute(ATTRIBUTE, original);
    }
    for (const [element, own] of sentences) {
      const original = before.has(element) ? (before.get(element) ?? null) : element.getAttribute(ATTRIBUTE);
      this.#described.set(element, original);
      const description = (original === null ? own : [original, ...own]).join('; ');
      if (element.getAttribute(ATTRIBUTE) !== description) element.setAttribute(ATTRIBUTE, description);
    }
  }
}

/** The first word; in a text without spaces, the first characters. */
function firstWords(text: string): string {
  const word = /\S+/.exec(text)?.[0] ?? '';
  return word.length <= QUOTED ? word : [...word].slice(0, QUOTED).join('');
}

/** The last word or characters. Searched from the end: a pattern anchored at the end took 20 times as long. */
function lastWords(text: string): string {
  const trimmed = text.trimEnd();
  let start = trimmed.length;
  while (start > 0 && trimmed.charAt(start - 1).trim() !== '') start--;
  const word = trimmed.slice(start);
  return word.length <= QUOTED ? word : [...word].slice(-QUOTED).join('');
}
