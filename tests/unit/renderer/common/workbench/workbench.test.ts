import { beforeEach, describe, expect, it } from 'vitest';
import { withPin } from '../../../../../renderer/common/passages/pins.ts';
import { shownBeside, useSidePanes } from '../../../../../renderer/common/workbench/side-panes.tsx';
import {
  closePane,
  joinPanes,
  closeSource,
  openPassage,
  openSource,
  resetWorkbench,
  restoreWorkbench,
  setPassage,
  useWorkbench,
} from '../../../../../renderer/common/workbench/workbench.ts';
import { categoryId, passageId, sourceId } from '../../../../../shared/model/index.ts';

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [a, b, c] = [1, 2, 3].map((n) => sourceId.parse(uuid(n))) as [
  ReturnType<typeof sourceId.parse>,
  ReturnType<typeof sourceId.parse>,
  ReturnType<typeof sourceId.parse>,
];
const passage = passageId.parse(uuid(9));
const state = () => useWorkbench.getState();

beforeEach(resetWorkbench);

describe('the workbench', () => {
  it('opens a source once, however often it is asked', () => {
    openSource(a);
    openSource(b);
    openSource(a);
    expect(state()).toMatchObject({ place: 'read', tabs: [a, b], source: a, passage: null });
  });

  it('gives two sources the room of the panes beside them, which come back as they were', () => {
    const beside = () => shownBeside(useSidePanes.getState());
    useSidePanes.setState({ start: true, end: false });
    openSource(a);
    openSource(b, 'beside');
    expect(beside()).toEqual({ start: false, end: false });
    // The stored state of the side panes does not change.
    expect(useSidePanes.getState()).toMatchObject({ start: true, end: false });
    closePane('b');
    expect(beside()).toEqual({ start: true, end: false });
    openSource(b, 'beside');
    resetWorkbench();
    expect(useSidePanes.getState().isSplit).toBe(false);
    useSidePanes.setState({ start: true, end: true });
  });

  it('ends the split view without closing a tab', () => {
    openSource(a);
    openSource(b);
    openSource(a, 'beside');
    expect(state().panes).toHaveLength(2);
    joinPanes();
    expect(state().panes).toMatchObject([{ tabs: [a, b], source: a }]);
  });

  it('goes to a passage each time it is opened, even the same one', () => {
    openPassage({ source: a, passage });
    const first = state().navigations;
    openPassage({ source: a, passage });
    expect(state()).toMatchObject({ source: a, passage, navigations: first + 1 });
  });

  it('keeps the current passage when its source comes to the front again, and drops it for another source', () => {
    openPassage({ source: a, passage });
    openSource(a);
    expect(state().passage).toBe(passage);
    openSource(b);
    expect(state().passage).toBeNull();
  });

  it('brings the next tab to the front when one is closed, else the one before', () => {
    for (const source of [a, b, c]) openSource(source);
    openSource(b);
    setPassage(passage);
    closeSource(b);
    expect(state()).toMatchObject({ tabs: [a, c], source: c, passage: null });
    closeSource(c);
    expect(state()).toMatchObject({ tabs: [a], source: a });
    closeSource(c);
    closeSource(a);
    expect(state()).toMatchObject({ tabs: [], source: null });
  });

  it('is restored without sources that no longer exist', () => {
    restoreWorkbench({ place: 'read', tabs: [a, b], source: c });
    expect(state()).toMatchObject({ place: 'read', tabs: [a, b], source: a });
    restoreWorkbench({ place: 'read', tabs: [], source: b });
    expect(state()).toMatchObject({ place: 'library', source: null });
  });
});

describe('pins', () => {
  const [x, y] = [21, 22].map((n) => categoryId.parse(uuid(n)));
  it('hold nine keys, and a category on one of them at most', () => {
    if (x === undefined || y === undefined) throw new Error('two categories');
    const once = withPin([], 3, x);
    expect(once).toHaveLength(9);
    expect(once[2]).toBe(x);
    const moved = withPin(once, 1, x);
    expect(moved.filter((pin) => pin === x)).toHaveLength(1);
    expect(moved[0]).toBe(x);
    expect(withPin(moved, 1, y)[0]).toBe(y);
    expect(withPin(moved, 1, null).every((pin) => pin === null)).toBe(true);
  });
});
