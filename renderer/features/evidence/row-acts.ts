import { useMemo, type KeyboardEvent } from 'react';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { EvidenceRow } from '../../../shared/contract/evidence.ts';
import { errorDataOf, useAsk, useCall } from '../../api/index.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { handleListKey } from '../../ui/keys.ts';
import type { Group, Lines } from '../../common/rows/lines.ts';
import {
  selectAll,
  selectMany,
  selectNone,
  setAt,
  setHeading,
  toggleFolded,
  toggleSelected,
  useAsked,
  useEvidence,
} from './state.ts';
import { useDateKeys } from './typed-date.ts';

/** The number of rows in a block, which is read in one call. */
export const BLOCK = 100;

interface RowActs {
  readonly keyDown: (event: KeyboardEvent) => void;
  readonly toggle: (position: number) => Promise<void>;
  readonly open: (position: number) => Promise<void>;
  /** Selects all passages of a group, or deselects them if all are selected. */
  readonly selectGroup: (group: Group) => Promise<void>;
}

/**
 * Returns what keys and presses do with a row or a group heading. A row that is out of view is read first. `isOld`: the rows shown still
 * answer the question before, so nothing is done with them. `toStart` scrolls a line to the start of the table.
 */
export function useRowActs(
  input: CallInput<'evidence.rows'>,
  lines: Lines,
  isOld: boolean,
  toStart: (index: number) => void,
): RowActs {
  const ask = useAsk();
  const asked = useAsked();
  const selectedOf = useSelectedOf();
  // While rows are selected, digits tag them; otherwise digits type a date.
  const dateKeys = useDateKeys(input, (position) => toStart(lines.indexOf(position)));
  const { at, heading, group: by, folded, selected, isAllSelected } = useEvidence();
  const readAt = async (position: number): Promise<EvidenceRow | undefined> => {
    // The new answer may have another row at this position.
    if (isOld) return undefined;
    const from = Math.floor(position / BLOCK) * BLOCK;
    const { rows } = await ask('evidence.rows', { ...input, from, count: BLOCK });
    return rows[position - from];
  };
  const toggle = async (position: number): Promise<void> => {
    const row = await readAt(position);
    if (row !== undefined) toggleSelected(row.passage);
  };
  const open = async (position: number): Promise<void> => {
    const row = await readAt(position);
    if (row !== undefined) openPassage({ source: row.source, passage: row.passage });
  };
  const selectGroup = async (group: Group): Promise<void> => {
    if (by === null || isOld) return;
    try {
      const within = [...asked.within, { by, value: group.value }];
      const { passages } = await ask('evidence.found', { ...asked, within });
      selectMany(passages, selectedOf(group) < group.count);
    } catch (thrown) {
      notifyError(errorDataOf(thrown));
    }
  };
  const current = heading === null ? lines.indexOf(at) : lines.headingOf(heading);
  const line = lines.at(current);
  const group = line !== null && 'group' in line ? line.group : null;
  /** Folds and unfolds with left and right, as in a tree. Returns whether the key did anything. */
  const goAcross = (isBack: boolean): boolean => {
    if (group === null) {
      const own = isBack ? lines.groupOf(at) : null;
      if (own !== null) setHeading(own.value);
      return own !== null;
    }
    if (folded.has(group.value) !== isBack) toggleFolded(group.value);
    else if (!isBack) setAt(group.from);
    return true;
  };
  const act = (event: KeyboardEvent): boolean => {
    const { key } = event;
    if (selected.size === 0 && !isAllSelected && dateKeys(event)) return true;
    if (key === 'ArrowLeft' || key === 'ArrowRight') return goAcross(key === 'ArrowLeft');
    if (key === 'Enter') {
      if (group === null) void open(at);
      else toggleFolded(group.value);
    } else if (key === ' ' || key === 'x') void (group === null ? toggle(at) : selectGroup(group));
    else if (key === 'a' && (event.ctrlKey || event.metaKey)) selectAll();
    else if (key === 'Escape' && (selected.size > 0 || isAllSelected)) selectNone();
    else return false;
    return true;
  };
  const keyDown = (event: KeyboardEvent): void => {
    // Column heads are buttons, which handle their keys themselves.
    if (event.target instanceof HTMLButtonElement) return;
    handleListKey(event, {
      current,
      count: lines.count,
      onMove: (next) => {
        const to = lines.at(next);
        if (to === null) return;
        if ('group' in to) return setHeading(to.group.value);
        setAt(to.position);
        if (event.shiftKey) void toggle(to.position);
      },
      onKey: () => act(event),
    });
  };
  return { toggle, open, selectGroup, keyDown };
}

/** The number of selected passages in a group. */
export function useSelectedOf(): (group: Group) => number {
  const asked = useAsked();
  const { group, selected, isAllSelected, leftOut } = useEvidence();
  const counted = isAllSelected ? leftOut : selected;
  const passages = useMemo(() => [...counted], [counted]);
  const isAsked = group !== null && passages.length > 0;
  const { data } = useCall('evidence.count', isAsked ? { ...asked, passages, group } : null);
  return useMemo(() => {
    const found = new Map(data?.groups.map((one) => [one.value, one.found]));
    return ({ value, count }) => (isAllSelected ? count - (found.get(value) ?? 0) : (found.get(value) ?? 0));
  }, [data, isAllSelected]);
}
