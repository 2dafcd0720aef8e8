import { familyOf, signOf } from '../../ui/FamilySign.tsx';

/** A category as a figure writes it: its family’s code on its colour, and its name. */
export interface FigureCategory {
  readonly code: string;
  readonly colour: string;
  readonly name: string;
}

/** The colour of a category’s family, as a value of SVG. */
export function familyColour({ code, colour }: Pick<FigureCategory, 'code' | 'colour'>): string {
  const sign = signOf(code, colour);
  if (sign !== null) return `var(--f-${sign})`;
  return `light-dark(color-mix(in oklab, ${colour}, black 25%), color-mix(in oklab, ${colour}, white 45%))`;
}

export const familyCode = ({ code }: Pick<FigureCategory, 'code'>): string => familyOf(code);
