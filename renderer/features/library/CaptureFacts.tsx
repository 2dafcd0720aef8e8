import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import { CaptureRows, isCapture } from '../../common/captures/CaptureRows.tsx';

/** What the capture's file says of how it was made; nothing for what is none. */
export function CaptureFacts({ source }: { source: Source }) {
  const { t } = useTranslation();
  if (!isCapture(source)) return null;
  return (
    <section className="pane-section stack" aria-label={t('captured.title')}>
      <h3>{t('captured.title')}</h3>
      <dl className="definitions">
        <CaptureRows source={source} />
      </dl>
      {source.archive === null ? null : <p className="hint">{t('captured.hashOfArchive')}</p>}
    </section>
  );
}
