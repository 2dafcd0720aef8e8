/**
 * The twelve signs that are built in, by the colour that the built-in codebook gives each of its families. A sign is a
 * colour with a stroke and a fill (styles/tokens.css, viewer/passages/strokes.ts): a family of somebody's own that has one
 * of these colours is drawn with its stroke too; every other colour has the one stroke of own families.
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

/** The built-in sign of a colour (`#rrggbb`), or null for one of somebody's own. */
export const signOfColour = (colour: string): Sign | null =>
  SIGN_NAMES.find((name) => SIGNS[name] === colour.toUpperCase()) ?? null;

/** A family that is built in, by its code: its sign goes with it whatever its colour says. */
export const signOfFamily = (family: string): Sign | null =>
  SIGN_NAMES.find((name) => name === family.toLowerCase() && family === family.toUpperCase()) ?? null;
