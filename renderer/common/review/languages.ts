import { formatLanguage } from '../format.ts';

/** Languages offered for translations, the usual one first. Others are added where such translations exist. */
export const TRANSLATED_INTO = ['en', 'fr', 'de', 'es', 'it', 'nl', 'ja', 'tr'] as const;
export const USUAL_LANGUAGE = 'en';
/** The language offered for a text that is in the usual language already. */
export const OTHER_LANGUAGE = 'fr';

/** The name of a language: “Uyghur” for `ug`. A tag that is not BCP 47 is returned unchanged. */
export function languageName(tag: string): string {
  // The direction depends on the script, not on the language’s name.
  const short = tag.replace(/^zh-(?:Hans|Hant)\b.*/u, 'zh');
  return formatLanguage(short) ?? tag;
}

const RIGHT_TO_LEFT = /^(?:ug|ar|fa|ur|he|ckb)(?:-|$)/u;
export const directionOf = (tag: string | null): 'rtl' | 'auto' | 'ltr' =>
  tag === null ? 'auto' : RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr';
