import { useEffect, useLayoutEffect, useRef, useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '../common/strings/use-translation.ts';
import type { AppState } from '../../shared/contract/app.ts';
import { useCall, useHostEvent, errorDataOf, useApi } from '../api/index.ts';
import { keepFocusSomewhere, rememberFocus } from '../ui/focus-memory.ts';
import { useFrameWidth } from '../ui/useMedia.ts';
import { DropArea } from '../features/import/ImportBar.tsx';
import { useImporter } from '../features/import/useImporter.ts';
import { StartScreen } from '../features/start/StartScreen.tsx';
import { useAppearanceOnDocument, useKeySettings, useThemeSwitch } from '../common/appearance.ts';
import { hostKeysOf } from '../common/commands/command-keys.ts';
import { useCoreCommands } from '../common/commands/core.ts';
import { useShortcuts, isBehindDialog, runCommand } from '../common/commands/registry.ts';
import { sayFailed } from './failures.ts';
import { ErrorBoundary, ScreenError } from './ErrorBoundary.tsx';
import { Dialogs } from './frame/Dialogs.tsx';
import { LiveRegion } from './frame/Notices.tsx';
import { StatusBar } from './frame/StatusBar.tsx';
import { TopBar, Wordmark } from './frame/TopBar.tsx';
import { chooseLibraryShelf } from '../common/workbench/screens.ts';
import { handleUndoInFields, undoInField } from '../common/drafts/field-undo.ts';
import { closeDialog, useWorkbench } from '../common/workbench/workbench.ts';
import { inOneDirection } from '../common/format.ts';
import { sourceName } from '../common/sources/sources.ts';
import { useDesk } from '../features/drafts/state.ts';
import { useLock } from './lock.ts';
import { LockScreen } from './screens/LockScreen.tsx';
import { Workbench } from './Workbench.tsx';
import { notifyError } from '../common/notices/notices.ts';
import { openWaitingFile } from '../common/files/encrypted-file.ts';

/** The whole page: the start screen, or the workbench of a project. */
export function App() {
  const client = useQueryClient();
  const { t } = useTranslation();
  const state = useCall('app.state', {});
  const switchTheme = useThemeSwitch();
  useAppearanceOnDocument();
  useKeySettings();
  useUndoInFields();
  useSelectAll();
  useShortcuts();
  useCoreCommands(switchTheme);
  useHostEvent('app.command', ({ command }) => runFromMenu(command));
  useHostEvent('app.failed', sayFailed);
  useHostEvent('project.opened', leaveProject);
  useHostEvent('project.closed', leaveProject);
  useWaitingFile();
  useFocusKept(state.data?.project?.id ?? null);
  useWidthOnDocument();
  useTitle(state.data?.project?.title ?? null);
  useLock(state.data?.locked ?? true);

  if (state.isPending) return <p className="starting">{t('app.starting')}</p>;
  if (state.isError)
    return (
      <ScreenError
        what="start"
        message={state.error.message}
        onAgain={() => void client.invalidateQueries({ queryKey: ['app.state'] })}
      />
    );
  if (state.data.locked) return <LockScreen person={state.data.person} isBrowser={state.data.host === 'browser'} />;
  return (
    <div className="frame">
      <TopBar onSwitchTheme={switchTheme} />
      <div className="frame-main">
        <ErrorBoundary key={state.data.project?.id ?? 'start'}>
          <Screen state={state.data} />
        </ErrorBoundary>
      </div>
      <div className="frame-foot">
        <LiveRegion />
        {state.data.project === null ? null : <StatusBar key={state.data.project.id} />}
      </div>
      <Dialogs state={state.data} />
    </div>
  );
}

/** When another project opens, dialogs are closed and the library shows its first part. */
function leaveProject(): void {
  closeDialog();
  chooseLibraryShelf('all');
}

function Screen({ state }: { state: AppState }) {
  if (state.project !== null) return <Workbench key={state.project.id} />;
  return <Start state={state} />;
}

/** The start screen. A project file can be dropped here too. */
function Start({ state }: { state: AppState }) {
  const { takeDrop } = useImporter();
  return (
    <DropArea onDrop={takeDrop} at="start">
      <StartScreen state={state} wordmark={<Wordmark />} newProjectKey={hostKeysOf('newProject', state.host)[0]} />
    </DropArea>
  );
}

/** When a project is closed, the focus moves to the start screen. */
function useFocusKept(project: string | null): void {
  const before = useRef(project);
  useEffect(rememberFocus, []);
  useEffect(() => {
    if (before.current !== null && project === null) keepFocusSomewhere();
    before.current = project;
  }, [project]);
}

/** Styles read the width class from the document; its limits are tokens. */
function useWidthOnDocument(): void {
  const width = useFrameWidth();
  const before = useRef(width);
  useEffect(() => {
    document.documentElement.dataset['width'] = width;
    // When the width class changes, the panes are drawn again and the focused element is lost.
    if (before.current !== width) keepFocusSomewhere();
    before.current = width;
  }, [width]);
}

/** Elsewhere than in these, Ctrl+A would select the words of the whole window, not the rows of a list. */
const HAS_TEXT = 'input, textarea, pre, [contenteditable], [role="document"]';

function useSelectAll(): void {
  useEffect(() => {
    const stop = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      if (event.target instanceof Element && event.target.closest(HAS_TEXT) === null) event.preventDefault();
    };
    window.addEventListener('keydown', stop);
    return () => window.removeEventListener('keydown', stop);
  }, []);
}

/** Undo and redo in text fields: of typing; if the field’s text is stored, of the project’s edits. */
function useUndoInFields(): void {
  useLayoutEffect(
    () =>
      handleUndoInFields((what) => {
        if (!isBehindDialog(document.activeElement)) runCommand(what);
      }),
    [],
  );
}

/** The window’s title: the name of the source, the report or the screen that is shown, and of the project. */
function useTitle(project: string | null): void {
  const { t } = useTranslation();
  const { place, source: id } = useWorkbench();
  const source = useCall('sources.get', project === null || place !== 'read' || id === null ? null : { id }).data;
  const isReport = useDesk((desk) => desk.isReport) && place === 'draft';
  const here = isReport ? t('desk.report.title') : t(`places.${place}`);
  const what = source === undefined ? here : inOneDirection(sourceName(source));
  useEffect(() => {
    document.title = project === null ? t('app.name') : t('app.title', { what, project });
  }, [project, what, t]);
}

/**
 * Asks for the passphrase of an encrypted file opened from outside the page: by a double click or on the command line.
 */
export function useWaitingFile(): void {
  const api = useApi();
  const look = useCallback((): void => {
    openWaitingFile(api).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  }, [api]);
  useHostEvent('app.fileWaits', look);
  useEffect(look, [look]);
}

/**
 * Runs the commands of the host’s menu. In a text field, undo and redo apply to its text, as their keys do: macOS sends
 * them through the menu even then.
 */
export function runFromMenu(command: string): void {
  const isOfField = (command === 'undo' || command === 'redo') && undoInField(command, runCommand);
  if (!isOfField) runCommand(command);
}
