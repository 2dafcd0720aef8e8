import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useWrite } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { dismissImport, setReportOpen, useImport } from './import-store.ts';

/** What can be done with an import that runs, or has ended and was not put away. */
export function useImportCommands(): void {
  const { t } = useTranslation();
  const job = useImport(({ running }) => running?.job ?? null);
  const ended = useImport(({ running }) => running?.ended ?? false);
  const { mutate: cancel } = useWrite('import.cancel');
  useCommands(
    useMemo<Command[]>(() => {
      if (job === null) return [];
      const group = 'library';
      return [
        { id: 'importReport', title: t('commands.importReport'), group, icon: 'list', run: () => setReportOpen(true) },
        ended
          ? { id: 'dismissImport', title: t('import.dismiss'), group, icon: 'close', run: dismissImport }
          : { id: 'stopImport', title: t('commands.stopImport'), group, icon: 'close', run: () => cancel({ job }) },
      ];
    }, [t, job, ended, cancel]),
  );
}
