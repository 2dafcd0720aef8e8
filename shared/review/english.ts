/** A word of an English text: in the form in which words are compared, and its place (UTF-16 code units, end exclusive). */
export interface Word {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;

/** The words of a text in order. A hyphen separates words: person-times are two. */
export const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(WORD), (match) => ({
    stem: stemOf(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));

/**
 * A word in the form in which words are compared: without case, accents and plural, in American spelling. Deliberately crude:
 * it is applied to both sides, and errs towards matching, since every miss is an unnecessary warning.
 */
function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const bare = word
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/['’]s?$/, '');
  const made = singular(american(bare));
  if (stems.size > 20_000) stems.clear();
  stems.set(word, made);
  return made;
}
/** Cached, since a text is checked again at every key press. */
const stems = new Map<string, string>();

const american = (word: string): string =>
  word.length < 5
    ? word
    : word
        .replace(/our/, 'or')
        .replace(/is(ation|ations|e|ed|es|er|ers|ing)$/, 'iz$1')
        .replace(/programme/, 'program')
        .replace(/centre/, 'center')
        .replace(/defence/, 'defense')
        .replace(/elling$|elled$/, (end) => end.slice(1));

function singular(word: string): string {
  if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/**
 * The ways a codebook's term may be written, as stems. Words in brackets may be left out, and a hyphenated word may be one
 * word: “local (nearby) employment”, “leave [their] land”, “re-education”.
 */
export function formsOf(term: string): string[][] {
  const whole = term.replace(/[()[\]（）]/gu, ' ');
  const without = term.replace(/\([^)]*\)|\[[^\]]*\]|（[^）]*）/gu, ' ');
  const joined = whole.replace(/(\p{L})-(\p{L})/gu, '$1$2');
  const forms = [whole, without, joined].map((text) =>
    wordsOf(text.replace(/\p{Script=Han}+/gu, ' ')).map(({ stem }) => stem),
  );
  return [...new Map(forms.filter((form) => form.length > 0).map((form) => [form.join(' '), form])).values()];
}
