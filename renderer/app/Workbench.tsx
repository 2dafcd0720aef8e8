import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ImportDialogs } from '../features/import/ImportDialogs.tsx';
import { DropArea } from '../features/import/DropArea.tsx';
import { useImporter } from '../features/import/useImporter.ts';
import { useProjectCommands } from './commands/core.ts';
import { useCommands, type Command } from './commands/registry.ts';
import { ProjectWarnings } from './ProjectWarnings.tsx';
import { LibraryScreen } from './screens/LibraryScreen.tsx';
import { ReadScreen } from './screens/ReadScreen.tsx';
import { useKeptPlace } from './state/kept-place.ts';
import { resetWorkbench, useWorkbench } from './state/workbench.ts';

export const IMPORT_KEY = '$mod+KeyO';

/** An open project: its library or its reader. Files can be dropped on either. */
export function Workbench() {
  const { t } = useTranslation();
  const place = useWorkbench((state) => state.place);
  const importer = useImporter();
  useProjectCommands();
  useKeptPlace();
  // Only once the workbench is gone: until then, what it forgets would be kept as where it was left.
  useEffect(() => resetWorkbench, []);
  const { chooseFiles } = importer;
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'import',
          title: t('commands.import'),
          group: 'library',
          keys: [IMPORT_KEY],
          inFields: true,
          run: chooseFiles,
        },
      ],
      [t, chooseFiles],
    ),
  );
  return (
    <DropArea onDrop={importer.takeDrop}>
      <main className="workbench">
        <h1 className="unseen">{t(`places.${place}`)}</h1>
        <ProjectWarnings />
        {place === 'library' ? <LibraryScreen importer={importer} importKey={IMPORT_KEY} /> : <ReadScreen />}
      </main>
      <ImportDialogs />
    </DropArea>
  );
}
