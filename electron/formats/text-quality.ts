/** Something to read: not only white space and characters nobody could decode. */
export const hasReadableText = (text: string): boolean => /[^\s\ufffd]/u.test(text);

/** How much of a text is drawn at all (not white space), and how much of that could not be decoded (U+FFFD). */
export interface Quality {
  readonly drawn: number;
  readonly undecoded: number;
}

export function qualityOf(texts: Iterable<string>): Quality {
  let drawn = 0;
  let undecoded = 0;
  for (const text of texts) {
    drawn += text.length - (text.match(/\s/gu)?.length ?? 0);
    undecoded += text.match(/\ufffd/gu)?.length ?? 0;
  }
  return { drawn, undecoded };
}

/** The undecoded share of what is drawn: 0 to 1. */
export const undecodedShare = ({ drawn, undecoded }: Quality): number => (drawn === 0 ? 0 : undecoded / drawn);
