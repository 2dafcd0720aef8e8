import type { ReactNode } from 'react';
import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { closeFigureQuestion } from '../../common/figures/mode.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** A dialog with a form that Enter sends. */
export function QuestionDialog({
  kind,
  canRun,
  onRun,
  children,
}: {
  kind: 'dismiss' | 'return' | 'edit' | 'make';
  canRun: boolean;
  onRun: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t(`figureCards.ask.${kind}.title`)}
      isOpen
      onClose={closeFigureQuestion}
      ignoresOutside
      footer={
        <>
          <Button onPress={closeFigureQuestion}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={!canRun} onPress={onRun}>
            {t(`figureCards.ask.${kind}.run`)}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onRun();
        }}
      >
        {children}
        {/* Enter sends a form with several fields only if it contains a submit button. */}
        <button type="submit" hidden disabled={!canRun}>
          {t(`figureCards.ask.${kind}.run`)}
        </button>
      </form>
    </Dialog>
  );
}

/** The printed words that the question is about. */
export const FigureWords = ({ figure }: { figure: Pick<FigureInText, 'before' | 'text'> }) => (
  <blockquote className="source-words figure-words" dir="auto">
    <span className="dim">{figure.before}</span>
    {figure.text}
  </blockquote>
);
