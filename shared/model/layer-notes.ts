/** Remarks on a layer that a program looks for, by the sentence a person reads. */
export const PASSWORD_TO_SHOW = 'The original is protected: its password is needed again to show its pages.';

/** The original was opened with a password, which is stored nowhere: whoever paints its pages must ask for it. */
export const needsPassword = (notes: readonly string[]): boolean => notes.includes(PASSWORD_TO_SHOW);
