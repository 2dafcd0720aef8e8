/** A length that an attribute gives (`100`, `50%`), as a declaration with a semicolon; empty where it is none. */
export function cssLength(property: string, value: string | null): string {
  const size = /^\s*(\d{1,5})(?:px)?(%?)\s*$/.exec(value ?? '');
  return size === null ? '' : `${property}:${size[1]}${size[2] === '%' ? '%' : 'px'};`;
}
