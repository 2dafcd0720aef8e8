import type { EvidenceGroup } from '../../../shared/contract/evidence.ts';
import { GroupRow as Heading } from '../../common/rows/GroupRow.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { RowPlace } from '../../ui/virtual-rows.ts';
import { setHeading, toggleFolded, useEvidence } from './state.ts';

interface Props {
  readonly id: string;
  readonly group: EvidenceGroup;
  readonly index: number;
  readonly place: RowPlace;
  readonly isFolded: boolean;
  readonly isCurrent: boolean;
  /** The number of the group’s passages that are selected. */
  readonly selected: number;
  readonly onSelect: () => void;
}

/** The heading of a group, which folds the group and can select all of its passages. */
export function GroupRow({ group, selected, onSelect, ...row }: Props) {
  const { t } = useTranslation();
  const { value, label, count } = group;
  const isAll = selected >= count;
  const check = (
    // The grid handles the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <span
      role="gridcell"
      tabIndex={-1}
      className="check"
      data-selected={isAll || undefined}
      onClick={(event) => {
        event.stopPropagation();
        setHeading(value);
        onSelect();
      }}
    >
      <span className="check-box">
        {selected === 0 ? null : <Icon name={isAll ? 'check' : 'minus'} size="small" />}
      </span>
    </span>
  );
  return (
    <Heading
      {...row}
      className="evidence-group"
      isSelected={isAll}
      check={check}
      name={value === '' ? t('evidence.missing') : label}
      onToggle={() => {
        setHeading(value);
        toggleFolded(value);
      }}
    >
      <Counts of={group} />
      {selected === 0 ? null : <span className="strong">{t('evidence.selected', { count: selected })}</span>}
    </Heading>
  );
}

/** The number of passages, sources, origins and publishers of a group, without the kind that the rows are grouped by. */
function Counts({ of: { count, sources, origins, publishers } }: { of: EvidenceGroup }) {
  const { t } = useTranslation();
  const by = useEvidence(({ group }) => group);
  const parts = [
    t('evidence.passages', { count }),
    by === 'source' ? null : t('evidence.sources', { count: sources }),
    by === 'source' || by === 'origin' ? null : t('evidence.origins', { count: origins }),
    by === 'source' || by === 'publisher' ? null : t('evidence.publishers', { count: publishers }),
  ];
  return <span className="dim cut">{parts.filter((part) => part !== null).join(', ')}</span>;
}
