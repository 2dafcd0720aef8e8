import { useEffect, useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '../common/strings/use-translation.ts';
import type { AppState } from '../../shared/contract/app.ts';
import { useCall, useHostEvent } from '../api/index.ts';
import { keepFocusSomewhere, rememberFocus } from '../ui/focus-memory.ts';
import { useFrameWidth } from '../ui/useMedia.ts';
import { DropArea } from '../features/import/ImportBar.tsx';
import { useImporter } from '../features/import/useImporter.ts';
import { StartScreen } from '../features/start/StartScreen.tsx';
import { useAppearanceOnDocument, useThemeSwitch } from '../common/appearance.ts';
import { newProjectKeys, useCoreCommands } from '../common/commands/core.ts';
import { runFromMenu } from './commands/menu.ts';
import { useShortcuts } from '../common/commands/useShortcuts.ts';
import { ErrorBoundary, ScreenError } from './ErrorBoundary.tsx';
import { Dialogs } from './frame/Dialogs.tsx';
import { Announcer, Notices } from './frame/Notices.tsx';
import { StatusBar } from './frame/StatusBar.tsx';
import { TopBar } from './frame/TopBar.tsx';
import { Wordmark } from './frame/Wordmark.tsx';
import { chooseLibraryShelf } from '../common/workbench/library-shelf.ts';
import { closeDialog } from '../common/workbench/workbench.ts';
import { useWaitingFile } from './useWaitingFile.ts';
import { Workbench } from './Workbench.tsx';

/** The whole page: a start screen, or the workbench of one project. */
export function App() {
  const client = useQueryClient();
  const state = useCall('app.state', {});
  const switchTheme = useThemeSwitch();
  useAppearanceOnDocument();
  useShortcuts();
  useCoreCommands(switchTheme);
  useHostEvent('app.command', ({ command }) => runFromMenu(command));
  useHostEvent('project.opened', leaveProject);
  useHostEvent('project.closed', leaveProject);
  useWaitingFile();
  useFocusKept(state.data?.project?.id ?? null);
  useWidthOnDocument();
  useTitle(state.data?.project?.title ?? null);

  if (state.isPending) return null;
  if (state.isError)
    return (
      <ScreenError
        what="start"
        message={state.error.message}
        onAgain={() => void client.invalidateQueries({ queryKey: ['app.state'] })}
      />
    );
  return (
    <div className="frame">
      <TopBar onSwitchTheme={switchTheme} />
      <div className="frame-main">
        <ErrorBoundary key={state.data.project?.id ?? 'start'}>
          <Screen state={state.data} />
        </ErrorBoundary>
      </div>
      <div className="frame-foot">
        <Notices />
        {state.data.project === null ? null : <StatusBar key={state.data.project.id} />}
      </div>
      <Dialogs state={state.data} />
      <Announcer />
    </div>
  );
}

/** What a dialog asked of the project before is over, whoever opened or closed it; so is the part of its library. */
function leaveProject(): void {
  closeDialog();
  chooseLibraryShelf('all');
}

function Screen({ state }: { state: AppState }) {
  if (state.project !== null) return <Workbench key={state.project.id} />;
  return <Start state={state} />;
}

/** A project file can be dropped here, too. */
function Start({ state }: { state: AppState }) {
  const { takeDrop } = useImporter();
  return (
    <DropArea onDrop={takeDrop} at="start">
      <StartScreen state={state} wordmark={<Wordmark />} newProjectKey={newProjectKeys(state.host)[0] ?? ''} />
    </DropArea>
  );
}

/** Who closes a project goes on by key from the start screen. */
function useFocusKept(project: string | null): void {
  const before = useRef(project);
  useEffect(rememberFocus, []);
  useEffect(() => {
    if (before.current !== null && project === null) keepFocusSomewhere();
    before.current = project;
  }, [project]);
}

/** Styles ask the document how much room there is; the limits are tokens. */
function useWidthOnDocument(): void {
  const width = useFrameWidth();
  useEffect(() => {
    document.documentElement.dataset['width'] = width;
  }, [width]);
}

function useTitle(project: string | null): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = project === null ? t('app.name') : t('app.title', { project });
  }, [project, t]);
}
