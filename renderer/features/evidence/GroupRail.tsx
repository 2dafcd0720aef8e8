import { useRef, type KeyboardEvent } from 'react';
import type { Group, Lines } from '../../common/rows/lines.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { tokenPixels } from '../../ui/token.ts';
import { useLength } from '../../ui/useLength.ts';

interface Props {
  readonly groups: readonly Group[];
  readonly lines: Lines;
  /** The group whose rows are at the top of the table. */
  readonly current: Group | null;
  /** The first line in view, and its row’s number from 1. */
  readonly first: { readonly line: number; readonly row: number };
  readonly onGo: (group: Group) => void;
}

/**
 * A rail beside a grouped table: a button for each group, placed where the group is in the whole table. Names that would overlap are left
 * out; the table’s keys reach every group.
 */
export function GroupRail({ groups, lines, current, first, onGo }: Props) {
  const { t } = useTranslation();
  const rail = useRef<HTMLElement>(null);
  const height = useLength(rail, 'height') ?? 0;
  const shareOf = (line: number): number => (lines.count === 0 ? 0 : Math.max(0, line) / lines.count);
  const placed = apart(
    groups.map((group) => ({ group, top: shareOf(lines.headingOf(group.value)) * height })),
    height,
  );
  const focused = placed.find(({ group }) => group.value === current?.value) ?? placed[0];
  const goWithKeys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const buttons = [...(rail.current?.querySelectorAll('button') ?? [])];
    buttons[buttons.findIndex((one) => one === document.activeElement) + step]?.focus();
    event.preventDefault();
  };
  return (
    // The buttons take the focus; the arrow keys move between them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <nav ref={rail} className="evidence-group-rail" aria-label={t('evidence.groupRail.label')} onKeyDown={goWithKeys}>
      {placed.map(({ group, top }) => (
        <button
          key={group.value}
          type="button"
          style={{ insetBlockStart: top }}
          tabIndex={group.value === focused?.group.value ? 0 : -1}
          aria-current={group.value === current?.value || undefined}
          title={t('evidence.groupRail.group', { name: nameOf(group, t('evidence.missing')), count: group.count })}
          onClick={() => onGo(group)}
        >
          <bdi>{nameOf(group, t('evidence.missing'))}</bdi>
        </button>
      ))}
      <span
        className="evidence-group-at"
        aria-hidden
        style={{
          insetBlockStart: `calc(${String(shareOf(first.line) * 100)}% - var(--s-4) * ${String(shareOf(first.line))})`,
        }}
      >
        {formatNumber(first.row)}
      </span>
    </nav>
  );
}

const nameOf = (group: Group, missing: string): string => (group.value === '' ? missing : group.label);

interface Placed {
  readonly group: Group;
  /** CSS pixels from the top of the rail. */
  readonly top: number;
}

/** The names that neither overlap the name before nor run out of the rail. */
function apart(all: readonly Placed[], height: number): readonly Placed[] {
  const least = tokenPixels('--s-4');
  let next = 0;
  return all.filter(({ top }) => {
    if (top < next || top + least > height) return false;
    next = top + least;
    return true;
  });
}
