import { formatLanguage } from '../format.ts';

/** The usual language of a translation; other languages are offered where such translations exist. */
export const TRANSLATED_INTO = ['en', 'fr', 'de', 'es', 'it', 'nl', 'ja', 'tr'] as const;
export const USUAL_LANGUAGE = 'en';
/** What is offered for a text that is in the usual language already. */
export const OTHER_LANGUAGE = 'fr';

/** A language by its name: “Uyghur” for `ug`. Anything that is not a BCP 47 tag is left as it is. */
export function languageName(tag: string): string {
  // The direction depends on the script, not on the language’s name.
  const short = tag.replace(/^zh-(?:Hans|Hant)\b.*/u, 'zh');
  return formatLanguage(short) ?? tag;
}

const RIGHT_TO_LEFT = /^(?:ug|ar|fa|ur|he|ckb)(?:-|$)/u;
export const directionOf = (tag: string | null): 'rtl' | 'auto' | 'ltr' =>
  tag === null ? 'auto' : RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr';
