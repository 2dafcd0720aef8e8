import { useEffect, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import { useAnswer, useCall } from '../../api/index.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { askedOf, backTo, isAskedAlike, useAsked, useEvidence, type AskedState } from './state.ts';

/** Progress is shown only after this time, in ms: shown sooner, it would flicker. */
const SAID_AFTER = 500;

/** Stands in for a chart or the table while its first answer is computed. */
export function CountProgress() {
  const { t } = useTranslation();
  const isSaid = useLasting(true);
  // This costs no call of its own: the filter bar makes the same call for its counts.
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
  /** The chart or table on the screen still shows the answer to the question before. */
  readonly isOld: boolean;
  /** The question that the chart or table answers; null while it shows nothing. */
  readonly shown: AskedState | null;
}
const NOTHING_SHOWN: InFront = { isOld: false, shown: null };
const useInFront = create<InFront>()(() => NOTHING_SHOWN);

/** The answer that a chart or the table shows, and whether it answers the question before; see {@link useAnswer}. */
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

/** If an old answer has been shown for a while: a function that returns to its question. Otherwise null. */
function useOld(): { readonly keep: () => void } | null {
  const state = useEvidence();
  const { query, within } = state;
  const summary = useCall('evidence.rows', { query, within: within.flatMap(({ marks }) => marks), count: 0 });
  const { isOld, shown } = useInFront();
  const isCounting = isOld || (summary.data === undefined && summary.error === null);
  const isSaid = useLasting(isCounting && shown !== null && !isAskedAlike(shown, state));
  return useMemo(() => (isSaid && shown !== null ? { keep: () => backTo(shown) } : null), [isSaid, shown]);
}

/** Whether `isSo` has been true for at least {@link SAID_AFTER}. */
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

/** Says that the old answer is shown while the new one is computed. `Esc` returns to the question before. */
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
