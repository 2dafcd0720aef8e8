import type { ReactNode } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import type { RowPlace } from '../../ui/virtual-rows.ts';

interface Props {
  readonly id: string;
  readonly className: string;
  readonly index: number;
  readonly place: RowPlace;
  readonly isFolded: boolean;
  readonly isCurrent: boolean;
  readonly isSelected?: boolean;
  readonly name: string;
  /** A cell before the name. */
  readonly check?: ReactNode;
  /** Shown beside the name: the number of rows. */
  readonly children: ReactNode;
  readonly onToggle: () => void;
}

/** The heading of a group in a table. A click folds or unfolds the group. */
export function GroupRow({
  id,
  className,
  index,
  place,
  isFolded,
  isCurrent,
  isSelected = isCurrent,
  name,
  check,
  children,
  onToggle,
}: Props) {
  return (
    // The keyboard works from the grid.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={!isFolded}
      aria-selected={isSelected}
      tabIndex={-1}
      className={`grid-row ${className}`}
      data-current={isCurrent || undefined}
      onClick={onToggle}
      {...place}
    >
      {check}
      <span role="gridcell" className={`line ${className}-name`}>
        <Icon name={isFolded ? 'expand' : 'collapse'} size="small" />
        <bdi className="strong cut">{name}</bdi>
        {children}
      </span>
    </div>
  );
}
