import type { CSSProperties } from 'react';
import { signOfColour, signOfFamily, type Sign } from '../../shared/model/signs.ts';

/** A category's family: the first part of its code, `TRF` of `TRF.PAIR`. */
export const familyOf = (code: string): string => code.split('.')[0] ?? code;
/** The code without its family: `PAIR` of `TRF.PAIR`, empty for the family itself. */
export const restOf = (code: string): string => code.slice(familyOf(code).length + 1);

/** The built-in highlight style of a category; null: its own colour, with the stroke of own families. */
export const signOf = (code: string, colour: string): Sign | null =>
  signOfFamily(familyOf(code)) ?? signOfColour(colour);

/** Class and style that set `--f`, the family's colour, and its stroke, on anything. */
export function familyStyle(code: string, colour: string): { className: string; style: CSSProperties } {
  const sign = signOf(code, colour);
  if (sign !== null) return { className: `f-${sign}`, style: {} };
  const own: CSSProperties & Record<'--own', string> = { '--own': colour };
  return { className: 'f-own', style: own };
}

/** A family’s code on its colour, over its stroke; so families differ in three ways besides colour. */
export function FamilySign({ code, colour }: { code: string; colour: string }) {
  const { className, style } = familyStyle(code, colour);
  return (
    <span className={`family-sign ${className}`} style={style}>
      {familyOf(code)}
    </span>
  );
}
