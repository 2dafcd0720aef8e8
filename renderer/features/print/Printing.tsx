import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { closeDialog, openDialog, useWorkbench } from '../../common/workbench/workbench.ts';
import { PrintDialog } from './PrintDialog.tsx';

export const PRINT_KEY = '$mod+KeyP';

/** The command that prints the source in front, and the dialog it opens. */
export function Printing() {
  const { t } = useTranslation();
  const { dialog, source } = useWorkbench();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'print',
          title: t('print.command'),
          group: 'reading',
          keys: [PRINT_KEY],
          inFields: true,
          when: () => {
            const { place, source: front } = useWorkbench.getState();
            return place === 'read' && front !== null;
          },
          run: () => openDialog('print'),
        },
      ],
      [t],
    ),
  );
  return dialog === 'print' && source !== null ? <PrintOf id={source} /> : null;
}

function PrintOf({ id }: { id: SourceId }) {
  const source = useCall('sources.get', { id }).data;
  return source === undefined ? null : <PrintDialog source={source} onClose={closeDialog} />;
}
