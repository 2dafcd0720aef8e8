import { useCall } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { panelOf, Tabs } from '../../ui/Tabs.tsx';
import { Agreement } from './Agreement.tsx';
import { Assignments } from './Assignments.tsx';
import { Differences } from './Differences.tsx';
import { StaleTags } from './StaleTags.tsx';
import { CODING_TABS, showTab, useCoding, type CodingTab } from './state.ts';

const ID = 'coding';

/** Coding by several people: assignments, agreement, and decisions where coders differ. */
export function CodingSection() {
  const { t } = useTranslation();
  const tab = useCoding((state) => state.tab);
  const stale = useCall('tags.stale', {}).data?.tags.length ?? 0;
  return (
    <div className="team-part">
      <header className="bar">
        <h2 className="strong">{t('coding.title')}</h2>
        <Tabs
          id={ID}
          label={t('coding.title')}
          tabs={CODING_TABS.map((id) => ({
            id,
            label: id === 'stale' && stale > 0 ? t('coding.tabs.staleCount', { count: stale }) : t(`coding.tabs.${id}`),
          }))}
          selected={tab}
          onSelect={showTab}
        />
      </header>
      <div className="coding-panel" {...panelOf(ID, tab)}>
        <Panel tab={tab} />
      </div>
    </div>
  );
}

function Panel({ tab }: { tab: CodingTab }) {
  switch (tab) {
    case 'assignments':
      return <Assignments />;
    case 'agreement':
      return <Agreement />;
    case 'differences':
      return <Differences />;
    case 'stale':
      return <StaleTags />;
  }
}
