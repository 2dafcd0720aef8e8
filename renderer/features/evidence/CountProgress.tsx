import { useEffect, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import { useAnswer, useCall } from '../../api/index.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { askedOf, backTo, isAskedAlike, useAsked, useEvidence, type AskedState } from './state.ts';

/** Said only once it takes this long (ms): what is there sooner would flicker. */
const SAID_AFTER = 500;

/** Where a chart or the table will be, while it is counted. */
export function CountProgress() {
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
interface InFront {
  /** The chart or table in front shows what was asked for before. */
  readonly isOld: boolean;
  /** What it shows was asked for by this; null: it shows nothing yet. */
  readonly shown: AskedState | null;
}
const NOTHING_SHOWN: InFront = { isOld: false, shown: null };
const useInFront = create<InFront>()(() => NOTHING_SHOWN);

/** What a chart or the table shows, and whether that is as it was before; see {@link useAnswer}. */
export function useCounted<N extends Shown, I extends CallInput<N>>(name: N, input: I) {
  const answer = useAnswer(name, input);
  const { isOld } = answer;
  const state = useEvidence();
  const isShown = answer.data !== undefined;
  useEffect(() => {
    if (isOld) useInFront.setState({ isOld });
    else if (isShown) useInFront.setState({ isOld, shown: { ...askedOf(state), query: state.whole } });
    else useInFront.setState(NOTHING_SHOWN);
  }, [isOld, isShown, state]);
  useEffect(() => () => useInFront.setState(NOTHING_SHOWN), []);
  return answer;
}

/** What is asked for and not shown yet; null where what is shown is what is asked for, or was counted at once. */
function useOld(): { readonly keep: () => void } | null {
  const state = useEvidence();
  const { query, within } = state;
  const summary = useCall('evidence.rows', { query, within: within.flatMap(({ marks }) => marks), count: 0 });
  const { isOld, shown } = useInFront();
  const isCounting = isOld || (summary.data === undefined && summary.error === null);
  const isSaid = useLasting(isCounting && shown !== null && !isAskedAlike(shown, state));
  return useMemo(() => (isSaid && shown !== null ? { keep: () => backTo(shown) } : null), [isSaid, shown]);
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

/** Says that what is shown is as it was before, while what is asked for is counted; `Esc` stays with what was before. */
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
