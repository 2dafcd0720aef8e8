/** Reading JSON whose form is not known. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON-LD writes one value alone, and several as a list. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The value if it is an exact whole number from 0 on; else null. */
export const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

export const textsIn = (value: unknown): string[] => listOf(value).flatMap((one) => textOf(one) ?? []);
