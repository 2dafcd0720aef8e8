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

/** Whether a note is worth a line in an import's report: something is missing or uncertain. */
export const isRemark = (note: string): boolean => !note.startsWith(MADE_ON);
