import { useTranslation } from 'react-i18next';
import type { Layer, Source } from '../../../shared/model/index.ts';
import { Note } from '../../ui/Note.tsx';

export type Problem = 'unpaintable' | 'locked' | 'cannotOpen' | 'textDiffers';

interface Props {
  readonly source: Source;
  readonly layer: Layer | null;
  readonly problem: Problem | null;
}

/** What a reader must know before relying on what is shown. */
export function Remarks({ source, layer, problem }: Props) {
  const { t } = useTranslation();
  return (
    <div className="reader-remarks">
      {source.hasText ? null : <Note>{t(source.kind === 'pdf' ? 'reader.noTextLayerPdf' : 'reader.noTextLayer')}</Note>}
      {layer?.engine === 'pdfjs' && source.hasText ? <Note role="status">{t('textLayer.byPdfjs')}</Note> : null}
      {problem === null ? null : <Note tone="warn">{t(`reader.problems.${problem}`)}</Note>}
    </div>
  );
}
