import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import { useHostEvent } from '../../api/index.ts';
import { Progress } from '../../ui/Progress.tsx';

/** How far it is. */
export function Going() {
  const { t } = useTranslation();
  const [going, setGoing] = useState<EventPayload<'export.progress'> | null>(null);
  useHostEvent('export.progress', setGoing);
  const phase = going?.phase ?? 'collecting';
  const known = going !== null && going.total > 0;
  const percent = known ? Math.floor((going.done / going.total) * 100) : null;
  const text =
    percent === null
      ? t(`handingOver.phase.${phase}`)
      : t('handingOver.going', { phase: t(`handingOver.phase.${phase}`), percent });
  return (
    <div className="stack-tight">
      <Progress label={t('handingOver.title')} value={going?.done ?? 0} max={known ? going.total : null} text={text} />
      <p className="hint" role="status">
        {text}
      </p>
    </div>
  );
}
