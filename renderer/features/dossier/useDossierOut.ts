import { useState } from 'react';
import { z } from 'zod';
import type { SavedDossier } from '../../../shared/contract/dossier.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { errorDataOf, useApi, useCall, useHostEvent, useWrite } from '../../api/index.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { noteMade } from '../../common/files/last-made.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { printOwnPage } from '../../common/own-pages/own-page.ts';
import { askedOf, useDossiers } from './state.ts';

type Format = CallInput<'app.writeDossier'>['format'];
const NO_TRUST = z.array(z.never()).parse([]);

/** How far the acting person trusts each signer, which a dossier prints. Undefined until it is read. */
export function useKeys(): CallInput<'dossier.show'>['keys'] {
  const people = useCall('app.people', {}).data?.people;
  return people?.map(({ id, trust }) => ({ id, trust }));
}

/** Functions that write a dossier to a file, and print it. `share`: the progress of an export from 0 to 1, null while unknown. */
export function useDossierOut(saved: SavedDossier) {
  const api = useApi();
  const write = useWrite('app.writeDossier');
  const stopping = useWrite('app.cancelExport');
  const tellExported = useTellExported();
  const keys = useKeys() ?? NO_TRUST;
  const passwords = [...useDossiers((state) => state.passwords)];
  const [share, setShare] = useState<number | null>(null);
  const [isPrinting, setPrinting] = useState(false);
  useHostEvent('export.progress', (event) => setShare(event.total === 0 ? null : event.done / event.total));
  const failed = (thrown: unknown): void => {
    const error = errorDataOf(thrown);
    if (error.code === 'CANCELLED') announce(error.message);
    else notifyError(error);
  };
  const start = async (format: Format): Promise<void> => {
    // Save unsaved text first: it must be part of the file.
    await runPending();
    setShare(null);
    write.mutate(
      { ...askedOf(saved), format, passwords },
      {
        onSuccess: ({ done, ...file }) => {
          if (!done) return;
          noteMade([saved.id, format], file);
          tellExported(file);
        },
        onError: failed,
      },
    );
  };
  const print = async (): Promise<void> => {
    setPrinting(true);
    try {
      await runPending();
      const { html } = await api.read('dossier.show', { ...askedOf(saved), exhibit: null, keys, passwords });
      await printOwnPage(html);
    } catch (thrown) {
      failed(thrown);
    } finally {
      setPrinting(false);
    }
  };
  return {
    start: (format: Format): void => void start(format),
    print: (): void => void print(),
    stop: () => stopping.mutate({}),
    isWriting: write.isPending,
    isPrinting,
    share,
  };
}
