/**
 * The twelve built-in highlight styles, by the colour the built-in codebook gives each top-level category. A style is a
 * colour with a stroke and a fill (styles/tokens.css, viewer/passages/strokes.ts). A category added by people gets the stroke
 * of its colour if it is one of these; every other colour has one common stroke.
 */
export const SIGNS = {
  sys: '#B03A2E',
  trf: '#1F6FB2',
  trn: '#7A4FA3',
  mon: '#C77800',
  lnd: '#5B7F1E',
  man: '#A8326B',
  plc: '#00797A',
  gra: '#8A5A2B',
  grp: '#4357AD',
  aim: '#55606B',
  rsk: '#C0392B',
  fig: '#2F7D5B',
} as const;
export type Sign = keyof typeof SIGNS;

export const SIGN_NAMES: readonly Sign[] = Object.keys(SIGNS).filter((name): name is Sign =>
  Object.hasOwn(SIGNS, name),
);

/** The built-in highlight style of a colour (`#rrggbb`), or null for any other colour. */
export const signOfColour = (colour: string): Sign | null =>
  SIGN_NAMES.find((name) => SIGNS[name] === colour.toUpperCase()) ?? null;

/** A built-in top-level category, by its code: it keeps its style whatever its colour is. */
export const signOfFamily = (family: string): Sign | null =>
  SIGN_NAMES.find((name) => name === family.toLowerCase() && family === family.toUpperCase()) ?? null;
