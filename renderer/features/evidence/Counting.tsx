import { useEffect, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import { useCall, useCallOrBefore } from '../../api/index.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { backTo, useAsked, useEvidence } from './state.ts';

/** Said only once it takes this long (ms): what is there sooner would flicker. */
const SAID_AFTER = 500;

/** Where a figure or the table will be, while it is counted. */
export function Counting() {
  const { t } = useTranslation();
  const isSaid = useLasting(true);
  // Known as soon as it has been asked for: the filter’s own counts are the same call.
  const total = useCall('evidence.rows', { ...useAsked(), count: 0 }).data?.total;
  const words = total === undefined ? t('evidence.countingAll') : t('evidence.counting', { count: total });
  return (
    <div className="evidence-counting" aria-busy="true" role="status">
      {isSaid ? (
        <>
          <p className="dim">{words}</p>
          {GHOSTS.map((share) => (
            <div key={share} className="evidence-ghost" style={{ inlineSize: share }} />
          ))}
        </>
      ) : null}
    </div>
  );
}
const GHOSTS = ['92%', '76%', '84%', '60%'] as const;

type Shown = 'evidence.rows' | 'evidence.matrix' | 'evidence.timeline' | 'evidence.places' | 'evidence.coverage';
/** Whether the figure or table in front shows the filter before. */
const useOldShown = create<{ readonly isOld: boolean }>()(() => ({ isOld: false }));

/**
 * What a figure or the table shows. While it is counted for another filter, what it showed before (`isPlaceholderData`), if nothing else
 * that is asked has changed: the old figure stays until the new one is whole.
 */
export function useCounted<N extends Shown>(name: N, input: CallInput<N>) {
  const counted = useCallOrBefore(name, input, FILTER);
  const { isPlaceholderData: isOld } = counted;
  useEffect(() => {
    useOldShown.setState({ isOld });
    return () => useOldShown.setState({ isOld: false });
  }, [isOld]);
  return counted;
}
const FILTER = ['query', 'within'] as const;

/** What is asked for and not shown yet; null where what is shown is what is asked for, or was counted at once. */
function useOld(): { readonly keep: () => void } | null {
  const { query, whole, within } = useEvidence();
  const summary = useCall('evidence.rows', { query, within: within.flatMap(({ marks }) => marks), count: 0 });
  const isOldShown = useOldShown((state) => state.isOld);
  const isCounting = isOldShown || (summary.data === undefined && summary.error === null);
  const [before, setBefore] = useState<Pick<ReturnType<typeof useEvidence.getState>, 'query' | 'within'> | null>(null);
  const isShown = !isCounting && query === whole;
  if (isShown && (before?.query !== query || before.within !== within)) setBefore({ query, within });
  const isOther = before !== null && (before.query !== query || before.within !== within);
  const isSaid = useLasting(isCounting && isOther);
  return useMemo(() => (isSaid && before !== null ? { keep: () => backTo(before) } : null), [isSaid, before]);
}

/** Whether something has been so for some time. */
function useLasting(isSo: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!isSo) return undefined;
    const timer = setTimeout(() => setLasting(true), SAID_AFTER);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [isSo]);
  return isSo && lasting;
}

/** Says that what is shown is of the filter before, while the new one is counted; `Esc` stays with the one before. */
export function Recounting({ onOld }: { onOld: (isOld: boolean) => void }) {
  const { t } = useTranslation();
  const old = useOld();
  const isOld = old !== null;
  const latest = useRef(onOld);
  useEffect(() => {
    latest.current = onOld;
  });
  useEffect(() => latest.current(isOld), [isOld]);
  useCommands(
    useMemo<Command[]>(
      () =>
        old === null
          ? []
          : [
              {
                id: 'keepCounted',
                title: t('evidence.keepOld'),
                group: 'library',
                keys: keysOf('keepCounted'),
                inFields: true,
                isFirst: true,
                run: old.keep,
              },
            ],
      [old, t],
    ),
  );
  if (old === null) return null;
  return (
    <div className="bar evidence-still" role="status">
      <span className="dim grow">{t('evidence.recounting')}</span>
      <Button size="small" kind="quiet" keys={shownKeysOf('keepCounted')} onPress={old.keep}>
        {t('evidence.keepOld')}
      </Button>
    </div>
  );
}
