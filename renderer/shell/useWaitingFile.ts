import { useCallback, useEffect } from 'react';
import { errorDataOf, useApi, useHostEvent } from '../api/index.ts';
import { notifyError } from '../common/notices/notices.ts';
import { openWaitingFile } from '../common/files/encrypted-file.ts';

/** Asks for the passphrase of a sealed file that was named outside of the page: by a double click, on a command line. */
export function useWaitingFile(): void {
  const api = useApi();
  const look = useCallback((): void => {
    openWaitingFile(api).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  }, [api]);
  useHostEvent('app.fileWaits', look);
  useEffect(look, [look]);
}
