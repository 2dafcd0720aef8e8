/** Dates between EDTF (ISO 8601-2, level 1), the parts of CSL and the slashes of RIS. */

/** Year, month and day, as far as they are known; `circa` where it is uncertain or approximate. */
interface Parts {
  readonly parts: readonly number[];
  readonly circa: boolean;
}

const PLAIN = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%])?$/;

function partsOf(edtf: string): Parts | null {
  const found = PLAIN.exec(edtf);
  if (found === null) return null;
  const [, year, month, day, mark] = found;
  const parts = [year, month, day].flatMap((one) => (one === undefined ? [] : [Number(one)]));
  return (parts[1] ?? 1) > 12 ? null : { parts, circa: mark !== undefined };
}

/**
 * A date of CSL-JSON. A date that its parts cannot express, such as one with an unspecified digit, is a literal text that a style prints.
 */
export type CslDate =
  { readonly 'date-parts': readonly (readonly number[])[]; readonly circa?: boolean } | { readonly literal: string };

export function cslDate(edtf: string): CslDate {
  const ends = edtf.split('/').map(partsOf);
  const known = ends.flatMap((one) => one ?? []);
  if (known.length !== ends.length || known.length > 2) return { literal: edtf };
  return {
    'date-parts': known.map(({ parts }) => parts),
    ...(known.some(({ circa }) => circa) ? { circa: true } : {}),
  };
}

const two = (number: number): string => String(number).padStart(2, '0');
const isPart = (number: number | undefined, most: number): number is number =>
  number !== undefined && Number.isInteger(number) && number >= 1 && number <= most;

/** EDTF of year, month and day; null without a year of four digits. */
export function edtfOf(parts: readonly number[]): string | null {
  const [year, month, day] = parts;
  if (!isPart(year, 9999) || year < 1000) return null;
  if (!isPart(month, 12)) return String(year);
  return isPart(day, 31) ? `${year}-${two(month)}-${two(day)}` : `${year}-${two(month)}`;
}

/**
 * EDTF of a date as RIS and people write it: `2023/05/17/`, `2023///spring`, `2023-05-17`, `2023`. Null for anything else: `17052023` is not
 * read as the year 1705.
 */
export function edtfOfText(text: string): string | null {
  const plain = text.trim();
  if (/^\d{4}(?:-\d\d){0,2}[?~%]?(?:\/\d{4}(?:-\d\d){0,2}[?~%]?)?$/.test(plain)) return plain;
  const [, year, month, day] = /^(\d{4})(?!\d)(?:[/.-](\d{0,2}))?(?:[/.-](\d{0,2}))?/.exec(plain) ?? [];
  return year === undefined ? null : edtfOf([Number(year), Number(month ?? 0), Number(day ?? 0)]);
}

/** A date as RIS writes it, `2023/05/17/`; null if the EDTF is more than a year, month and day. */
export function risDate(edtf: string): string | null {
  const known = partsOf(edtf);
  if (known === null) return null;
  const [year, month, day] = known.parts;
  return `${year}/${month === undefined ? '' : two(month)}/${day === undefined ? '' : two(day)}/`;
}
