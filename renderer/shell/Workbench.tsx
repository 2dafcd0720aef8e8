import { useEffect, useMemo } from 'react';
import { useTranslation } from '../common/strings/use-translation.ts';
import { ImportDialogs } from '../features/import/ImportDialogs.tsx';
import { DropArea } from '../features/import/ImportBar.tsx';
import { PrintCommand } from '../features/print/PrintDialog.tsx';
import { PageStyles } from '../features/page-styles/PageStyles.tsx';
import { Versions } from '../features/versions/Versions.tsx';
import { useImportCommands, useImporter } from '../features/import/useImporter.ts';
import { useInstallCommand } from '../features/codebook/category-commands.ts';
import { useSearchCommands } from '../features/search/useSearchCommands.ts';
import { BackToConflict } from '../features/merge/BackToConflict.tsx';
import { BlindBar, useCodingCommands } from '../features/coding/BlindBar.tsx';
import { useMergeCommands } from '../features/merge/useMergeCommands.ts';
import { usePaneCommands } from './commands/panes.ts';
import { useProjectCommands } from './commands/project.ts';
import { useCommands, type Command } from '../common/commands/registry.ts';
import { useLibraryShelfCommands } from './commands/library-shelves.ts';
import { useMemoCommands } from '../common/memos/useMemoCommands.ts';
import { keptDocuments } from '../viewer/pdf/kept-documents.ts';
import { useKeptDrafts } from '../common/drafts/kept-drafts.ts';
import { useReviewCommands } from '../common/review/useReviewCommands.ts';
import { ProjectWarnings } from './ProjectWarnings.tsx';
import { LibraryScreen } from './screens/LibraryScreen.tsx';
import { ReadScreen } from './screens/ReadScreen.tsx';
import { ReviewScreen } from './screens/ReviewScreen.tsx';
import { TeamScreen } from './screens/TeamScreen.tsx';
import { useShelfCommands } from './screens/StartPane.tsx';
import { useKeptPlace } from './kept-place.ts';
import { useKeptSidePanes } from '../common/workbench/side-panes.ts';
import { resetWorkbench, useWorkbench } from '../common/workbench/workbench.ts';

const IMPORT_KEY = '$mod+KeyO';
const IMPORT_FOLDER_KEY = '$mod+Shift+KeyO';

/** An open project: its library or its reader. Files can be dropped on either. */
export function Workbench() {
  const { t } = useTranslation();
  const place = useWorkbench((state) => state.place);
  const importer = useImporter();
  useProjectCommands();
  usePaneCommands();
  useKeptSidePanes();
  useKeptDrafts();
  useLibraryShelfCommands();
  useImportCommands();
  useKeptPlace();
  useShelfCommands();
  useSearchCommands();
  useInstallCommand();
  useMemoCommands();
  const team = useMergeCommands();
  useCodingCommands();
  useReviewCommands();
  // Only once the workbench is gone: until then, what it forgets would be kept as where it was left.
  useEffect(() => resetWorkbench, []);
  // After the sources that are still open have been closed: what is outside goes first.
  useEffect(() => () => queueMicrotask(() => keptDocuments.dropAll()), []);
  const { chooseFiles, chooseFolder } = importer;
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'import',
          title: t('commands.import'),
          group: 'library',
          icon: 'import',
          keys: [IMPORT_KEY],
          inFields: true,
          run: chooseFiles,
        },
        {
          id: 'importFolder',
          title: t('commands.importFolder'),
          group: 'library',
          icon: 'folder',
          keys: [IMPORT_FOLDER_KEY],
          inFields: true,
          run: chooseFolder,
        },
      ],
      [t, chooseFiles, chooseFolder],
    ),
  );
  return (
    <DropArea
      onDrop={(transfer) => {
        if (place !== 'team' || !team.takeDrop(transfer)) importer.takeDrop(transfer);
      }}
      at={place === 'team' ? 'team' : 'project'}
    >
      <main className="workbench">
        <h1 className="unseen">{t(`places.${place}`)}</h1>
        <div>
          <ProjectWarnings />
          <BlindBar />
          <BackToConflict />
        </div>
        {place === 'library' ? <LibraryScreen importer={importer} importKey={IMPORT_KEY} /> : null}
        {place === 'read' ? <ReadScreen /> : null}
        {place === 'review' ? <ReviewScreen /> : null}
        {place === 'team' ? <TeamScreen /> : null}
      </main>
      <ImportDialogs />
      <PrintCommand />
      <PageStyles />
      <Versions />
    </DropArea>
  );
}
