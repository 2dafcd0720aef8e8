import { type Command, InvalidArgumentError } from 'commander';
import type { Answer } from './answer.ts';
import type { Caller } from './open.ts';

/** How a command is run: who calls is found out, and what it answers is printed, in one place for all. */
export type Run = (work: (caller: Caller) => Answer | Promise<Answer>) => Promise<void>;

/** Puts some commands into the program. */
export type Register = (program: Command, run: Run) => void;

/** An option that may be given again. */
export const several = (one: string, before: readonly string[]): string[] => [...before, one];

export function pageNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Enter a page number, 1 or higher.');
}

/** From 0. */
export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Enter a whole number.');
}
