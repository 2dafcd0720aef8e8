import { useTranslation } from '../../common/strings/use-translation.ts';
import { useWrite, type ApiError } from '../../api/index.ts';
import { formatBytes } from '../../common/format.ts';
import { saveDownload } from '../../common/files/save-download.ts';
import { announce, notify } from '../../common/notices/notices.ts';
import { settle } from '../../common/drafts/pending-commits.ts';
import { optionsOf, type HandOver } from './export.ts';

/** Sends out what was asked for, or stops doing so; tells when it is done, and closes the dialog then. */
export function useExport(onDone: () => void) {
  const { t } = useTranslation();
  const file = useWrite('app.exportProject');
  const report = useWrite('app.writeReport');
  const stopping = useWrite('app.cancelExport');
  const told = ({ done, name, bytes, download, missing = [] }: Saved): void => {
    if (!done) return;
    if (download !== null) saveDownload(download, name ?? '');
    const words = t('project.exported', { name, size: formatBytes(bytes) });
    if (missing.length === 0) notify('plain', words);
    else notify('warn', `${words} ${t('handingOver.lacking', { count: missing.length })}`, missing);
    onDone();
  };
  const failed = (error: ApiError): void => {
    if (isStopped(error)) announce(t('handingOver.stopped'));
  };
  return {
    start: async (set: HandOver): Promise<void> => {
      // What waits to be written goes with it.
      await settle();
      if (set.format !== 'file') {
        report.mutate({ format: set.format, only: set.only }, { onSuccess: told, onError: failed });
        return;
      }
      file.mutate(optionsOf(set), {
        onError: failed,
        onSuccess: (saved) => {
          const { signature } = saved;
          if (signature !== null && signature.download !== null) saveDownload(signature.download, signature.name);
          told(saved);
        },
      });
    },
    stop: () => stopping.mutate({}),
    error: [file.error, report.error].find((error) => error !== null && !isStopped(error)) ?? null,
    isPending: file.isPending || report.isPending,
  };
}

/** Who stopped it knows. */
const isStopped = ({ data }: ApiError): boolean => data.code === 'CANCELLED';

interface Saved {
  readonly done: boolean;
  readonly name: string | null;
  readonly bytes: number;
  readonly download: string | null;
  /** What the file had to go out without, in sentences. */
  readonly missing?: readonly string[];
}
