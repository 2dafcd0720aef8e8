import { useEffect, useMemo, useRef } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { TIMELINE_DATES, TIMELINE_LANES } from '../../../shared/contract/view-figures.ts';
import { useCall } from '../../api/index.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { FEW } from '../../common/charts/chart.ts';
import { ChartView, TableToggle } from '../../common/charts/ChartView.tsx';
import { useCategories } from '../../common/passages/source-passages.ts';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { CountProgress, useCounted } from './CountProgress.tsx';
import { NothingFits } from './NothingFits.tsx';
import { openDrawer, setTimeline, useAsked, useEvidence } from './state.ts';
import { renamed, useNote, usePseudonyms } from './note.ts';
import { UnitChoice } from './UnitChoice.tsx';
import { timelineChart } from './timeline-chart.ts';
import type { TimelineAsked } from './timeline-lanes.ts';
import { FAR, isApart, MOST_DRAWN, moved, wholeSpan, zoomed, type Span } from './timeline-time.ts';
import { yearsChart } from './years-chart.ts';

type Answer = CallOutput<'evidence.timeline'>;

/** Passages by date, each drawn as precisely as its date is known. */
export function Timeline() {
  const { t } = useTranslation();
  const { date, lanes, unit } = useEvidence((state) => state.timeline);
  const asked = useAsked();
  const documents = useDocuments();
  const counted = useCounted('evidence.timeline', { ...asked, date, lanes, unit, documents: documents.chosen });
  const { data, error, of } = counted;
  const all = useMemo(() => (data === undefined ? null : wholeSpan(data)), [data]);
  return (
    <>
      <div className="bar evidence-tools">
        <Segments
          label={t('evidence.timelineDate')}
          value={date}
          options={TIMELINE_DATES.map((value) => ({ value, label: t(`evidence.timelineDates.${value}`) }))}
          onChange={(value) => setTimeline({ date: value, view: null })}
        />
        <Segments
          label={t('evidence.timelineLanes')}
          value={lanes}
          options={TIMELINE_LANES.map((value) => ({ value, label: t(`evidence.laneNames.${value}`) }))}
          onChange={(value) => setTimeline({ lanes: value })}
        />
        <UnitChoice unit={unit} onChange={(value) => setTimeline({ unit: value })} />
        <DocumentsMenu {...documents} />
        <span className="grow" />
        {all === null ? null : <Zoom all={all} />}
        <TableToggle />
      </div>
      {error === null ? null : <EmptyState title={t('evidence.failed')} text={error.message} />}
      {data === undefined ? (
        <CountProgress />
      ) : data.total === 0 || all === null ? (
        data.faults.length > 0 ? null : data.total === 0 ? (
          <NothingFits of={data.of} />
        ) : (
          <EmptyState title={t('evidence.undatedAll.title')} text={t('evidence.undatedAll.text', { count: data.of })} />
        )
      ) : (
        <Charts data={data} all={all} date={of.date} lanes={of.lanes} unit={of.unit} />
      )}
    </>
  );
}

interface ChartsProps extends Pick<TimelineAsked, 'date' | 'lanes' | 'unit'> {
  readonly data: Answer;
  readonly all: Span;
}

function Charts({ data, all, date, lanes, unit }: ChartsProps) {
  const { t } = useTranslation();
  const asked = useEvidence((state) => state.timeline.view);
  const categories = useCategories();
  const note = useNote(data, unit);
  const pseudonyms = usePseudonyms();
  const { chart, years } = useMemo(() => {
    const byId = new Map([...categories].map(([id, category]) => [String(id), category]));
    const asOf = (answer: Answer): TimelineAsked => ({
      answer,
      date,
      lanes,
      unit,
      all,
      view: asked === null ? all : within(asked, all),
      categoryOf: (value) => (lanes === 'family' ? byId.get(value) : undefined),
      t,
      open: openDrawer,
    });
    const from = asOf(data);
    const named = timelineChart(from);
    const coded =
      lanes === 'tagger' ? timelineChart(asOf({ ...data, lanes: renamed(data.lanes, pseudonyms) })) : undefined;
    return {
      chart: coded === undefined ? named : { ...named, pseudonymous: coded },
      years: yearsChart(from, (view) => setTimeline({ view })),
    };
  }, [data, all, asked, categories, date, lanes, unit, pseudonyms, t]);
  const legend = [
    t('evidence.timelineLegend'),
    chart.isByMonth ? t('evidence.countedByMonth', { count: MOST_DRAWN }) : '',
    data.units < FEW ? t('evidence.few', { count: FEW }) : '',
    chart.hasUnsure ? t('evidence.dashed') : '',
    farOff(data, all, t),
    data.documents.length > 0 ? t('evidence.documentsLegend') : '',
    data.more > 0 ? t('evidence.moreLanes', { count: data.more }) : '',
    t(`evidence.unit.lanes.${unit}`),
  ].filter((sentence) => sentence !== '');
  return (
    <div className="scroll evidence-charts">
      {years.marks.length > 1 ? <ChartView chart={years} note={note} /> : null}
      <ChartView chart={chart} note={note} legend={legend.join(' ')} isMain />
    </div>
  );
}

/** Lists the dates that are too far away for the axis, with the first ones by name. */
function farOff({ all: marks, sources }: Answer, all: Span, t: Words): string {
  const dates = [
    ...new Set([...marks, ...sources].filter((mark) => isApart(mark, all)).map(({ value }) => value)),
  ].toSorted();
  if (dates.length === 0) return '';
  const named = dates.slice(0, NAMED).join(', ');
  return t('evidence.farOffNote', {
    count: dates.length,
    years: FAR,
    dates: dates.length > NAMED ? `${named} …` : named,
  });
}
const NAMED = 5;

/** The part in view, cut to the years of the current filter; all years if it has none of them. */
const within = (view: Span, all: Span): Span =>
  view.from >= all.to || view.to <= all.from
    ? all
    : { from: Math.max(view.from, all.from), to: Math.min(view.to, all.to) };

const MOVES = {
  timelineEarlier: { icon: 'back', to: (view, all) => moved(view, all, 'earlier') },
  timelineLater: { icon: 'forward', to: (view, all) => moved(view, all, 'later') },
  timelineOut: { icon: 'minus', to: (view, all) => zoomed(view, all, 'out') },
  timelineIn: { icon: 'add', to: (view, all) => zoomed(view, all, 'in') },
} as const satisfies Record<string, { icon: IconName; to: (view: Span, all: Span) => Span }>;
type Move = keyof typeof MOVES;
const ALL_MOVES = ['timelineEarlier', 'timelineLater', 'timelineOut', 'timelineIn'] as const satisfies readonly Move[];

/** Buttons and keys that show earlier, later, fewer or more years. */
function Zoom({ all }: { all: Span }) {
  const { t } = useTranslation();
  const view = useEvidence((state) => state.timeline.view);
  const latest = useRef(all);
  useEffect(() => {
    latest.current = all;
  });
  useCommands(
    useMemo<Command[]>(
      () =>
        ALL_MOVES.map((id) => ({
          id,
          title: t(`evidence.commands.${id}`),
          group: 'library',
          keys: keysOf(id),
          run: () => move(latest.current, id),
        })),
      [t],
    ),
  );
  return (
    <span className="line" role="group" aria-label={t('evidence.zoom')}>
      {ALL_MOVES.map((id) => (
        <IconButton
          key={id}
          size="small"
          icon={MOVES[id].icon}
          label={t(`evidence.commands.${id}`)}
          keys={shownKeysOf(id)}
          isDisabled={id !== 'timelineIn' && view === null}
          onPress={() => move(all, id)}
        />
      ))}
    </span>
  );
}

function move(all: Span, by: Move): void {
  const { view } = useEvidence.getState().timeline;
  const next = MOVES[by].to(view === null ? all : within(view, all), all);
  setTimeline({ view: next.from === all.from && next.to === all.to ? null : next });
}

/** The collection whose sources are drawn as policy documents: the chosen one, or one with that name. */
function useDocuments() {
  const { t } = useTranslation();
  const asked = useEvidence((state) => state.timeline.documents);
  const collections = useCall('collections.list', {}).data?.collections ?? [];
  const usual = collections.find(({ name }) => name.toLowerCase() === t('evidence.documents').toLowerCase());
  const chosen = asked === 'usual' ? usual : collections.find(({ id }) => id === asked);
  return { collections, chosen: chosen?.id ?? null, name: chosen?.name ?? null };
}

function DocumentsMenu({ collections, chosen, name }: ReturnType<typeof useDocuments>) {
  const { t } = useTranslation();
  return (
    <Menu
      label={t('evidence.documents')}
      trigger={
        <Button size="small" kind="quiet">
          {name ?? t('evidence.noDocuments')}
          <Icon name="collapse" size="small" />
        </Button>
      }
      entries={[
        { id: 'none', label: t('evidence.noDocuments'), run: () => setTimeline({ documents: null }) },
        'line',
        ...collections.map(({ id, name: label }) => ({
          id,
          label,
          ...(id === chosen ? { icon: 'check' as const } : {}),
          run: () => setTimeline({ documents: id }),
        })),
        ...(collections.length > 0
          ? []
          : [{ id: 'how', label: t('evidence.documentsHow'), isDisabled: true, run: () => undefined }]),
      ]}
    />
  );
}
