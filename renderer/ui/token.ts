/** A design token’s value as text. Sizes that code needs are defined in renderer/styles/tokens.css, too. */
export function token(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A token in rem as CSS pixels, at the current text size. */
export function tokenPixels(name: `--${string}`): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.parseFloat(token(name)) * rem;
}
