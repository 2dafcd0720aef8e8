/** A design token's value as text: sizes that code must know have one home too, renderer/styles/tokens.css. */
export function token(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A token in rem as CSS pixels, at the text size the person has set. */
export function tokenPixels(name: `--${string}`): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.parseFloat(token(name)) * rem;
}
