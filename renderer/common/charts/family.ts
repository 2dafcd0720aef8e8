import { familyOf, signOf } from '../../ui/FamilySign.tsx';

/** A category as charts show it: the family’s code on the family’s colour, and the category’s name. */
export interface ChartCategory {
  readonly code: string;
  readonly colour: string;
  readonly name: string;
}

/** The colour of a category’s family, as a value of SVG. */
export function familyColour({ code, colour }: Pick<ChartCategory, 'code' | 'colour'>): string {
  const sign = signOf(code, colour);
  if (sign !== null) return `var(--f-${sign})`;
  return `light-dark(color-mix(in oklab, ${colour}, black 25%), color-mix(in oklab, ${colour}, white 45%))`;
}

export const familyCode = ({ code }: Pick<ChartCategory, 'code'>): string => familyOf(code);
