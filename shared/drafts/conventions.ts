/** How a draft cites. House styles differ only in these properties. */
export interface Convention {
  /** “(Xinjiang Daily, March 5, 2021)”: publisher and date in brackets. */
  readonly brackets: boolean;
  /** “(Zenz, 2020)” and “(Zenz 2020, p. 4)”. */
  readonly authorYear: boolean;
  /** Lines that begin with the mark of a footnote, as `[1]` or `[^1]:`. */
  readonly footnotes: boolean;
  /** “Source: Xinhua, May 3, 2019” as a line or in brackets. */
  readonly captions: boolean;
  /** Whether a year alone counts as a date. */
  readonly yearOnly: boolean;
  /** What stands between several citations in one pair of brackets. */
  readonly separators: string;
}

const PUBLISHER_DATE: Convention = {
  brackets: true,
  authorYear: false,
  footnotes: true,
  captions: true,
  yearOnly: true,
  separators: ';；',
};

/** The styles that a draft can be read by, in the order in which they are offered. */
export const CONVENTION_NAMES = ['publisher-date', 'full-date', 'author-year', 'footnotes'] as const;
export type ConventionName = (typeof CONVENTION_NAMES)[number];
export const CONVENTIONS = {
  'publisher-date': PUBLISHER_DATE,
  'full-date': { ...PUBLISHER_DATE, yearOnly: false },
  'author-year': { ...PUBLISHER_DATE, authorYear: true },
  footnotes: { ...PUBLISHER_DATE, brackets: false },
} as const satisfies Record<ConventionName, Convention>;

/** The parts that can be added to a style or removed from it. */
export const CONVENTION_PARTS = {
  brackets: 'brackets',
  'author-year': 'authorYear',
  footnotes: 'footnotes',
  captions: 'captions',
  'year-only': 'yearOnly',
} as const satisfies Record<string, keyof Convention>;
const SEPARATORS = /^separators=([^\p{L}\p{N}\s()（）]{1,8})$/u;

/**
 * Reads a style from a setting or an argument: a name of {@link CONVENTIONS}, then the differences, separated by spaces: `author-year
 * -captions +footnotes separators=;/`. Returns null if it is not valid.
 */
export function conventionOf(written: string): Convention | null {
  const [name, ...changes] = written.trim().split(/\s+/);
  const style = CONVENTION_NAMES.find((one) => one === name);
  if (style === undefined) return null;
  let convention: Convention = CONVENTIONS[style];
  for (const change of changes) {
    const separators = SEPARATORS.exec(change)?.[1];
    const part = Object.entries(CONVENTION_PARTS).find(([own]) => own === change.slice(1))?.[1];
    if (separators !== undefined) convention = { ...convention, separators };
    else if (part !== undefined && /^[+-]/.test(change)) convention = { ...convention, [part]: change.startsWith('+') };
    else return null;
  }
  return convention;
}

/** The named style that a written style begins with. */
export const conventionNameOf = (written: string): ConventionName =>
  CONVENTION_NAMES.find((name) => name === written.trim().split(/\s+/)[0]) ?? 'publisher-date';

/** Writes a convention so that {@link conventionOf} reads it: a named style, then the differences. */
export function writtenConvention(name: ConventionName, convention: Convention): string {
  const style = CONVENTIONS[name];
  const parts = Object.entries(CONVENTION_PARTS).flatMap(([written, part]) =>
    convention[part] === style[part] ? [] : [`${convention[part] ? '+' : '-'}${written}`],
  );
  const own = convention.separators === style.separators ? [] : [`separators=${convention.separators}`];
  return [name, ...parts, ...own].join(' ');
}
