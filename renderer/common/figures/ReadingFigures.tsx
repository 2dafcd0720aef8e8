import { useState } from 'react';
import { useHostEvent } from '../../api/index.ts';
import { formatShare } from '../format.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Progress } from '../../ui/Progress.tsx';

/** Progress of the first search for figures after a project opens. It goes on if the person leaves meanwhile. */
export function ReadingFigures() {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number } | null>(null);
  useHostEvent('figures.progress', setProgress);
  const isKnown = progress !== null && progress.total > 0;
  const text = isKnown
    ? t('figuresTable.readingShare', {
        share: formatShare(progress.done / progress.total),
        count: progress.total,
      })
    : t('figuresTable.reading');
  return (
    <div className="reading-figures" aria-busy="true">
      <p role="status">{text}</p>
      <Progress
        label={t('figuresTable.reading')}
        value={progress?.done ?? 0}
        max={isKnown ? progress.total : null}
        text={text}
      />
    </div>
  );
}
