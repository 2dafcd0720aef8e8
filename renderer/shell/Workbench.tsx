import { useEffect, useLayoutEffect, useMemo } from 'react';
import { notify } from '../common/notices/notices.ts';
import { useTranslation } from '../common/strings/use-translation.ts';
import { ImportDialogs } from '../features/import/ImportDialogs.tsx';
import { DropArea, FirstSource, ImportBar, NoSource } from '../features/import/ImportBar.tsx';
import { PrintCommand } from '../features/print/PrintDialog.tsx';
import { PageStyles } from '../features/page-styles/PageStyles.tsx';
import { Versions } from '../features/versions/Versions.tsx';
import { useImportCommands, useImporter, type Importer } from '../features/import/useImporter.ts';
import { useInstallCommand } from '../features/codebook/category-commands.ts';
import { SearchPage } from '../features/search/SearchPage.tsx';
import { useSearchCommands } from '../features/search/useSearchCommands.ts';
import { BackToConflict } from '../features/merge/ConflictsSection.tsx';
import { BlindBar, useCodingCommands } from '../features/coding/BlindBar.tsx';
import { useMergeCommands } from '../features/merge/useMergeCommands.ts';
import { closeExchange, useExchangeScreen } from '../common/workbench/screens.ts';
import {
  useExchangeCommands,
  usePaneCommands,
  useLibraryShelfCommands,
  useMemoCommands,
  useReviewCommands,
} from './commands/workbench.ts';
import { useProjectCommands } from './commands/project.ts';
import { useCommands, withoutWrites, type Command } from '../common/commands/registry.ts';
import { keptDocuments } from '../viewer/pdf/kept-documents.ts';
import { useReadOnly } from '../common/read-only.ts';
import { resetMade } from '../common/files/last-made.ts';
import { useKeptDrafts } from '../common/drafts/drafts.ts';
import { ProjectWarnings } from './ProjectWarnings.tsx';
import { ReadScreen } from './screens/ReadScreen.tsx';
import { TeamScreen } from './screens/TeamScreen.tsx';
import { useSidebarCommands } from './screens/StartPane.tsx';
import { useKeptPlace } from './kept-place.ts';
import { useKeptSidePanes } from '../common/workbench/side-panes.tsx';
import { useIsUnlisted } from '../common/workbench/listed-sources.ts';
import { resetWorkbench, useWorkbench, type Place } from '../common/workbench/workbench.ts';
import { keyOf, keysOf } from '../common/commands/command-keys.ts';
import { Exchange } from '../features/exchange/Exchange.tsx';
import { resetExchange } from '../features/exchange/exchange-state.ts';
import { useExchangeActs } from '../features/exchange/useExchangeActs.ts';
import { Library, ListForReader } from '../features/library/Library.tsx';
import { resetLibrary } from '../features/library/library-state.ts';
import { Trash } from '../features/trash/Trash.tsx';
import { useCall } from '../api/index.ts';
import { focusScreen } from '../ui/focus-memory.ts';
import { useFrameWidth } from '../ui/useMedia.ts';
import { Claims } from '../features/claims/Claims.tsx';
import { ClaimsEntry } from '../features/claims/ClaimsEntry.tsx';
import { AddToDossier } from '../common/dossiers/AddToDossier.tsx';
import { Relations } from '../features/relations/Relations.tsx';
import { RelationsEntry } from '../features/relations/RelationsEntry.tsx';
import { closeRelations, resetRelations, useRelations } from '../common/relations/state.ts';
import { LinkToClaim } from '../common/claims/LinkToClaim.tsx';
import { closeClaims, resetClaims, useClaims } from '../common/claims/state.ts';
import { resetFiguring } from '../common/figures/mode.ts';
import { resetMasking } from '../common/masks/mode.ts';
import { useCarriedQuery } from '../common/query/carried.ts';
import { Evidence } from '../features/evidence/Evidence.tsx';
import { resetEvidence, useAsked } from '../features/evidence/state.ts';
import { Figures } from '../features/figures-table/Figures.tsx';
import { FiguresEntry } from '../features/figures-table/FiguresEntry.tsx';
import { closeFigures, resetFigures, useFigures } from '../features/figures-table/state.ts';
import { Dossier } from '../features/dossier/Dossier.tsx';
import { DossierEntry } from '../features/dossier/DossierEntry.tsx';
import { closeDossiers, resetDossiers, useDossiers } from '../features/dossier/state.ts';
import { Drafts } from '../features/drafts/Drafts.tsx';
import { resetDesk } from '../features/drafts/state.ts';
import { Review } from '../features/review/Review.tsx';
import { useSnapshotCommands } from '../features/snapshots/snapshots.ts';

/** An open project: its library or its reader. Files can be dropped on either. */
export function Workbench() {
  const { t } = useTranslation();
  const place = useWorkbench((state) => state.place);
  const isUnlisted = useIsUnlisted();
  const importer = useImporter();
  useProjectCommands();
  usePaneCommands();
  useKeptSidePanes();
  useKeptDrafts();
  useLibraryShelfCommands();
  useImportCommands();
  const isRestored = useKeptPlace();
  useSidebarCommands();
  useSearchCommands();
  useInstallCommand();
  useMemoCommands();
  const team = useMergeCommands();
  const exchange = useExchangeActs();
  useExchangeCommands();
  useSnapshotCommands();
  useCodingCommands();
  useReviewCommands();
  // After the workbench is unmounted: before that, the cleared state would be stored as the place to restore.
  useEffect(() => resetWorkbench, []);
  // After the open sources are closed: outer components’ clean-up runs first.
  useEffect(() => () => queueMicrotask(() => keptDocuments.dropAll()), []);
  useScreenFocus();
  const isReadOnly = useReadOnly();
  useLayoutEffect(
    () => (isReadOnly ? withoutWrites(({ title }) => notify('plain', t('project.refused', { title }))) : undefined),
    [t, isReadOnly],
  );
  useAddCommands(importer, isReadOnly);
  return (
    <DropArea
      onDrop={(transfer) => {
        if (place === 'team' && !isReadOnly && team.takeDrop(transfer)) return;
        if (isReadOnly || !exchange.takeDrop(transfer)) importer.takeDrop(transfer);
      }}
      at={isReadOnly ? 'readOnly' : place === 'team' ? 'team' : 'project'}
    >
      <main className="workbench">
        <h1 className="unseen">{t(`places.${place}`)}</h1>
        <div>
          <ProjectWarnings />
          <BlindBar />
          <BackToConflict />
        </div>
        {isRestored ? (
          <PlaceScreen place={place} importer={importer} />
        ) : (
          <p className="starting">{t('app.starting')}</p>
        )}
      </main>
      {isRestored && place !== 'library' && isUnlisted ? <ListForReader /> : null}
      <ImportDialogs />
      <PrintCommand />
      <LinkToClaim />
      <AddToDossier />
      <PageStyles />
      <Versions />
    </DropArea>
  );
}

/** The commands that add sources. */
function useAddCommands({ chooseFiles, chooseFolder }: Importer, isReadOnly: boolean): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'import',
          title: t('commands.import'),
          group: 'library',
          icon: 'import',
          keys: keysOf('import'),
          inFields: true,
          when: () => !isReadOnly,
          run: chooseFiles,
        },
        {
          id: 'importFolder',
          title: t('commands.importFolder'),
          group: 'library',
          icon: 'folder',
          keys: keysOf('importFolder'),
          inFields: true,
          when: () => !isReadOnly,
          run: chooseFolder,
        },
      ],
      [t, isReadOnly, chooseFiles, chooseFolder],
    ),
  );
}

function PlaceScreen({ place, importer }: { place: Place; importer: Importer }) {
  switch (place) {
    case 'library':
      return <LibraryScreen importer={importer} importKey={keyOf('import')} />;
    case 'read':
      return <ReadScreen />;
    case 'search':
      return <SearchScreen />;
    case 'evidence':
      return <EvidenceScreen />;
    case 'draft':
      return <DraftScreen />;
    case 'review':
      return <ReviewScreen />;
    case 'team':
      return <TeamScreen />;
  }
}

/** Focuses the screen that was opened, or the source or passage on it. */
function useScreenFocus(): void {
  const { place, source, navigations } = useWorkbench();
  useEffect(() => focusScreen(place === 'read' && source !== null), [place, source, navigations]);
  // After the workbench is unmounted: the next project begins with an empty selection.
  useEffect(() => resetLibrary, []);
  useEffect(() => resetEvidence, []);
  useEffect(
    () => () => {
      closeExchange();
      resetExchange();
    },
    [],
  );
  useEffect(() => resetClaims, []);
  useEffect(() => resetRelations, []);
  useEffect(() => resetFigures, []);
  useEffect(() => resetMasking, []);
  useEffect(() => resetFiguring, []);
  useEffect(() => resetDossiers, []);
  useEffect(() => resetMade, []);
  useEffect(() => resetDesk, []);
}

/** The library, with the import panel. */
export function LibraryScreen({ importer, importKey }: { importer: Importer; importKey: string }) {
  const width = useFrameWidth();
  const removed = useCall('trash.list', {}).data?.removed.length ?? 0;
  const isReadOnly = useReadOnly();
  const { way } = useExchangeScreen();
  if (way !== null) return <Exchange way={way} width={width} />;
  return (
    <Library
      width={width}
      onImportFiles={importer.chooseFiles}
      onImportFolder={importer.chooseFolder}
      importing={<ImportBar />}
      removed={{ count: removed, list: (head) => <Trash head={head} /> }}
      whenEmpty={isReadOnly ? <NoSource /> : <FirstSource onChoose={importer.chooseFiles} importKey={importKey} />}
    />
  );
}

/** The search on a full screen, with facets and the form. */
export function SearchScreen() {
  return <SearchPage width={useFrameWidth()} />;
}

/** All passages in the selected view, or the claims that rest on them. */
export function EvidenceScreen() {
  const width = useFrameWidth();
  const isClaims = useClaims(({ isOpen }) => isOpen);
  const isDossiers = useDossiers(({ isOpen }) => isOpen);
  const isRelations = useRelations(({ isOpen }) => isOpen);
  const isFigures = useFigures(({ isOpen }) => isOpen);
  const asked = useAsked();
  // The search has handed a query over to the evidence.
  const isCarried = useCarriedQuery(({ evidence }) => evidence !== null);
  useEffect(() => {
    if (!isCarried) return;
    closeClaims();
    closeDossiers();
    closeRelations();
    closeFigures();
  }, [isCarried]);
  const shown = isDossiers
    ? 'dossiers'
    : isRelations
      ? 'relations'
      : isFigures
        ? 'figures'
        : isClaims
          ? 'claims'
          : null;
  // The pressed button disappears with its page, so the focus moves to the new one.
  useEffect(() => focusScreen(false), [shown]);
  switch (shown) {
    case 'dossiers':
      return <Dossier width={width} />;
    case 'relations':
      return <Relations width={width} />;
    case 'figures':
      return <Figures width={width} asked={asked} />;
    case 'claims':
      return <Claims width={width} />;
    case null:
      return <Evidence width={width} beside={<BesideEvidence />} />;
  }
}

/** What the rail of the evidence shows below its list of views. */
function BesideEvidence() {
  return (
    <>
      <FiguresEntry />
      <RelationsEntry />
      <ClaimsEntry />
      <DossierEntry />
    </>
  );
}

/** Drafts, sentence by sentence. */
export function DraftScreen() {
  return <Drafts width={useFrameWidth()} />;
}

/** The review: queues, and one passage at a time. */
export function ReviewScreen() {
  return <Review width={useFrameWidth()} />;
}
