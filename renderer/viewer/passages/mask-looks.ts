/**
 * The looks of masks, where a passage has that of a family. `masked`: shaded, so that the words can be read; `open`: must be masked, and is
 * not; `out`: black, as it is exported.
 */
export const MASK_FAMILIES = { masked: 'mask', current: 'maskat', open: 'maskopen', out: 'maskout' } as const;

const ALL: readonly string[] = Object.values(MASK_FAMILIES);
export const isMaskLook = (family: string): boolean => ALL.includes(family);
