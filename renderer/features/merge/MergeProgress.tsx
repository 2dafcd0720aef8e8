import { useEffect } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { announce } from '../../common/notices/notices.ts';
import { Progress } from '../../ui/Progress.tsx';
import { useMerging } from './merge-state.ts';

/** How far a preview or a merge is, in numbers; each new phase is said to a screen reader. */
export function MergeProgressBar({ label }: { label: string }) {
  const { t } = useTranslation();
  const progress = useMerging((state) => state.progress);
  const phase = progress?.phase ?? 'opening';
  const what = t(`team.merge.phases.${phase}`);
  useEffect(() => announce(what), [what]);
  const { done = 0, total = 0 } = progress ?? {};
  const text = total === 0 ? what : t('team.merge.phaseOf', { what, done, total });
  return (
    <div className="team-going">
      <p className="line">
        <span className="grow strong">{label}</span>
        <span className="number mid">{text}</span>
      </p>
      <Progress label={label} value={done} max={total === 0 ? null : total} text={text} />
    </div>
  );
}
