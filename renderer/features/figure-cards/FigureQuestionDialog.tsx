import { useState } from 'react';
import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { useFigureActs } from '../../common/figures/acts.ts';
import { useListedFigures } from '../../common/figures/figures.ts';
import { useFiguring } from '../../common/figures/mode.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Field } from '../../ui/Field.tsx';
import { QuestionDialog, FigureWords } from './QuestionDialog.tsx';
import { FigureEditDialog, FigureMakeDialog } from './FigureEditDialog.tsx';
import { goToOpenAfter } from './next-figure.ts';

/** Asks for a reason or for another reading. Renders nothing if there is no question. */
export function FigureQuestionDialog() {
  const asked = useFiguring((state) => state.asked);
  if (asked === null) return null;
  if (asked.kind === 'make') return <FigureMakeDialog span={asked.span} />;
  const { kind, figure } = asked;
  return kind === 'edit' ? (
    <FigureEditDialog key={figure.id} figure={figure} />
  ) : (
    <ReasonDialog key={kind} kind={kind} figure={figure} />
  );
}

function ReasonDialog({ kind, figure }: { kind: 'dismiss' | 'return'; figure: FigureInText }) {
  const { t } = useTranslation();
  const acts = useFigureActs();
  const listed = useListedFigures(figure.sourceId);
  const [reason, setReason] = useState('');
  const [isRunning, setRunning] = useState(false);
  const canRun = reason.trim() !== '' && !isRunning;
  const run = (): void => {
    if (!canRun) return;
    setRunning(true);
    const act = kind === 'dismiss' ? acts.dismiss : acts.giveBack;
    void act(figure, reason.trim()).then((isDone) => {
      setRunning(false);
      if (isDone) goToOpenAfter(figure, listed, t);
    });
  };
  return (
    <QuestionDialog kind={kind} canRun={canRun} onRun={run}>
      <FigureWords figure={figure} />
      <Field
        label={t('figureCards.reason')}
        hint={t(`figureCards.ask.${kind}.hint`)}
        value={reason}
        onChange={setReason}
        autoFocus
        maxLength={2000}
      />
    </QuestionDialog>
  );
}
