/** First and last code point. */
export type Span = readonly [from: number, to: number];

/** The characters that a font face is for, from its `unicode-range` as CSSOM writes it; empty if it has none. */
export function spansOf(fontFace: string): Span[] {
  const range = /^@font-face\b[^]*unicode-range:([^;}]+)/.exec(fontFace)?.[1] ?? '';
  return [...range.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(([, from = '', to = from]) => [
    parseInt(from, 16),
    parseInt(to, 16),
  ]);
}

/** Whether a character is in one of the ranges. */
export function holds(spans: readonly Span[], character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return spans.some(([from, to]) => code >= from && code <= to);
}
