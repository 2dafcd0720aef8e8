import { Fault } from '../errors.ts';
import { numbered } from '../text/counted.ts';

/** The most numbers in one text: as many as a yearbook of a thousand pages has. More would take more memory than a worker has. */
const MOST_NUMBERS = 120_000;
const NUMBER = /\d[\d.,]{0,40}|[零一二三四五六七八九十百千万亿两]{2,20}/g;

/** Checks the length of a text and how many numbers it has, before anything is read. Throws TOO_LARGE. */
export function refuseTooLong(text: string, longest: number): void {
  if (text.length > longest)
    throw new Fault(
      'TOO_LARGE',
      `This text has ${numbered(text.length)} characters. Up to ${numbered(longest)} can be read. Split it.`,
      { characters: text.length },
    );
  let numbers = 0;
  for (const found of text.matchAll(NUMBER)) numbers += found.length;
  if (numbers > MOST_NUMBERS)
    throw new Fault(
      'TOO_LARGE',
      `This text has ${numbered(numbers)} numbers. Up to ${numbered(MOST_NUMBERS)} can be read. Split it.`,
      { numbers },
    );
}
