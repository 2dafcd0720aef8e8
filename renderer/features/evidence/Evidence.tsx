import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useCall } from '../../api/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { PlacePane } from '../../common/places/PlacePane.tsx';
import { useCarriedQuery } from '../../common/query/carried.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Recounting } from './CountProgress.tsx';
import { Coverage } from './Coverage.tsx';
import { Drawer } from './Drawer.tsx';
import { EvidenceRail } from './EvidenceRail.tsx';
import { EvidenceTable } from './EvidenceTable.tsx';
import { FilterBar } from './FilterBar.tsx';
import { Matrix } from './Matrix.tsx';
import { useNote } from './note.ts';
import { Places } from './Places.tsx';
import {
  openPlace,
  SHAPES,
  setQuery,
  setShape,
  showAll,
  showRail,
  showWhole,
  type Shape,
  useAsked,
  useAskedWith,
  useEvidence,
} from './state.ts';
import { Timeline } from './Timeline.tsx';
import { ViewHead } from './ViewHead.tsx';

/** The evidence screen: one filter, and its passages as a table or a chart. The filter stays when the shape changes. `beside`: more sections of the rail. */
export function Evidence({ width, beside }: { width: FrameWidth; beside: ReactNode }) {
  const { t } = useTranslation();
  const { shape, drawer, place, rail } = useEvidence();
  const { summary, error, isWrong, isBehind } = useSummary();
  const [isOld, setOld] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const isNarrow = width === 'one';
  const isRailShown = rail ?? width === 'wide';
  const toggleRail = (): void => showRail(!isRailShown);
  useEvidenceCommands({ focusField: () => field.current?.focus(), toggleRail });
  useCarried();
  return (
    <div className="evidence-page" data-narrow={isNarrow || undefined}>
      {isRailShown ? (
        <EvidenceRail onChosen={() => (isNarrow ? showRail(false) : undefined)} onHide={toggleRail} more={beside} />
      ) : null}
      <div className="evidence">
        <div className="bar evidence-head">
          <ViewHead onShowRail={isRailShown ? null : toggleRail} />
          <Segments
            label={t('evidence.shape')}
            value={shape}
            options={SHAPES.map((value) => ({ value, label: t(`evidence.shapes.${value}`) }))}
            onChange={setShape}
          />
        </div>
        <FilterBar
          summary={summary}
          fieldRef={field}
          onLeave={() => body.current?.querySelector<HTMLElement>('[role="grid"], [role="treegrid"]')?.focus()}
        />
        {summary === undefined ? null : <OnPaper summary={summary} shape={shape} />}
        {error === null ? null : <InlineError message={error.message} />}
        {isBehind ? <StillShowing /> : null}
        <Recounting onOld={setOld} />
        <div ref={body} className="evidence-body" data-narrow={isNarrow || undefined}>
          <div className="evidence-shape" data-behind={isBehind || undefined} data-old={isOld || undefined}>
            {isWrong ? (
              <EmptyState title={t('evidence.wrong.title')} text={t('evidence.wrong.text')} />
            ) : (
              <Chart shape={shape} />
            )}
          </div>
          {drawer === null ? null : <Drawer key={JSON.stringify(drawer.marks)} marked={drawer} />}
          {place === null || shape !== 'places' ? null : (
            <PlacePane key={place} id={place} onClose={() => openPlace(null)} />
          )}
        </div>
      </div>
    </div>
  );
}

/**
 * The counts of what the filter finds. If the filter has a fault, the result of the last filter without one stays (`isBehind`). If there is
 * none, as when a view with a faulty filter is opened, nothing can be shown (`isWrong`).
 */
function useSummary() {
  const { query, whole } = useEvidence();
  const { data: summary, error } = useCall('evidence.rows', { ...useAskedWith(query), count: 0 });
  const isRight = summary !== undefined && summary.faults.length === 0;
  useEffect(() => {
    if (isRight) showWhole(query);
  }, [isRight, query]);
  const isFaulty = summary !== undefined && !isRight;
  // A filter that the engine refuses, such as one of over 100,000 characters, has no answer either.
  const hasNone = isFaulty || error !== null;
  return { summary, error, isWrong: isFaulty && query === whole, isBehind: hasNone && query !== whole };
}

/** Shown only if the window itself is printed: what the chart counts, and which command prints better. */
function OnPaper({ summary, shape }: { summary: { readonly total: number; readonly of: number }; shape: Shape }) {
  const { t } = useTranslation();
  const { counted } = useNote(summary);
  return (
    <div className="evidence-on-paper">
      <p dir="auto">{counted}</p>
      <p className="hint">{t(shape === 'table' ? 'evidence.onPaper.table' : 'evidence.onPaper.chart')}</p>
    </div>
  );
}

/** Says which filter the dimmed rows and charts belong to, and how many passages it finds. */
function StillShowing() {
  const { t } = useTranslation();
  const whole = useEvidence((state) => state.whole);
  const total = useCall('evidence.rows', { ...useAsked(), count: 0 }).data?.total;
  return (
    <div className="bar evidence-still" role="status">
      <span className="dim">{t(whole.trim() === '' ? 'evidence.still.all' : 'evidence.still.last')}</span>
      <bdi className="strong cut grow">{whole}</bdi>
      {total === undefined ? null : <span className="strong">{t('evidence.passages', { count: total })}</span>}
    </div>
  );
}

function Chart({ shape }: { shape: Shape }) {
  switch (shape) {
    case 'table':
      return <EvidenceTable />;
    case 'matrix':
      return <Matrix />;
    case 'timeline':
      return <Timeline />;
    case 'places':
      return <Places />;
    case 'coverage':
      return <Coverage />;
  }
}

/** Uses the query that the search screen passed on as the filter of all passages. */
function useCarried(): void {
  const carried = useCarriedQuery((state) => state.evidence);
  useEffect(() => {
    if (carried === null) return;
    useCarriedQuery.setState({ evidence: null });
    showAll();
    setQuery(carried);
  }, [carried]);
}

/** The actions of the screen that its commands call. */
interface Acts {
  readonly focusField: () => void;
  readonly toggleRail: () => void;
}

function useEvidenceCommands(acts: Acts): void {
  const { t } = useTranslation();
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'evidenceFilter',
          title: t('evidence.commands.filter'),
          group: 'library',
          icon: 'filter',
          keys: keysOf('evidenceFilter'),
          run: () => latest.current.focusField(),
        },
        {
          id: 'evidenceRail',
          title: t('evidence.commands.rail'),
          group: 'library',
          icon: 'paneStart',
          run: () => latest.current.toggleRail(),
        },
        ...SHAPES.map((shape): Command => ({
          id: `evidence.${shape}`,
          title: t(`evidence.commands.${shape}`),
          group: 'library',
          run: () => setShape(shape),
        })),
      ],
      [t],
    ),
  );
}
