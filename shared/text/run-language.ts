const HAN = /\p{sc=Han}/u;
const KANA = /[\p{sc=Hira}\p{sc=Kana}]/u;
const HANGUL = /\p{sc=Hang}/u;
const ARABIC = /\p{sc=Arab}/u;
/** Letters that Uyghur has and Arabic and Persian have not. */
const UYGHUR = /[\u06d0\u06c6\u06c7\u06c8\u06cb\u06ad\u06d5]/u;
const PERSIAN = /[\u067e\u0686\u0698\u06af\u06a9\u06cc]/u;
const TIBETAN = /\p{sc=Tibt}/u;
const MONGOLIAN = /\p{sc=Mong}/u;

/** A function that gives the language of a run of a page by its letters; null for letters that many languages share. */
export function languagesOfPage(page: string): (run: string) => string | null {
  // Han and Arabic letters alone do not tell: the other letters of the page do.
  const withHan = KANA.test(page) ? 'ja' : 'zh';
  const withArabic = UYGHUR.test(page) ? 'ug' : PERSIAN.test(page) ? 'fa' : 'ar';
  return (run) => {
    if (KANA.test(run)) return 'ja';
    if (HAN.test(run)) return withHan;
    if (ARABIC.test(run)) return withArabic;
    if (HANGUL.test(run)) return 'ko';
    if (TIBETAN.test(run)) return 'bo';
    return MONGOLIAN.test(run) ? 'mn' : null;
  };
}
