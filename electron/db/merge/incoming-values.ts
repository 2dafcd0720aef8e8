import { Fault } from '../../../shared/errors.ts';

/** A column, or NULL where it is longer than anything of ours. */
export const sized = (column: string, limit: number): string =>
  `iif(octet_length(${column}) <= ${limit}, ${column}, NULL)`;
/**
 * A blob as hexadecimal text, for {@link unhexed}: half the cost and a tenth of the memory of a blob read as it is, each of
 * which is an allocation of its own that only the garbage collector frees.
 */
export const hexed = (column: string, limit: number): string =>
  `iif(typeof(${column}) = 'blob' AND octet_length(${column}) <= ${limit}, hex(${column}), NULL)`;

export function bytes(value: unknown, length?: number): Buffer {
  if (!Buffer.isBuffer(value) || (length !== undefined && value.length !== length))
    throw bent('a value in it has the wrong form');
  return value;
}
export function unhexed(value: unknown, length: number): Buffer {
  if (typeof value !== 'string' || value.length !== length * 2) throw bent('a value in it has the wrong form');
  return Buffer.from(value, 'hex');
}
export function integer(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw bent('a number in it has the wrong form');
  return value;
}
export function text(value: unknown): string {
  if (typeof value !== 'string') throw bent('a text in it has the wrong form');
  return value;
}

export const bent = (why: string): Fault =>
  new Fault('DAMAGED', `Can’t use the database in this file: ${why}. Ask the sender for a new copy.`, {
    detail: why,
  });
