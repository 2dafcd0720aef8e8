const USUAL = 16;
let known: { readonly set: string; readonly pixels: number } | null = null;

/**
 * One rem in CSS pixels. Asking the styles makes the browser bring them up to date, once a page while passages are drawn;
 * so they are asked again only once the program has set another size on the document.
 */
export function rootPixels(): number {
  const root = document.documentElement;
  const set = root.style.fontSize;
  if (known?.set !== set) known = { set, pixels: Number.parseFloat(getComputedStyle(root).fontSize) || USUAL };
  return known.pixels;
}
