import { Component, type ReactNode, useState } from 'react';
import { useTranslation } from '../common/strings/use-translation.ts';
import { DiagnosticsDialog } from '../features/diagnostics/DiagnosticsDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { recordError } from './failures.ts';
import { Note } from '../ui/Note.tsx';

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly failed: Error | null;
}

/** Catches an error in rendering, so that it affects one screen and not the window. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { failed: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override componentDidCatch(thrown: unknown): void {
    recordError(thrown);
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    return <ScreenError message={failed.message} onAgain={() => this.setState({ failed: null })} />;
  }
}

/** Shown instead of a screen that failed: what failed, what to do, and a button that tries again. */
export function ScreenError({
  message,
  onAgain,
  what = 'screen',
}: {
  message: string;
  onAgain: () => void;
  what?: 'screen' | 'start';
}) {
  const { t } = useTranslation();
  // The frame’s dialogs may be part of what failed.
  const [isDiagnosticsOpen, setDiagnosticsOpen] = useState(false);
  const isStart = what === 'start';
  return (
    <div className="screen-error" role="alert">
      <h1 className="title">{t(isStart ? 'app.cannotStart' : 'app.screenFailed')}</h1>
      <Note tone="bad">{message}</Note>
      <p className="mid">{t(isStart ? 'app.cannotStartText' : 'app.nothingLost')}</p>
      <div className="line">
        <Button kind="primary" onPress={onAgain}>
          {t(isStart ? 'app.tryAgain' : 'app.showAgain')}
        </Button>
        <Button icon="copy" onPress={() => setDiagnosticsOpen(true)}>
          {t('failures.diagnostics')}
        </Button>
      </div>
      {isDiagnosticsOpen ? <DiagnosticsDialog onClose={() => setDiagnosticsOpen(false)} /> : null}
    </div>
  );
}
