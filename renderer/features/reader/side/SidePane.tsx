import { useTranslation } from 'react-i18next';
import type { Source } from '../../../../shared/model/index.ts';
import type { PdfView } from '../../../viewer/pdf/view.ts';
import type { DrawnPassage } from '../../../viewer/types.ts';

export interface SidePaneProps {
  /** Null until the PDF is open. */
  readonly pdf: PdfView | null;
  readonly source: Source;
  /** The page one is on, from 1. */
  readonly page: number;
  readonly passages: readonly DrawnPassage[];
}

/** Beside a PDF: its pages, small, and its outline. */
export function SidePane({ source }: SidePaneProps) {
  const { t } = useTranslation();
  return <aside className="side-pane" aria-label={t('reader.pageName', { page: source.pages })} />;
}
