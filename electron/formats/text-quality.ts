/** Something to read: not only white space and characters nobody could decode. */
export const hasReadableText = (text: string): boolean => /[^\s\ufffd]/u.test(text);

/** The share of a text that could not be decoded (U+FFFD) among what is not white space: 0 to 1. */
export function undecodedShare(texts: Iterable<string>): number {
  let drawn = 0;
  let undecoded = 0;
  for (const text of texts) {
    drawn += text.length - (text.match(/\s/gu)?.length ?? 0);
    undecoded += text.match(/\ufffd/gu)?.length ?? 0;
  }
  return drawn === 0 ? 0 : undecoded / drawn;
}
