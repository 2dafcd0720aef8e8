import main from './en.json' with { type: 'json' };
import reader from './en-reader.json' with { type: 'json' };

/** All words of the interface: the shell's and the reader's, in a file each. Top-level keys must not meet. */
export const en = { ...main, ...reader };
