import { useTranslation } from '../../app/strings/use-translation.ts';
import { useWrite } from '../../api/index.ts';
import { formatBytes } from '../../app/format.ts';
import { saveDownload } from '../../app/save-download.ts';
import { notify } from '../../app/state/notices.ts';
import { optionsOf, type HandOver } from './hand-over.ts';

/** Sends out what was asked for; tells when it is done, and closes the dialog then. */
export function useHandOver(onDone: () => void) {
  const { t } = useTranslation();
  const file = useWrite('app.exportProject');
  const report = useWrite('app.writeReport');
  const told = ({ done, name, bytes, download }: Saved): void => {
    if (!done) return;
    if (download !== null) saveDownload(download, name ?? '');
    notify('plain', t('project.exported', { name, size: formatBytes(bytes) }));
    onDone();
  };
  return {
    start: (set: HandOver): void => {
      if (set.format !== 'file') {
        report.mutate({ format: set.format, only: set.only }, { onSuccess: told });
        return;
      }
      file.mutate(optionsOf(set), {
        onSuccess: (saved) => {
          const { signature } = saved;
          if (signature?.download != null) saveDownload(signature.download, signature.name);
          told(saved);
        },
      });
    },
    error: file.error ?? report.error,
    isPending: file.isPending || report.isPending,
  };
}

interface Saved {
  readonly done: boolean;
  readonly name: string | null;
  readonly bytes: number;
  readonly download: string | null;
}
