import confusables from './confusables.json' with { type: 'json' };

/**
 * The name of someone who has not entered theirs. Never the account's name, which people would then publish by accident. Nothing is
 * signed under it.
 */
export const DEFAULT_PERSON = 'Analyst';
export const isUnnamed = (name: string): boolean => sameName(name, DEFAULT_PERSON);

/** Whether two names are one person’s name: case, spaces and compatibility forms are ignored, in the same way on every machine. */
export const sameName = (a: string, b: string): boolean => foldedName(a) === foldedName(b);

/** NFKC, single spaces, lower case of no locale: a Turkish computer must not fold I to another letter than a British one. */
const foldedName = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();

/**
 * Whether two names can be taken for each other: the same name, or one that looks alike (Cyrillic А for A), by the skeletons of
 * UTS #39. It says that a person should look twice, never that two people are one.
 */
export const looksLike = (a: string, b: string): boolean => sameName(a, b) || skeletonOf(a) === skeletonOf(b);

/**
 * What a name looks like: invisible characters left out, each other one replaced by its prototype (UTS #39, section 4), in lower
 * case, without spaces, punctuation, and marks that no letter is written with (a line under it). Names that are the same but for case can have different skeletons: `I` looks like `l`, `i` doesn’t.
 */
export function skeletonOf(name: string): string {
  const shapes = Array.from(
    name.normalize('NFKC').replace(UNSEEN, '').replace(LOOSE_MARKS, '').normalize('NFD'),
    (one) => prototypes().get(one) ?? one,
  );
  const whole = shapes.join('').normalize('NFD').replace(/\s+/gu, ' ').trim().toLowerCase();
  const bare = whole.replace(/[\p{P}\p{Sk}\p{Sm}\p{Z}]/gu, '');
  // A name of nothing but punctuation is compared as it is.
  return bare === '' ? whole : bare;
}

/** Marks of no script of their own that NFKC didn’t join with their letter: é is another letter than e, e with a line under it isn’t. */
const LOOSE_MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

let known: ReadonlyMap<string, string> | null = null;

/** Made at first use: most commands compare no names. */
function prototypes(): ReadonlyMap<string, string> {
  known ??= new Map(
    confusables.entries.split(',').map((entry) => {
      const [from = '', ...to] = entry.split(' ').map((code) => String.fromCodePoint(Number.parseInt(code, 16)));
      return [from, to.join('')];
    }),
  );
  return known;
}

/**
 * Characters without a shape of their own: controls, format characters (zero-width spaces, marks of direction), line separators,
 * variation selectors, fillers, and blanks that count as letters or symbols (Braille, music, hieroglyphs, Khitan). A name with one is another name that looks the same.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{16fe4}\u{1d159}]/gu;

/** Whether a text has nothing that anyone could see. */
export const isUnseen = (text: string): boolean => text.replace(UNSEEN, '').trim() === '';

export const hasUnseen = (name: string): boolean => name.search(UNSEEN) >= 0;

/** The name with each of these characters written out, as `⟨U+200B⟩`: none can hide, or turn the text around it. */
export const visibleName = (name: string): string =>
  name.replace(UNSEEN, (one) => `⟨U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

/**
 * A name that is shown with its fingerprint, in its parts. Only the fingerprint that is known to be the person's is taken off: anyone
 * can write another's behind their name.
 */
export function splitName(
  shown: string,
  known: string | null,
): { readonly own: string; readonly fingerprint: string | null } {
  const end = known === null || known === '' ? null : ` (key ${known})`;
  return end !== null && shown.endsWith(end)
    ? { own: shown.slice(0, -end.length), fingerprint: known }
    : { own: shown, fingerprint: null };
}
