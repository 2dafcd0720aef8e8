import { type ReactNode, useMemo, useState } from 'react';
import type { SavedView } from '../../../shared/contract/views.ts';
import { useCall, useCallAtRest, useWrite } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { RailEntry, RailSection } from '../../ui/RailSection.tsx';
import { ViewNameDialog } from './ViewNameDialog.tsx';
import { showAll, showView, useEvidence } from './state.ts';

interface EvidenceRailProps {
  readonly onChosen: () => void;
  readonly onHide: () => void;
  /** More sections, from other features. */
  readonly more: ReactNode;
}

/** The rail of the evidence screen: all passages, and the project’s saved views. */
export function EvidenceRail({ onChosen, onHide, more }: EvidenceRailProps) {
  const { t } = useTranslation();
  return (
    <aside className="pane evidence-rail scroll" aria-label={t('evidence.rail')}>
      <header className="pane-head">
        <h2 className="grow">{t('evidence.rail')}</h2>
        <IconButton icon="paneStart" label={t('evidence.hideRail')} aria-expanded onPress={onHide} />
      </header>
      <SavedViews onChosen={onChosen} />
      {more}
    </aside>
  );
}

/** The saved views of passages. (The search screen lists saved searches; the rail lists tables of figures below Figures.) */
export const useViews = (): readonly SavedView[] => {
  const { data } = useCall('views.list', {});
  return useMemo(() => (data?.views ?? []).filter((one) => one.shape !== 'search' && one.shape !== 'figures'), [data]);
};

function SavedViews({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation();
  const views = useViews();
  const front = useEvidence((state) => state.view);
  const isNarrowed = useEvidence((state) => state.within.length > 0);
  const isReadOnly = useReadOnly();
  const queries = useMemo(() => ['', ...views.map(({ query }) => query)], [views]);
  const totals = useCallAtRest('evidence.totals', { queries })?.totals;
  const remove = useWrite('views.remove');
  const [naming, setNaming] = useState<SavedView | 'new' | null>(null);
  return (
    <RailSection
      title={t('evidence.views')}
      acts={
        <IconButton
          size="small"
          icon="add"
          label={t(isNarrowed ? 'evidence.cannotSave' : 'evidence.saveAs')}
          isDisabled={isReadOnly || isNarrowed}
          onPress={() => setNaming('new')}
        />
      }
    >
      <RailEntry
        name={t('evidence.all')}
        isCurrent={!views.some(({ id }) => id === front)}
        count={totals === undefined ? undefined : <Total total={totals[0]} />}
        onPress={() => {
          showAll();
          onChosen();
        }}
      />
      {views.map((view, at) => (
        <RailEntry
          key={view.id}
          name={view.name}
          isCurrent={view.id === front}
          count={totals === undefined ? undefined : <Total total={totals[at + 1]} />}
          menu={
            isReadOnly ? null : (
              <Menu
                label={t('evidence.viewMenu', { name: view.name })}
                trigger={<IconButton size="small" icon="more" label={t('evidence.viewMenu', { name: view.name })} />}
                entries={[
                  { id: 'rename', label: t('evidence.rename'), icon: 'edit', run: () => setNaming(view) },
                  {
                    id: 'remove',
                    label: t('evidence.removeView'),
                    icon: 'remove',
                    tone: 'bad',
                    run: () => remove.mutate({ id: view.id }, { onSuccess: () => front === view.id && showAll() }),
                  },
                ]}
              />
            )
          }
          onPress={() => {
            showView(view);
            onChosen();
          }}
        />
      ))}
      {views.length === 0 ? <p className="hint">{t('evidence.noViews')}</p> : null}
      {naming === null ? null : (
        <ViewNameDialog view={naming === 'new' ? null : naming} onClose={() => setNaming(null)} />
      )}
    </RailSection>
  );
}

/** The number of passages in a view, or a warning sign if its filter has a fault. */
function Total({ total }: { total: number | null | undefined }) {
  const { t } = useTranslation();
  if (total === undefined) return null;
  if (total !== null) return formatNumber(total);
  return (
    <span title={t('evidence.viewFault')}>
      <Icon name="alert" size="small" />
      <span className="unseen">{t('evidence.viewFault')}</span>
    </span>
  );
}
