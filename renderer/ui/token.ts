/** A design token’s value as text: sizes that code needs are in renderer/styles/tokens.css as well. */
export function token(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A token in rem as CSS pixels, at the current text size. */
export function tokenPixels(name: `--${string}`): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.parseFloat(token(name)) * rem;
}
