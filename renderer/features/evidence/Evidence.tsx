import { useEffect, useMemo, useRef } from 'react';
import { useCall } from '../../api/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { PlacePane } from '../../common/places/PlacePane.tsx';
import { useCarriedQuery } from '../../common/query/carried.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { Segments } from '../../ui/Choice.tsx';
import { Coverage } from './Coverage.tsx';
import { Drawer } from './Drawer.tsx';
import { EvidenceTable } from './EvidenceTable.tsx';
import { FilterBar } from './FilterBar.tsx';
import { Matrix } from './Matrix.tsx';
import { Places } from './Places.tsx';
import { openPlace, SHAPES, setQuery, setShape, showAll, type Shape, useAsked, useEvidence } from './state.ts';
import { Timeline } from './Timeline.tsx';
import { ViewTabs } from './ViewTabs.tsx';

/** One filter, one set of passages, several shapes of it. The filter stays when the shape changes. */
export function Evidence({ width }: { width: FrameWidth }) {
  const { t } = useTranslation();
  const shape = useEvidence((state) => state.shape);
  const drawer = useEvidence((state) => state.drawer);
  const place = useEvidence((state) => state.place);
  const asked = useAsked();
  const summary = useCall('evidence.rows', { ...asked, count: 0 }).data;
  const field = useRef<HTMLInputElement>(null);
  useEvidenceCommands(() => field.current?.focus());
  useCarried();
  return (
    <div className="evidence">
      <div className="bar evidence-head">
        <ViewTabs />
        <Segments
          label={t('evidence.shape')}
          value={shape}
          options={SHAPES.map((value) => ({ value, label: t(`evidence.shapes.${value}`) }))}
          onChange={setShape}
        />
      </div>
      <FilterBar summary={summary} fieldRef={field} />
      <div className="evidence-body" data-narrow={width === 'one' || undefined}>
        <div className="evidence-shape">
          <Figure shape={shape} />
        </div>
        {drawer === null ? null : <Drawer key={JSON.stringify(drawer.marks)} marked={drawer} />}
        {place === null || shape !== 'places' ? null : (
          <PlacePane key={place} id={place} onClose={() => openPlace(null)} />
        )}
      </div>
    </div>
  );
}

function Figure({ shape }: { shape: Shape }) {
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

/** Takes the query that the search handed over, as the filter of all passages. */
function useCarried(): void {
  const carried = useCarriedQuery((state) => state.evidence);
  useEffect(() => {
    if (carried === null) return;
    useCarriedQuery.setState({ evidence: null });
    showAll();
    setQuery(carried);
  }, [carried]);
}

function useEvidenceCommands(focusField: () => void): void {
  const { t } = useTranslation();
  const latest = useRef(focusField);
  useEffect(() => {
    latest.current = focusField;
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
          run: () => latest.current(),
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
