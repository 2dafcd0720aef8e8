const HAN = /\p{sc=Han}/u;
const KANA = /[\p{sc=Hira}\p{sc=Kana}]/u;
const HANGUL = /\p{sc=Hang}/u;
const ARABIC = /\p{sc=Arab}/u;
/** Letters that Uyghur has and Arabic and Persian have not. */
const UYGHUR = /[\u06d0\u06c6\u06c7\u06c8\u06cb\u06ad\u06d5]/u;
const PERSIAN = /[\u067e\u0686\u0698\u06af\u06a9\u06cc]/u;
const LETTER = /\p{L}/u;
const ANY = /(?:)/u;
const TIBETAN = /\p{sc=Tibt}/u;
const MONGOLIAN = /\p{sc=Mong}/u;

/** Languages written in Han or Arabic letters, which those letters alone do not tell apart. */
const IN_HAN = /^(?:zh|ja|yue|wuu|nan|hak|lzh)\b/iu;
const IN_ARABIC = /^(?:ar|fa|ug|ur|ps|kk|ky|uz|ckb|ku|sd)\b/iu;
const LIKE_UYGHUR = /^(?:ug|kk|ky|ckb|ku)\b/iu;
const LIKE_PERSIAN = /^(?:fa|ug|ur|ps|kk|ky|uz|ckb|ku|sd)\b/iu;

/**
 * A function that gives the language of a run of a page by its letters and, where they do not decide, by the language
 * recorded for the source. Null for letters that many languages share, where none of these is recorded.
 */
export function languagesOfPage(page: string, recorded: string | null = null): (run: string) => string | null {
  const known = recorded === '' ? null : recorded;
  const among = (languages: RegExp): string | null => (known !== null && languages.test(known) ? known : null);
  // Han and Arabic letters alone do not tell: the other letters of the page do.
  const withHan = KANA.test(page) ? 'ja' : (among(IN_HAN) ?? 'zh');
  const withArabic = UYGHUR.test(page)
    ? (among(LIKE_UYGHUR) ?? 'ug')
    : PERSIAN.test(page)
      ? (among(LIKE_PERSIAN) ?? 'fa')
      : (among(IN_ARABIC) ?? 'ar');
  const letters = known === null ? ANY : lettersOf(known);
  return (run) => {
    if (KANA.test(run)) return 'ja';
    if (HAN.test(run)) return withHan;
    if (ARABIC.test(run)) return withArabic;
    if (HANGUL.test(run)) return 'ko';
    if (TIBETAN.test(run)) return 'bo';
    if (MONGOLIAN.test(run)) return 'mn';
    return !LETTER.test(run) || letters.test(run) ? known : null;
  };
}

/** Scripts that are named as a mixture, and the one of them that tells. */
const MIXED: ReadonlyMap<string, string> = new Map([
  ['Hans', 'Han'],
  ['Hant', 'Han'],
  ['Jpan', 'Han'],
  ['Kore', 'Hang'],
]);

/** A pattern for the letters of a language; for any text if the tag is not valid or its script is not known. */
function lettersOf(language: string): RegExp {
  try {
    const { script } = new Intl.Locale(language).maximize();
    if (script === undefined) return ANY;
    return new RegExp(`\\p{sc=${MIXED.get(script) ?? script}}`, 'u');
  } catch {
    // A tag that is not valid, or a script without letters of its own in Unicode.
    return ANY;
  }
}
