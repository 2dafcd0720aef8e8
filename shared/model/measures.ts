import { z } from 'zod';
import { dateBounds } from './dates.ts';
import { exactNumber } from './figure.ts';

/** An id of the table of units, or the word itself. */
const unitName = z.string().trim().min(1).max(60);

/** How many of `to` make one `from`, and what says so; without a factor, they are not converted here. */
export const conversionRule = z.object({
  from: unitName,
  to: unitName,
  factor: exactNumber.refine((text) => /[1-9]/.test(text) && !text.startsWith('-')).nullable(),
  by: z.string().trim().max(500),
});
export type ConversionRule = z.infer<typeof conversionRule>;

/** When a value holds: EDTF, such as 2020, 2020-11-01 or 2019/2021. */
const period = z
  .string()
  .max(60)
  .refine((text) => dateBounds(text) !== null);

/** A value to set figures against. */
export const referenceValue = z.object({
  /** What it counts or measures, in words: “Resident population”. */
  quantity: z.string().trim().min(1).max(200),
  /** A place of the gazetteer or of the team; null: everywhere. */
  place: z.string().min(1).max(100).nullable(),
  period: period.nullable(),
  value: exactNumber,
  unit: unitName,
  /** Figures of its unit, in its place or in one within it, count a part of it: none can be larger. */
  isWhole: z.boolean(),
});
export type ReferenceValue = z.infer<typeof referenceValue>;

/** “1 hectare is 15 mu”. */
export const conversionWords = ({ from, to, factor }: ConversionRule): string =>
  factor === null ? `${from} and ${to} are not converted` : `1 ${from} is ${factor} ${to}`;

/** “Resident population, xj-yutian-co, 2020: 269000 person”. */
export const referenceWords = ({ quantity, place, period: when, value, unit }: ReferenceValue): string =>
  `${[quantity, place, when].filter((part) => part !== null).join(', ')}: ${value} ${unit}`;
