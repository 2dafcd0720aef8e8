import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rational } from '../../shared/figures/rational.ts';
import { FIGURE_KINDS, type FigureKind, type Qualifier, QUALIFIERS } from '../../shared/figures/figure.ts';

/** A sentence with its figures marked by hand. */
export interface MarkedFigures {
  readonly text: string;
  readonly marks: readonly FigureMark[];
  /** Every third sentence was kept back while the rules were written. */
  readonly heldBack: boolean;
}
export interface FigureMark {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly top: string | null;
  /** Null: the file says no unit that is compared. */
  readonly unit: string | null;
  readonly qualifier: Qualifier;
  /** Null: people may differ. */
  readonly kind: FigureKind | null;
}

const FOLDER = join(import.meta.dirname, '../fixtures/figures');

/**
 * Reads a file of sentences. `{12.6万人次=126000 person-time over quota}` marks a figure with its value, unit, qualifier and
 * kind; left out, these are exact and actual. `-`: no unit that is compared; `?`: the kind isn't compared.
 */
export function markedFigures(name: string): MarkedFigures[] {
  return readFileSync(join(FOLDER, `${name}.txt`), 'utf8')
    .trim()
    .split('\n')
    .map((line, at) => {
      let text = '';
      let from = 0;
      const marks: FigureMark[] = [];
      for (const { 0: whole, 1: words = '', 2: said = '', index } of line.matchAll(/\{([^={}]*)=([^}]*)\}/g)) {
        text += line.slice(from, index);
        marks.push(markOf(said, text.length, words));
        text += words;
        from = index + whole.length;
      }
      return { text: text + line.slice(from), marks, heldBack: at % 3 === 2 };
    });
}

function markOf(said: string, start: number, words: string): FigureMark {
  const [value = '', unit = '-', ...rest] = said.split(' ');
  const [low = '', top = null] = value.split('..');
  return {
    start,
    end: start + words.length,
    value: low,
    top,
    unit: unit === '-' ? null : unit,
    qualifier: QUALIFIERS.find((one) => rest.includes(one)) ?? 'exact',
    kind: rest.includes('?') ? null : (FIGURE_KINDS.find((one) => rest.includes(one)) ?? 'actual'),
  };
}

/** Whether a value that was read is the one marked; a fraction such as a third is marked with four decimals. */
export function isValue(read: Rational, marked: string): boolean {
  return read.toDecimal(marked.split('.')[1]?.length ?? 0) === marked;
}
