import type { CallInput } from '../../../shared/contract/index.ts';
import type { Selection } from '../../../shared/contract/export.ts';

/** What goes out: the project file teammates merge, or evidence for readers who have no Sourcebook. */
export const FORMATS = ['file', 'html', 'csv'] as const;
export const SEALS = ['none', 'passphrase', 'recipients'] as const;

/** All the dialog asks. A passphrase lies here and nowhere else, and goes with the dialog. */
export interface HandOver {
  readonly format: (typeof FORMATS)[number];
  readonly only: Selection;
  readonly seal: (typeof SEALS)[number];
  readonly passphrase: string;
  readonly again: string;
  /** `age1…`, by white space. */
  readonly recipients: string;
  readonly sign: boolean;
  readonly pseudonyms: boolean;
}

export const NOTHING_SET: HandOver = {
  format: 'file',
  only: { sources: [], categories: [], people: [], states: [] },
  seal: 'none',
  passphrase: '',
  again: '',
  recipients: '',
  sign: false,
  pseudonyms: false,
};

/** Shorter ones are found by trying, even through scrypt. */
export const SHORTEST_PASSPHRASE = 12;

export type Wrong = 'short' | 'differ' | 'noRecipient' | 'badRecipient';

/** What keeps it from being sent; null where nothing does. */
export function wrongWith({ format, seal, passphrase, again, recipients }: HandOver): Wrong | null {
  if (format !== 'file') return null;
  switch (seal) {
    case 'none':
      return null;
    case 'passphrase':
      if ([...passphrase].length < SHORTEST_PASSPHRASE) return 'short';
      return passphrase === again ? null : 'differ';
    case 'recipients': {
      const all = recipientsIn(recipients);
      if (all.length === 0) return 'noRecipient';
      return all.every((one) => /^age1[0-9a-z]{20,}$/.test(one)) ? null : 'badRecipient';
    }
  }
}

const recipientsIn = (text: string): string[] => text.split(/[\s,;]+/u).filter((one) => one !== '');

/** As the host is asked for it. */
export function optionsOf(set: HandOver): CallInput<'app.exportProject'> & { readonly only: Selection } {
  const { only, seal, passphrase, recipients, sign, pseudonyms } = set;
  return {
    only,
    pseudonyms,
    seal: {
      sign,
      recipients: seal === 'recipients' ? recipientsIn(recipients) : [],
      ...(seal === 'passphrase' ? { passphrase } : {}),
    },
  };
}
