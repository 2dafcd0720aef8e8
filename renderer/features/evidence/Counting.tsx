import { useEffect, useState } from 'react';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useAsked } from './state.ts';

/** Said only once it takes this long (ms): what is there sooner would flicker. */
const SAID_AFTER = 500;

/** Where a figure or the table will be, while it is counted. */
export function Counting() {
  const { t } = useTranslation();
  const [isSaid, setSaid] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(true), SAID_AFTER);
    return () => clearTimeout(timer);
  }, []);
  // Known as soon as it has been asked for: the filter’s own counts are the same call.
  const total = useCall('evidence.rows', { ...useAsked(), count: 0 }).data?.total;
  const words = total === undefined ? t('evidence.countingAll') : t('evidence.counting', { count: total });
  return (
    <div className="evidence-counting" aria-busy="true" role="status">
      {isSaid ? <p className="dim">{words}</p> : null}
    </div>
  );
}
