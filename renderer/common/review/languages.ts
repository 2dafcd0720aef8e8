import { formatLanguage } from '../format.ts';

/** What a translation is usually written in; others come with the translations there are. */
export const TRANSLATED_INTO = ['en', 'fr', 'de', 'es', 'it', 'nl', 'ja', 'tr'] as const;
export const USUAL_LANGUAGE = 'en';

/** A language by its name: “Uyghur” of `ug`. What is no BCP 47 tag stays as it is. */
export function languageName(tag: string): string {
  // The script is what sources differ by, not what people call the language.
  const short = tag.replace(/^zh-(?:Hans|Hant)\b.*/u, 'zh');
  return formatLanguage(short) ?? tag;
}

const RIGHT_TO_LEFT = /^(?:ug|ar|fa|ur|he|ckb)(?:-|$)/u;
export const directionOf = (tag: string | null): 'rtl' | 'auto' | 'ltr' =>
  tag === null ? 'auto' : RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr';
