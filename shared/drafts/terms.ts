/** A Chinese term in a draft, in brackets after its translation, or a term of the glossary before it: 转移就业（labour transfer）. */
export interface Term {
  readonly start: number;
  readonly end: number;
  readonly chinese: string;
  /** The words before the brackets, at most eight; or the words in them. */
  readonly words: string;
  readonly problems: readonly TermProblem[];
}
export interface TermProblem {
  /**
   * `cut-short`: the term lacks the end of another, or the start of one with the same name. `one-character`: one character differs from
   * another term. `two-names`: the draft has another translation of it.
   */
  readonly kind: 'cut-short' | 'one-character' | 'two-names';
  readonly other: string;
  /** Whether the other term is from the glossary and not from the draft. */
  readonly ofGlossary: boolean;
}

/** Chinese terms, each with the English names that a team uses; with none, every name is accepted. */
export type Glossary = ReadonlyMap<string, readonly string[]>;

/** The most words of an English name. Longer terms, such as “solve the employment problem”, are phrases to search for and no names. */
const LONGEST_NAME = 3;

/** The Chinese terms of a codebook, with the English ones of the same categories. A category without English terms names nothing. */
export function glossaryOf(
  categories: readonly {
    readonly name: string;
    readonly termsZh: readonly { readonly term: string }[];
    readonly termsEn: readonly { readonly term: string }[];
  }[],
): Glossary {
  const glossary = new Map<string, string[]>();
  for (const { name, termsZh, termsEn } of categories)
    for (const { term } of termsZh) {
      const own = termsEn.map((one) => one.term).filter((words) => words.split(/\s+/).length <= LONGEST_NAME);
      const names = own.length === 0 ? [] : [...own, name];
      glossary.set(term, [...(glossary.get(term) ?? []), ...names]);
    }
  return glossary;
}

/** Starts only where a word starts: starting at each letter, a word without end takes quadratic time. */
const IN_BRACKETS =
  /(?<![\w’'-])((?:[A-Za-z][\w’'-]*[ ,]+){0,8}[A-Za-z][\w’'-]*[”"’']?) ?[（(]([\u3400-\u9fff·]{2,30})[)）]/g;

const ENGLISH_IN_BRACKETS = /([\u3400-\u9fff·]{2,30})[（(]([A-Za-z][\w’', -]{1,80})[)）]/g;

/**
 * Finds terms before brackets. A Chinese sentence does not show where words begin, so only terms of the glossary are found, and words that are
 * such a term cut short or with another character, if the brackets have its name: 转移就（labour transfer）.
 */
const beforeEnglish = (text: string, glossary: Glossary): Omit<Term, 'problems'>[] => {
  const near = neighbours([...glossary.keys()]);
  const withStart = startLeftOut(new Map(), glossary);
  return Array.from(text.matchAll(ENGLISH_IN_BRACKETS), ({ index, 1: run = '', 2: words = '' }) => {
    const ends = Array.from(run, (_, at) => run.slice(at));
    const isNear = (one: string): boolean =>
      near(one).some(({ other }) => (glossary.get(other) ?? []).some((name) => isSameName(words, name)));
    const chinese =
      ends.find((one) => glossary.has(one)) ??
      ends.find((one) => isNear(one) || withStart({ chinese: one, words }).length > 0);
    const end = index + run.length;
    return chinese === undefined ? [] : [{ start: end - chinese.length, end, chinese, words }];
  }).flat();
};

/** The terms of a draft, compared with each other and with a glossary. */
export function termsIn(text: string, glossary: Glossary = new Map()): Term[] {
  const afterEnglish = Array.from(
    text.matchAll(IN_BRACKETS),
    ({ index, 0: whole, 1: words = '', 2: chinese = '' }) => ({
      start: index + whole.lastIndexOf(chinese),
      end: index + whole.lastIndexOf(chinese) + chinese.length,
      chinese,
      words,
    }),
  );
  const found = [...afterEnglish, ...beforeEnglish(text, glossary)].toSorted((one, other) => one.start - other.start);
  const firstWords = new Map(found.toReversed().map(({ chinese, words }): [string, string] => [chinese, words]));
  const near = neighbours([...new Set([...glossary.keys(), ...firstWords.keys()])]);
  const withStart = startLeftOut(firstWords, glossary);
  return found.map((one) => {
    const { chinese, words } = one;
    const names = glossary.get(chinese) ?? [];
    const first = firstWords.get(chinese) ?? words;
    const atOdds = names.length > 0 ? !names.some((name) => isSameName(words, name)) : !isSameName(words, first);
    // A term of the glossary is right, however similar to another term.
    const lookalikes = glossary.has(chinese) ? [] : [...near(chinese), ...withStart(one)];
    const problems: TermProblem[] = [
      ...lookalikes.map((problem) => ({ ...problem, ofGlossary: glossary.has(problem.other) })),
      ...(atOdds
        ? [{ kind: 'two-names' as const, other: names[0] ?? nameIn(first), ofGlossary: names.length > 0 }]
        : []),
    ];
    return { ...one, problems };
  });
}

/** The most characters that may be missing at the start of a term. */
const LONGEST_START = 4;
/** Finds a longer term with the same name that ends in this one: 劳动力转移就业（labour transfer） for 转移就业（labour transfer）. */
function startLeftOut(
  firstWords: ReadonlyMap<string, string>,
  glossary: Glossary,
): (term: Pick<Term, 'chinese' | 'words'>) => Omit<TermProblem, 'ofGlossary'>[] {
  const endings = new Map<string, string[]>();
  for (const term of new Set([...glossary.keys(), ...firstWords.keys()]))
    for (let more = 1; more <= LONGEST_START && term.length - more >= 2; more++)
      endings.set(term.slice(more), [...(endings.get(term.slice(more)) ?? []), term]);
  return ({ chinese, words }) => {
    const other = endings.get(chinese)?.find((one) => {
      const names = glossary.get(one) ?? [];
      const all = names.length > 0 ? names : [firstWords.get(one) ?? ''];
      return all.some((name) => endAlike(words, name));
    });
    return other === undefined ? [] : [{ kind: 'cut-short', other }];
  };
}
/** Words before a name that are not part of it: “and later labour transfer”, “it planned …”, but not “village-based work teams”. */
const NO_NAME =
  /^(?:counted|planned|reported|promised|completed|achieved|promoted|encouraged|expanded|demanded|required|described|mentioned|means?|meant|calls?|calling|says?|said|and|or|the|an?|of|to|for|in|on|at|by|with|as|from|into|through|under|called|later|then|also|such|this|that|these|those|its|their)$/;
/** Whether two names end in the same two words, or are equal if one has a single word, with no other words in the longer term’s name. */
function endAlike(one: string, longer: string): boolean {
  const tokens = (words: string): string[] => words.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  const [first, second] = [tokens(one), tokens(longer)];
  const most = Math.min(2, first.length, second.length);
  const before = second.at(-most - 1);
  if (most === 0 || (before !== undefined && !NO_NAME.test(before))) return false;
  const name = (words: readonly string[]): string =>
    words
      .slice(-most)
      .map((word) => word.replace(/s$/, ''))
      .join(' ');
  return name(first) === name(second);
}

/** Returns the terms that begin with a term and have one or two characters more, and those that differ in one character. */
function neighbours(terms: readonly string[]): (term: string) => Omit<TermProblem, 'ofGlossary'>[] {
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

/** Words before a name: in “In the county, women worked in satellite factories（卫星工厂）” the name is “satellite factories”. */
const BEFORE_NAME =
  /^.*(?:,|(?<![\w’'-])(?:in|at|by|with|from|on|into|as|under|through|called|named|the|an?))\s+(?=\S)/i;
/** The name among the words before a term. */
const nameIn = (words: string): string => words.replace(BEFORE_NAME, '');

/** Whether two names have the same last word (“the Work Team” and “village-based work team”), or the first contains the second. */
function isSameName(one: string, other: string): boolean {
  const last = (words: string): string =>
    (/([\p{L}\d]+)[^\p{L}\d]*$/u.exec(words)?.[1] ?? '').toLowerCase().replace(/s$/, '');
  return last(one) === last(other) || ` ${one.toLowerCase()} `.includes(` ${other.toLowerCase()} `);
}
