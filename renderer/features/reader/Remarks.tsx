import { useTranslation } from 'react-i18next';
import type { Source } from '../../../shared/model/index.ts';
import { Note } from '../../ui/Note.tsx';

export type Problem = 'unpaintable' | 'locked' | 'cannotOpen' | 'textDiffers';

/** What a reader must know before relying on what is shown. */
export function Remarks({ source, problem }: { source: Source; problem: Problem | null }) {
  const { t } = useTranslation();
  return (
    <div className="reader-remarks">
      {source.hasText ? null : <Note>{t(source.kind === 'pdf' ? 'reader.noTextLayerPdf' : 'reader.noTextLayer')}</Note>}
      {problem === null ? null : <Note tone="warn">{t(`reader.problems.${problem}`)}</Note>}
    </div>
  );
}
