import { useEffect, useMemo, useState } from 'react';
import { ApiError, useApi, useCall } from '../../api/index.ts';
import { readStyles } from './read-styles.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { ReadAgainDialog } from './ReadAgainDialog.tsx';

/**
 * While a project is open, this window reads the styles of pages that are imported or whose text is extracted again, one
 * after the other, without showing them.
 */
export function PageStyles() {
  const api = useApi();
  useEffect(() => {
    let isGone = false;
    let last = Promise.resolve();
    const readOne = async (token: string): Promise<void> => {
      if (isGone) return;
      const { mine } = await api.call('pageStyles.take', { token });
      if (mine) await api.call('pageStyles.done', await readStyles(token));
    };
    const stop = api.on('pageStyles.wanted', ({ token }) => {
      last = last.then(() => readOne(token)).catch(tell);
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [api]);
  return <ReadAgain />;
}

/** Errors of calls are not shown: the import has ended or has given up waiting for the page, and its report says so. */
function tell(thrown: unknown): void {
  if (!(thrown instanceof ApiError)) reportError(thrown);
}

/** The command that shows the text layers of the current source and extracts its text again, and its dialog. */
function ReadAgain() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<SourceId | null>(null);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'textLayers.readAgain',
          title: t('textLayers.command'),
          writes: true,
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
