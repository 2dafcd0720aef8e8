import type { ReactNode } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCall } from '../../api/index.ts';
import { CodingSection } from '../../features/coding/CodingSection.tsx';
import { PeopleSection } from '../../features/people/PeopleSection.tsx';
import { ConflictsSection } from '../../features/merge/ConflictsSection.tsx';
import { MergeSection } from '../../features/merge/MergeSection.tsx';
import { MergeSummary } from '../../features/merge/MergeSummary.tsx';
import { SnapshotsSection } from '../../features/snapshots/SnapshotList.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';
import { formatNumber } from '../../common/format.ts';
import { KeptPanes } from '../../common/workbench/side-panes.tsx';
import { chooseTeamSection, useTeam, type TeamSection } from '../../common/workbench/screens.ts';

/** One part of the Team screen: a line in the list at the start, and what is shown beside it. */
interface TeamPart {
  readonly id: TeamSection;
  readonly title: string;
  readonly icon: IconName;
  /** How many items the part has; null if it has no such number. */
  readonly count: number | null;
  readonly render: () => ReactNode;
  /** Shown below the list while this part is chosen. */
  readonly beside?: () => ReactNode;
}

/** What a team does with a project: merging, conflicts, blind coding, agreement, snapshots, people. */
export function TeamScreen() {
  const { t } = useTranslation();
  const width = useFrameWidth();
  const parts = useTeamParts();
  const chosen = useTeam((state) => state.section);
  const part = parts.find(({ id }) => id === chosen) ?? parts[0];
  if (part === undefined) return null;
  const shown = (
    <div key={part.id} className="team-main">
      {part.render()}
    </div>
  );
  if (width === 'one') return <OnePart parts={parts} part={part} shown={shown} />;
  return (
    <KeptPanes
      key={width}
      id={`team-${width}`}
      panes={[
        { id: 'parts', label: t('team.title'), content: <PartList parts={parts} part={part} />, width: '--pane-start' },
        { id: 'part', label: part.title, content: shown, main: true },
      ]}
    />
  );
}

function useTeamParts(): readonly TeamPart[] {
  const { t } = useTranslation();
  const conflicts = useCall('merge.conflicts', { limit: 0 }).data?.total ?? null;
  const snapshots = useCall('snapshots.list', {}).data?.snapshots.length ?? null;
  const people = useCall('app.people', {}).data?.people.length ?? null;
  return [
    {
      id: 'merge',
      title: t('team.sections.merge'),
      icon: 'merge',
      count: null,
      render: () => <MergeSection />,
      beside: () => <MergeSummary />,
    },
    {
      id: 'conflicts',
      title: t('team.sections.conflicts'),
      icon: 'alert',
      count: conflicts,
      render: () => <ConflictsSection />,
    },
    {
      id: 'snapshots',
      title: t('snapshots.title'),
      icon: 'backup',
      count: snapshots,
      render: () => <SnapshotsSection />,
    },
    {
      id: 'coding',
      title: t('coding.title'),
      icon: 'tag',
      count: null,
      render: () => <CodingSection />,
    },
    {
      id: 'people',
      title: t('people.title'),
      icon: 'key',
      count: people,
      render: () => <PeopleSection />,
    },
  ];
}

interface ListProps {
  readonly parts: readonly TeamPart[];
  readonly part: TeamPart;
}

function PartList({ parts, part }: ListProps) {
  const { t } = useTranslation();
  return (
    <aside className="pane" aria-label={t('team.title')}>
      <header className="pane-head">
        <h2 className="grow">{t('team.title')}</h2>
      </header>
      <nav className="side-list team-parts" aria-label={t('team.parts')}>
        {parts.map(({ id, title, icon, count }) => (
          <button
            key={id}
            type="button"
            className="side-row"
            aria-current={id === part.id}
            onClick={() => chooseTeamSection(id)}
          >
            <Icon name={icon} />
            <span className="cut">{title}</span>
            {count === null ? null : <span className="number">{formatNumber(count)}</span>}
          </button>
        ))}
      </nav>
      {part.beside?.()}
    </aside>
  );
}

function OnePart({ parts, part, shown }: ListProps & { readonly shown: ReactNode }) {
  const { t } = useTranslation();
  return (
    <OnePane
      label={t('team.parts')}
      panes={parts.map(({ id, title, count }) => ({
        name: id,
        label: title,
        count: count === null || count === 0 ? null : <span className="frame-count">{formatNumber(count)}</span>,
      }))}
      shown={part.id}
      onShow={chooseTeamSection}
    >
      {shown}
    </OnePane>
  );
}
