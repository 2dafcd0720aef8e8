import type { Selection } from '../../../shared/contract/export.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { useWrite, type ApiError } from '../../api/index.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { saveDownload, useTellExported } from '../../common/files/exported.ts';
import { wrongPassphrase } from '../../common/files/NewPassphrase.tsx';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';

/** `file` is a project file that others can merge; the others are reports for readers without Sourcebook. */
export const FORMATS = ['file', 'html', 'xlsx', 'csv'] as const;
export const ENCRYPTIONS = ['none', 'passphrase', 'recipients'] as const;

/** The state of the dialog. A passphrase is only kept here, until the dialog closes. */
export interface ExportChoices {
  readonly format: (typeof FORMATS)[number];
  readonly only: Selection;
  readonly encryption: (typeof ENCRYPTIONS)[number];
  readonly passphrase: string;
  readonly again: string;
  readonly unwritten: string | null;
  /** `age1…`, separated by white space. */
  readonly recipients: string;
  readonly sign: boolean;
  readonly pseudonyms: boolean;
  /** Whether the file is for teammates who will mask what isn’t masked yet. */
  readonly unmasked: boolean;
}

export const FIRST_CHOICES: ExportChoices = {
  format: 'file',
  only: { sources: [], categories: [], people: [], states: [] },
  encryption: 'none',
  passphrase: '',
  again: '',
  unwritten: null,
  recipients: '',
  sign: false,
  pseudonyms: false,
  unmasked: false,
};

export type Wrong =
  'short' | 'differ' | 'unwritten' | 'noRecipient' | 'badRecipient' | 'unmasked' | 'unmaskedForOthers';

/** Why the export cannot start; null if it can. */
export function wrongWith(
  { format, encryption, passphrase, again, unwritten, recipients, pseudonyms, unmasked }: ExportChoices,
  /** How many passages must be masked, or released on purpose, before a project file can be made. */
  toMask = 0,
): Wrong | null {
  if (format !== 'file') return null;
  if (toMask > 0 && pseudonyms) return 'unmaskedForOthers';
  if (toMask > 0 && !unmasked) return 'unmasked';
  switch (encryption) {
    case 'none':
      return null;
    case 'passphrase':
      return wrongPassphrase({ passphrase, again, unwritten });
    case 'recipients': {
      const all = recipientsIn(recipients);
      if (all.length === 0) return 'noRecipient';
      return all.every((one) => /^age1[0-9a-z]{20,}$/.test(one)) ? null : 'badRecipient';
    }
  }
}

const recipientsIn = (text: string): string[] => text.split(/[\s,;]+/u).filter((one) => one !== '');

/** The input of the host's call. */
export function optionsOf(set: ExportChoices): CallInput<'app.exportProject'> & { readonly only: Selection } {
  const { only, encryption, passphrase, recipients, sign, pseudonyms, unmasked } = set;
  return {
    only,
    pseudonyms,
    unmasked: unmasked && !pseudonyms,
    protection: {
      sign,
      recipients: encryption === 'recipients' ? recipientsIn(recipients) : [],
      ...(encryption === 'passphrase' ? { passphrase } : {}),
    },
  };
}

/** Functions that start and cancel the export. When it is done, it shows a notice and calls `onDone`. */
export function useExport(onDone: () => void) {
  const { t } = useTranslation();
  const file = useWrite('app.exportProject');
  const report = useWrite('app.writeReport');
  const stopping = useWrite('app.cancelExport');
  const tellExported = useTellExported();
  const onSaved = ({ done, name, bytes, download, missing = [] }: Saved): void => {
    if (!done) return;
    if (missing.length === 0) tellExported({ name, bytes, download });
    else tellExported({ name, bytes, download }, t('share.lacking', { count: missing.length }), missing);
    onDone();
  };
  const failed = (error: ApiError): void => {
    if (isStopped(error)) announce(t('share.stopped'));
  };
  return {
    start: async (set: ExportChoices): Promise<void> => {
      // Text that is not saved yet must be part of the file.
      await runPending();
      if (set.format !== 'file') {
        report.mutate({ format: set.format, only: set.only }, { onSuccess: onSaved, onError: failed });
        return;
      }
      file.mutate(optionsOf(set), {
        onError: failed,
        onSuccess: (saved) => {
          const { signature } = saved;
          if (signature !== null && signature.download !== null) saveDownload(signature.download, signature.name);
          onSaved(saved);
        },
      });
    },
    stop: () => stopping.mutate({}),
    error: [file.error, report.error].find((error) => error !== null && !isStopped(error)) ?? null,
    isPending: file.isPending || report.isPending,
  };
}

const isStopped = ({ data }: ApiError): boolean => data.code === 'CANCELLED';

interface Saved {
  readonly done: boolean;
  readonly name: string | null;
  readonly bytes: number;
  readonly download: string | null;
  /** What could not be included, in sentences. */
  readonly missing?: readonly string[];
}
