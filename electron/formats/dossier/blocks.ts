import { runsOf } from '../report/contents.ts';
import type { Numbered } from './model.ts';

/** What a dossier is written of, whatever the format. */

/** Words of one look. */
export interface Run {
  readonly text: string;
  /** BCP 47. */
  readonly lang?: string;
  readonly look?: 'strong' | 'soft' | 'mono' | 'mark';
  /** The id of a place in the dossier. */
  readonly to?: string;
}
export type Line = readonly Run[];

/** A passage as it is shown in its exhibit. */
export interface ShownPassage {
  readonly pictures: readonly {
    /** The bytes of a PNG. */
    readonly png: Uint8Array;
    /** Pixels. */
    readonly width: number;
    readonly height: number;
    /** For who doesn’t see it. */
    readonly alt: string;
  }[];
  /** Instead of a picture: text with its words marked. */
  readonly words: Line | null;
  /** What is shown, and whose the mark is. */
  readonly says: string;
}

export type Block =
  /** A new page of paper. */
  | { readonly kind: 'page' }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly line: Line; readonly id?: string }
  | { readonly kind: 'text'; readonly line: Line; readonly look?: 'note' | 'warning' }
  | { readonly kind: 'quote'; readonly line: Line; readonly look: 'original' | 'translation' }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, lines: readonly Line[]])[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly heads: readonly string[];
      /** In a Word document a row of one cell is a heading of the rows below it. */
      readonly rows: readonly (readonly Line[])[];
      /** How wide its columns are on paper, compared with each other; absent: all the same. */
      readonly shares?: readonly number[];
    }
  | { readonly kind: 'steps'; readonly lines: readonly Line[] }
  | { readonly kind: 'passage'; readonly shown: ShownPassage }
  /** Lines to sign on. */
  | { readonly kind: 'signatures'; readonly names: readonly string[] };

/** Blocks, and how many exhibits are done with them. */
export interface Written {
  readonly block: Block;
  readonly exhibits: number;
}

export const run = (text: string, look?: Run['look']): Run => (look === undefined ? { text } : { text, look });
export const inLanguage = (text: string, lang: string | null, look?: Run['look']): Run => ({
  ...run(text, look),
  ...(lang === null ? {} : { lang }),
});
export const line = (...parts: readonly (string | Run)[]): Line =>
  parts.map((part) => (typeof part === 'string' ? { text: part } : part));
export const link = (text: string, to: string): Run => ({ text, to });
export const exhibitLink = ({ number, label }: Numbered): Run => link(`Exhibit ${label}`, `e-${number}`);

/** `1–4, 7`, of ascending numbers of exhibits; where these are numbered by document, `1.1–1.4, 2.1`. */
export const ranges = (numbers: readonly number[], exhibits: readonly Numbered[]): string => {
  const called = (number: number): string => exhibits[number - 1]?.label ?? String(number);
  const ofDocument = (number: number): string => /^\d+(?=\.)/.exec(called(number))?.[0] ?? '';
  return [...Map.groupBy(numbers, ofDocument).values()]
    .flatMap((own) => runsOf(own))
    .map(({ from, to }) => (from === to ? called(from) : `${called(from)}–${called(to)}`))
    .join(', ');
};

/** `Exhibit 7`, `Exhibits 1–4, 7`: one or more, as {@link ranges} writes them. */
export const named = (numbers: readonly number[], exhibits: readonly Numbered[]): string =>
  `${numbers.length === 1 ? 'Exhibit' : 'Exhibits'} ${ranges(numbers, exhibits)}`;
