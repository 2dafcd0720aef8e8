/**
 * Text as it is compared while one filters a list: compatibility forms, width, case and diacritics folded. Search over
 * sources folds more, and keeps a map back (see DESIGN); a filter needs none.
 */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .normalize('NFC')
    .toLowerCase();
