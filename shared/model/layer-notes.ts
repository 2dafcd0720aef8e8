/** Remarks on a layer that a program looks for, by the sentence a person reads. */
export const PASSWORD_TO_SHOW = 'The original is protected: its password is needed again to show its pages.';

/** The original was opened with a password, which is stored nowhere: whoever paints its pages must ask for it. */
export const needsPassword = (notes: readonly string[]): boolean => notes.includes(PASSWORD_TO_SHOW);

export const ANIMATED = 'It is animated: its first picture is the one that is shown.';
/** A picture that would move where a browser shows it by itself. */
export const isAnimated = (notes: readonly string[]): boolean => notes.includes(ANIMATED);

const MADE_ON = 'The file says of itself that it was made on ';
/** When the file was made, as it says: not the date of what is in it. */
export const fileMadeOn = (date: string): string => `${MADE_ON}${date}.`;

/** A frozen page whose text was made without its styles. */
export const UNSETTLED =
  'No browser was at hand: its text was made without its styles, so words that the page does not show, such as those of closed menus, belong to it and can be found, too.';
export const isUnsettledNote = (note: string): boolean => note === UNSETTLED;

const SETTLED = 'Its text is what the page showed in ';
/** A frozen page whose text was made with its styles, as a browser (`Chromium 156`) said them, without the words they hide. */
export const settledNote = (browser: string, hidden: number): string =>
  `${SETTLED}${browser} at import; ${hiddenWords(hidden)}.`;
const hiddenWords = (count: number): string =>
  count === 0
    ? 'its styles hide no words'
    : count === 1
      ? 'one word its styles hide was left out'
      : `${count} words its styles hide were left out`;

/**
 * Whether a note is worth a line in an import's report: something is missing or uncertain. What is true of every file of a
 * kind is not: with which styles a page's text was made stands where one reads it.
 */
export const isRemark = (note: string): boolean =>
  !note.startsWith(MADE_ON) && !note.startsWith(SETTLED) && !isUnsettledNote(note);
