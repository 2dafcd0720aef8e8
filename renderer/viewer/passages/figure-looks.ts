/**
 * The looks of figures, where a passage has that of a family: the second while it is in front. A figure is quieter than a passage:
 * found, a dotted line, as all that is suggested; confirmed, a ruler; one that needs a person, dashed. None has a fill but the one in
 * front.
 */
export const FIGURE_FAMILIES = {
  found: ['figfound', 'figfoundat'],
  confirmed: ['figok', 'figokat'],
  open: ['figask', 'figaskat'],
} as const;

const SIGNS = { found: '◌', confirmed: '✓', open: '!' } as const;
const LOOKS = new Map<string, { readonly sign: string; readonly isFront: boolean }>(
  (['found', 'confirmed', 'open'] as const).flatMap((state) =>
    FIGURE_FAMILIES[state].map((family, at) => [family, { sign: SIGNS[state], isFront: at === 1 }] as const),
  ),
);
/** The sign in the margin of a figure’s look, and whether it is in front; undefined for another family. */
export const figureLook = (family: string): { readonly sign: string; readonly isFront: boolean } | undefined =>
  LOOKS.get(family);
