import { useEffect, useRef, useState, useCallback } from 'react';
import type { PassageFate } from '../../../shared/contract/versions.ts';
import type { Source } from '../../../shared/model/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { formatCaptured } from '../../common/format.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { isOneSource, leaveComparison, setTogether, useComparing } from '../../common/reader/comparison.ts';
import { sourceName } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goTo } from '../../common/workbench/workbench.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { DifferenceList } from './DifferenceList.tsx';
import { reportSentence, useReport } from './report.ts';
import { carriable, isPlace, type PassageRow, useFoundRows, type OpenComparison } from './rows.ts';

/** The differences between two versions, beside both of them. */
export function DifferencesPane() {
  const { t } = useTranslation();
  const open = useFoundRows();
  if (open === null)
    return (
      <EmptyState title={t('versions.none')} text={t('versions.noneText')}>
        <Button onPress={() => goTo('library')}>{t('versions.openLibrary')}</Button>
      </EmptyState>
    );
  return <Open open={open} />;
}

function Open({ open }: { open: OpenComparison }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const { carry, isBusy } = useCarryOver(open);
  const copy = useReport(open);
  const at = useComparing((state) => state.at);
  const { found, error } = open;
  const row = open.rows.find((one): one is PassageRow => one.kind === 'passage' && one.id === at);
  const hasPlaces = open.rows.some(isPlace) || open.rows.length > 0;
  return (
    <aside className="pane versions-pane" aria-label={t('versions.title')}>
      <header className="versions-top">
        <span className="line">
          <h2 className="grow">{t('versions.title')}</h2>
          <IconButton label={t('versions.copyReport')} icon="copy" isDisabled={found === undefined} onPress={copy} />
          <IconButton label={t('versions.leave')} icon="close" onPress={leaveComparison} />
        </span>
        <ComparedVersions open={open} />
        {found === undefined ? null : (
          <p aria-live="polite" className="strong">
            {reportSentence(t, open.counts)}
          </p>
        )}
        <Together />
      </header>
      {error === null ? null : <InlineError message={error} />}
      {found === undefined && error === null ? <Comparing /> : null}
      {open.isSame ? <Note tone="ok">{t('versions.same')}</Note> : null}
      {hasPlaces ? (
        <DifferenceList open={open} list={list} onChoose={() => (row === undefined ? undefined : carry([row.fate]))} />
      ) : null}
      <RowActions open={open} row={row} carry={carry} isBusy={isBusy} />
    </aside>
  );
}

/** "Comparing…" is shown only if it takes longer than this, in ms. */
const BUSY_DELAY_MS = 500;

function Comparing() {
  const { t } = useTranslation();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), BUSY_DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  const text = t('versions.comparing');
  return (
    <div className="versions-top" role="status">
      <Progress label={text} value={0} max={null} text={text} />
      <span className="hint">{text}</span>
    </div>
  );
}

/** The two versions, the older first, with their capture times. */
function ComparedVersions({ open: { older, newer, pair } }: { open: OpenComparison }) {
  const { t } = useTranslation();
  if (older === undefined || newer === undefined) return null;
  if (isOneSource(pair)) return <p className="hint">{t('versions.twoTexts')}</p>;
  return (
    <dl className="versions-sides">
      <dt>{t('versions.older')}</dt>
      <dd>
        <Side source={older} />
      </dd>
      <dt>{t('versions.newer')}</dt>
      <dd>
        <Side source={newer} />
      </dd>
    </dl>
  );
}

function Side({ source }: { source: Source }) {
  const { t } = useTranslation();
  const when = source.capture.time ?? source.dateOfCapture?.edtf ?? null;
  return (
    <>
      <span className="mono">{when === null ? t('versions.noTime') : formatCaptured(when)}</span>{' '}
      <bdi className="dim">{sourceName(source)}</bdi>
    </>
  );
}

function Together() {
  const { t } = useTranslation();
  const together = useComparing((state) => state.together);
  return <Check label={t('versions.together')} selected={together} onChange={setTogether} />;
}

interface RowActionsProps {
  readonly open: OpenComparison;
  readonly row: PassageRow | undefined;
  readonly carry: ReturnType<typeof useCarryOver>['carry'];
  readonly isBusy: boolean;
}

/** Actions on the current row, and on all unchanged passages. */
function RowActions({ open, row, carry, isBusy }: RowActionsProps) {
  const { t } = useTranslation();
  const { found } = open;
  if (found === undefined) return null;
  const unchanged = carriable(found.passages.filter(({ fate }) => fate === 'found'));
  const fate = row?.fate;
  return (
    <footer className="versions-act stack">
      {fate === undefined ? null : fate.fate === 'vanished' ? (
        <Note tone="bad">{stays(t, open)}</Note>
      ) : fate.fate === 'area' ? (
        <Note>{t('versions.areaStays')}</Note>
      ) : fate.carried === null ? (
        <Button kind="primary" keys={['Enter']} isDisabled={isBusy} onPress={() => carry([fate])}>
          {t(`versions.carry.${fate.fate}`)}
        </Button>
      ) : null}
      {unchanged.length === 0 ? null : (
        <Button isDisabled={isBusy} onPress={() => carry(unchanged)}>
          {t('versions.carryUnchanged', { count: unchanged.length })}
        </Button>
      )}
      <Figures pair={open.pair} isBusy={isBusy} />
      <p className="hint">{t(isOneSource(open.pair) ? 'versions.untilMoved' : 'versions.untilConfirmed')}</p>
    </footer>
  );
}

/** The figure cards of the older version whose words are in the newer one, to be carried over as one edit. */
function Figures({ pair, isBusy }: { pair: OpenComparison['pair']; isBusy: boolean }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { data } = useCall('versions.figures', isOneSource(pair) ? null : pair);
  const { mutate: carry, isPending } = useWrite('versions.carryFigures');
  const figures = data?.figures ?? [];
  const ready = figures.filter(({ to, carried }) => to !== null && !carried).length;
  const gone = figures.filter(({ to }) => to === null).length;
  if (ready === 0 && gone === 0) return null;
  return (
    <>
      {ready === 0 || isReadOnly ? null : (
        <Button
          isDisabled={isBusy || isPending}
          onPress={() =>
            carry(pair, {
              onSuccess: (made) => announce(t('versions.figuresCarried', { count: made.figures.length })),
              onError: (thrown) => notifyError(errorDataOf(thrown)),
            })
          }
        >
          {t('versions.carryFigures', { count: ready })}
        </Button>
      )}
      <p className="hint">{gone === 0 ? t('versions.figuresHint') : t('versions.figuresGone', { count: gone })}</p>
    </>
  );
}

function stays(t: ReturnType<typeof useTranslation>['t'], { older, pair }: OpenComparison): string {
  if (isOneSource(pair)) return t('versions.vanishedText');
  const when = older?.capture.time ?? older?.dateOfCapture?.edtf ?? null;
  return when === null ? t('versions.vanishedStays') : t('versions.vanishedStaysOf', { when: formatCaptured(when) });
}

/** Carries passages over to their places in the newer text. `isBusy` while that is under way. */
function useCarryOver(open: OpenComparison | null): {
  readonly carry: (passages: readonly PassageFate[]) => void;
  readonly isBusy: boolean;
} {
  const { t } = useTranslation();
  const { mutateAsync: accept, isPending } = useWrite('versions.accept');
  const found = open?.found;
  const carry = useCallback(
    (fates: readonly PassageFate[]) => {
      const passages = fates.flatMap(({ passage, to, carried }) =>
        to === null || carried !== null ? [] : [{ passage, start: to.start, end: to.end }],
      );
      if (passages.length === 0 || found === undefined) return;
      // The offsets are those of the layers that were compared, so these are sent with them.
      accept({ older: found.older, newer: found.newer, passages }).then(
        () => announce(t('versions.carriedNow', { count: passages.length })),
        (thrown: unknown) => notifyError(errorDataOf(thrown)),
      );
    },
    [accept, t, found],
  );
  return { carry, isBusy: isPending };
}
