/** A Chinese term that a draft prints in brackets after its translation. */
export interface Term {
  readonly start: number;
  readonly end: number;
  readonly chinese: string;
  /** The words before the brackets, at most eight. */
  readonly words: string;
  readonly problems: readonly TermProblem[];
}
export interface TermProblem {
  /** It lacks the end of another term; one character differs from another; another translation of it stands elsewhere. */
  readonly kind: 'cut-short' | 'one-character' | 'two-names';
  readonly other: string;
}

const IN_BRACKETS = /((?:[A-Za-z][\w’'-]*[ ,]+){0,8}[A-Za-z][\w’'-]*[”"’']?) ?[（(]([\u3400-\u9fff·]{2,30})[)）]/g;

/** The terms of a draft, compared with each other and with a glossary: Chinese terms with their translations. */
export function termsIn(text: string, glossary: ReadonlyMap<string, string> = new Map()): Term[] {
  const found = Array.from(text.matchAll(IN_BRACKETS), ({ index, 0: whole, 1: words = '', 2: chinese = '' }) => ({
    start: index + whole.lastIndexOf(chinese),
    end: index + whole.lastIndexOf(chinese) + chinese.length,
    chinese,
    words,
  }));
  const known = new Map([...glossary, ...found.map(({ chinese, words }): [string, string] => [chinese, words])]);
  const firstWords = new Map(found.toReversed().map(({ chinese, words }): [string, string] => [chinese, words]));
  const near = neighbours([...known.keys()]);
  return found.map((one) => {
    const { chinese, words } = one;
    const name = glossary.get(chinese) ?? firstWords.get(chinese) ?? words;
    const problems: TermProblem[] = [
      ...near(chinese),
      ...(isSameName(words, name) ? [] : [{ kind: 'two-names' as const, other: name }]),
    ];
    return { ...one, problems };
  });
}

/** Terms that begin with a term and have one or two characters more, and those in which one character differs. */
function neighbours(terms: readonly string[]): (term: string) => TermProblem[] {
  const longer = new Map<string, string>();
  const masked = new Map<string, Set<string>>();
  const masks = (term: string): string[] =>
    term.length < 3 ? [] : Array.from(term, (_, at) => `${term.slice(0, at)}?${term.slice(at + 1)}`);
  for (const term of terms) {
    for (const less of [1, 2]) if (term.length - less >= 2) longer.set(term.slice(0, -less), term);
    for (const mask of masks(term)) masked.set(mask, (masked.get(mask) ?? new Set()).add(term));
  }
  return (term) => {
    const cut = longer.get(term);
    const other = masks(term)
      .flatMap((mask) => [...(masked.get(mask) ?? [])])
      .find((one) => one !== term);
    return [
      ...(cut === undefined ? [] : [{ kind: 'cut-short' as const, other: cut }]),
      ...(other === undefined ? [] : [{ kind: 'one-character' as const, other }]),
    ];
  };
}

/** The same last word, however much stands before it: “the Work Team” and “village-based work team”. */
function isSameName(one: string, other: string): boolean {
  const last = (words: string): string =>
    (/([\p{L}\d]+)[^\p{L}\d]*$/u.exec(words)?.[1] ?? '').toLowerCase().replace(/s$/, '');
  return last(one) === last(other);
}
