import { formatBytes, formatNumber } from '../format.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { useLastMade } from './last-made.ts';

/** How large the last file was that was asked for so, and how long it took: measured, so nothing before the first. */
export function LastMade({ asked }: { asked: unknown }) {
  const { t } = useTranslation();
  const last = useLastMade(asked);
  if (last === null) return null;
  const seconds = Math.max(0.1, Math.round(last.ms / 100) / 10);
  return (
    <span className="dim">
      {t('project.lastMade', {
        size: formatBytes(last.bytes),
        seconds: formatNumber(seconds < 10 ? seconds : Math.round(seconds)),
      })}
    </span>
  );
}
