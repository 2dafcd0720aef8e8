import { useMemo, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { ReadAgainDialog } from './ReadAgainDialog.tsx';

/** The command that shows the text layers of the current source and extracts its text again, and its dialog. */
export function ReadAgain() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<SourceId | null>(null);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'textLayers.readAgain',
          title: t('textLayers.command'),
          group: 'reading',
          when: () => inFront() !== null,
          run: () => setAsked(inFront()),
        },
      ],
      [t],
    ),
  );
  const source = useCall('sources.get', asked === null ? null : { id: asked }).data;
  return asked === null || source === undefined ? null : (
    <ReadAgainDialog source={source} onClose={() => setAsked(null)} />
  );
}

function inFront(): SourceId | null {
  const { place, source } = useWorkbench.getState();
  return place === 'read' ? source : null;
}
