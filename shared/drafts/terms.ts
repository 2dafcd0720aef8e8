/** A Chinese term that a draft prints in brackets after its translation, or one of the glossary before it: 转移就业（labour transfer）. */
export interface Term {
  readonly start: number;
  readonly end: number;
  readonly chinese: string;
  /** The words before the brackets, at most eight; or those in them. */
  readonly words: string;
  readonly problems: readonly TermProblem[];
}
export interface TermProblem {
  /** It lacks the end of another term, or the start of one with the same name; one character differs from another; another translation of it stands elsewhere. */
  readonly kind: 'cut-short' | 'one-character' | 'two-names';
  readonly other: string;
  /** The other is of the glossary, not of the draft. */
  readonly ofGlossary: boolean;
}

/** Chinese terms, each with the names that a team uses for it in English; none: any will do. */
export type Glossary = ReadonlyMap<string, readonly string[]>;

/** Words. Longer ones are phrases to look for, such as “solve the employment problem”, and name nothing. */
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

/** It begins where a word does: tried at each letter, a word without end takes time by its square. */
const IN_BRACKETS =
  /(?<![\w’'-])((?:[A-Za-z][\w’'-]*[ ,]+){0,8}[A-Za-z][\w’'-]*[”"’']?) ?[（(]([\u3400-\u9fff·]{2,30})[)）]/g;

const ENGLISH_IN_BRACKETS = /([\u3400-\u9fff·]{2,30})[（(]([A-Za-z][\w’', -]{1,80})[)）]/g;

/**
 * Where Chinese words begin is not known in a Chinese sentence: only the terms of the glossary are found before brackets, and what
 * is such a term cut short, or with another character, if the brackets have its name: 转移就（labour transfer）.
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
    // What the glossary has is right as it is, however near to another term.
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

/** Characters that the start of a term may have more. */
const LONGEST_START = 4;
/** 转移就业（labour transfer） beside 劳动力转移就业（labour transfer）: one name for a term and for one that ends so. */
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
/** Words before a name that are no part of it: “and later labour transfer”, “it planned …”, but not “village-based work teams”. */
const NO_NAME =
  /^(?:counted|planned|reported|promised|completed|achieved|promoted|encouraged|expanded|demanded|required|described|mentioned|means?|meant|calls?|calling|says?|said|and|or|the|an?|of|to|for|in|on|at|by|with|as|from|into|through|under|called|later|then|also|such|this|that|these|those|its|their)$/;
/** The last two words are the same, or all if there is but one, and no others belong to the longer term’s name. */
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

/** Terms that begin with a term and have one or two characters more, and those in which one character differs. */
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

/** Before a name: “In the county, women worked in satellite factories（卫星工厂）” calls it satellite factories. */
const BEFORE_NAME =
  /^.*(?:,|(?<![\w’'-])(?:in|at|by|with|from|on|into|as|under|through|called|named|the|an?))\s+(?=\S)/i;
/** What words that stand before a term call it. */
const nameIn = (words: string): string => words.replace(BEFORE_NAME, '');

/** The same last word, however much stands before it: “the Work Team” and “village-based work team”; or all of it, and more after. */
function isSameName(one: string, other: string): boolean {
  const last = (words: string): string =>
    (/([\p{L}\d]+)[^\p{L}\d]*$/u.exec(words)?.[1] ?? '').toLowerCase().replace(/s$/, '');
  return last(one) === last(other) || ` ${one.toLowerCase()} `.includes(` ${other.toLowerCase()} `);
}
