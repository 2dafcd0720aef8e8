import { formatBytes, formatNumber } from '../format.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { useLastMade } from './last-made.ts';

/** Size and duration of the last file written with the same choices; nothing before the first. */
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
