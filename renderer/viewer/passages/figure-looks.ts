/**
 * The looks of figures, used as families: the second one of each pair while the figure is current. Figures are less prominent than
 * passages: a found figure has a dotted line, as all suggestions; a confirmed one a ruler; one that needs a person a dashed line. Only the
 * current one has a fill.
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
/** The margin sign of a figure’s look, and whether the figure is current; undefined for another family. */
export const figureLook = (family: string): { readonly sign: string; readonly isFront: boolean } | undefined =>
  LOOKS.get(family);
