/** Whether a text is a BCP 47 language tag: `zh-Hans`, `ug`, `en-GB`. */
export function isLanguage(text: string): boolean {
  try {
    // BCP 47 reserves names of four letters and more, and "Chinese" is not a tag.
    return new Intl.Locale(text).language.length <= 3;
  } catch {
    // Intl reports an invalid tag only by throwing.
    return false;
  }
}
