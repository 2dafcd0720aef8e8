import { useEffect, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useWrite } from '../../api/index.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { countItems, dismissImport, secondsLeft, setReportOpen, useImport, type Import } from './import-store.ts';

/** How an import goes: files done and failed, what is being read, and a way to stop. */
export function ImportBar() {
  const { t } = useTranslation();
  const { running, passwords, archives } = useImport();
  const cancel = useWrite('import.cancel');
  const now = useClock(running !== null && !running.ended);
  if (running === null) return null;
  const { total, walking, done, failed, ended, job } = running;
  // While a file waits for a person, nobody knows.
  const left = passwords.length + archives.length > 0 ? null : secondsLeft(running, now);
  return (
    <section className="import-bar" aria-label={t('import.title')}>
      <span className="strong">
        {ended
          ? titleWhenEnded(t, running)
          : walking
            ? t('import.walking', { count: total })
            : t('import.running', { count: total })}
      </span>
      {ended ? (
        <span />
      ) : (
        <Progress
          label={t('import.title')}
          value={done}
          max={walking ? null : total}
          text={t('import.done', { count: done, total })}
        />
      )}
      <span className="mid">
        {ended ? <Summary of={running} /> : t('import.done', { count: done, total })}
        {failed > 0 && !ended ? <span className="bad">{`, ${t('import.failed', { count: failed })}`}</span> : null}
        {left === null ? null : `, ${t('import.secondsLeft', { count: left })}`}
      </span>
      <span className="line">
        <Button kind="quiet" size="small" onPress={() => setReportOpen(true)}>
          {t('import.showReport')}
        </Button>
        {ended ? (
          <IconButton label={t('import.dismiss')} icon="close" size="small" onPress={dismissImport} />
        ) : (
          <Button size="small" isPending={cancel.isPending} onPress={() => cancel.mutate({ job })}>
            {t('import.stop')}
          </Button>
        )}
      </span>
      {running.current.map(({ path, step, page, pages }) => (
        <span key={path} className="import-current hint cut">
          {page === null
            ? t(`import.steps.${step}`, { path })
            : t('import.readingPage', { path, page, pages: pages ?? 0 })}
        </span>
      ))}
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

const titleWhenEnded = (t: Translate, { cancelled }: Import): string =>
  cancelled ? t('import.stopped') : t('import.ended');

function Summary({ of: { items } }: { of: Import }) {
  const { t } = useTranslation();
  const counts = countItems(items);
  return (['added', 'duplicate', 'skipped', 'failed'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => t(`import.counts.${status}`, { count: counts[status] }))
    .join(', ');
}

/** The time, each second while `ticking`. */
function useClock(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
