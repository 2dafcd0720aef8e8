import { useTranslation } from '../../common/strings/use-translation.ts';
import { formatBytes } from '../../common/format.ts';
import { saveDownload } from '../../common/files/save-download.ts';
import { notify } from '../../common/notices/notices.ts';

interface Saved {
  readonly done: boolean;
  readonly name: string | null;
  readonly bytes: number;
  readonly download: string | null;
}

/**
 * Saves a file that is being written and tells of it, also where one has gone on to another screen meanwhile: a mutation's own
 * callbacks end with the component. What fails is told by who asked for it.
 */
export function useTold(): (writing: Promise<Saved>, onDone?: () => void) => void {
  const { t } = useTranslation();
  return (writing, onDone) => {
    writing.then(
      ({ done, name, bytes, download }) => {
        if (!done) return;
        if (download !== null) saveDownload(download, name ?? '');
        notify('plain', t('project.exported', { name, size: formatBytes(bytes) }));
        onDone?.();
      },
      () => undefined,
    );
  };
}
