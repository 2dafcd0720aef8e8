import { useTranslation } from '../../common/strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { RowPlace } from '../../ui/virtual-rows.ts';
import type { Group } from './lines.ts';
import { setHeading, toggleFolded } from './state.ts';

interface Props {
  readonly id: string;
  readonly group: Group;
  readonly index: number;
  readonly place: RowPlace;
  readonly isFolded: boolean;
  readonly isCurrent: boolean;
  /** How many of its passages are selected. */
  readonly selected: number;
  readonly onSelect: () => void;
}

/** The heading of a group: it folds the group, and selects all of its passages. */
export function GroupRow({ id, group, index, place, isFolded, isCurrent, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const { value, label, count } = group;
  const isAll = selected >= count;
  return (
    // The keyboard works from the grid.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={!isFolded}
      aria-selected={isAll}
      tabIndex={-1}
      className="grid-row evidence-group"
      data-current={isCurrent || undefined}
      onClick={() => {
        setHeading(value);
        toggleFolded(value);
      }}
      {...place}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
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
      <span role="gridcell" className="line evidence-group-name">
        <Icon name={isFolded ? 'expand' : 'collapse'} size="small" />
        <bdi className="strong cut">{value === '' ? t('evidence.missing') : label}</bdi>
        <span className="dim">{t('evidence.passages', { count })}</span>
        {selected === 0 ? null : <span className="strong">{t('evidence.selected', { count: selected })}</span>}
      </span>
    </div>
  );
}
