/**
 * The looks of masks, used as families. `masked`: shaded, so that the words can be read; `open`: must be masked and is not; `out`: black,
 * as in an export.
 */
export const MASK_FAMILIES = { masked: 'mask', current: 'maskat', open: 'maskopen', out: 'maskout' } as const;

const ALL: readonly string[] = Object.values(MASK_FAMILIES);
export const isMaskLook = (family: string): boolean => ALL.includes(family);
