// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { say } from '../../../../renderer/common/strings/use-translation.ts';
import {
  compareVersions,
  forgetComparison,
  goToRow,
  leaveComparison,
  offsetInOther,
  roleOf,
  scrolledTo,
  setComparedView,
  useComparing,
} from '../../../../renderer/common/reader/comparison.ts';
import { openSource, resetWorkbench, useWorkbench } from '../../../../renderer/common/workbench/workbench.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { marksWith } from '../../../../renderer/features/reader/useCompared.ts';
import { reportOf, reportSentence } from '../../../../renderer/features/versions/report.ts';
import { carriable, countsOf, isPlace, rowsOf } from '../../../../renderer/features/versions/rows.ts';
import { shortened } from '../../../../renderer/features/versions/DifferenceList.tsx';
import { differingLines } from '../../../../renderer/viewer/passages/shapes.ts';
import type { PassageFate } from '../../../../shared/contract/versions.ts';
import { layerId, passageId } from '../../../../shared/model/index.ts';
import { fakeSources } from '../../../support/shell/fixtures.ts';

const [older, newer, other] = fakeSources(9);
if (older === undefined || newer === undefined || other === undefined) throw new Error('No sources');

let count = 0;
function fate(kind: PassageFate['fate'], over: Partial<PassageFate> = {}): PassageFate {
  count += 1;
  const passage = passageId.parse(`00000000-0000-7000-8000-${String(count).padStart(12, '0')}`);
  const at = { start: count * 10, end: count * 10 + 4, exact: `字<${String(count)}>` };
  return {
    passage,
    layer: layerId.parse(older?.layer),
    fate: kind,
    from: kind === 'area' ? null : at,
    to: kind === 'vanished' || kind === 'area' ? null : at,
    words: [],
    carried: null,
    ...over,
  };
}
/** “abc” was deleted at 10, “xy” inserted at 20 (17 in the newer text), and 30–35 became 29–31. */
const DIFFERENCES = [
  { older: { start: 10, end: 13 }, newer: { start: 10, end: 10 } },
  { older: { start: 20, end: 20 }, newer: { start: 17, end: 19 } },
  { older: { start: 30, end: 35 }, newer: { start: 29, end: 31 } },
];

beforeAll(startI18n);
afterEach(() => {
  forgetComparison();
  resetWorkbench();
});

describe('the place of words in the other text', () => {
  it('is counted from the previous difference; inside one it is the start', () => {
    const inNewer = (offset: number): number => offsetInOther('older', offset, DIFFERENCES);
    expect([0, 9, 10, 12, 13, 19, 25, 32, 35, 40].map(inNewer)).toEqual([0, 9, 10, 10, 10, 16, 24, 29, 31, 36]);
    expect([9, 10, 17, 18, 19, 24, 30, 36].map((offset) => offsetInOther('newer', offset, DIFFERENCES))).toEqual([
      9, 13, 20, 20, 20, 25, 30, 40,
    ]);
  });
});

describe('the list of differences', () => {
  const passages = [fate('found'), fate('vanished'), fate('changed'), fate('moved'), fate('found', { carried: null })];
  const comparison = {
    older: { source: older.id, layer: layerId.parse(older.layer) },
    newer: { source: newer.id, layer: layerId.parse(newer.layer) },
    passages,
    differences: DIFFERENCES,
  };

  it('shows no place in the older text for passages on an earlier layer', () => {
    const earlier = layerId.parse('00000000-0000-8000-8000-00000000abcd');
    const rows = rowsOf({ ...comparison, passages: [fate('moved', { layer: earlier }), fate('moved')] }, new Set());
    const places = rows.filter((row) => row.kind === 'passage');
    expect(places.map((row) => [row.older !== null, row.newer !== null])).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it('lists changes first, unchanged passages last and folded, and no empty group', () => {
    const rows = rowsOf(comparison, new Set(['found']));
    expect(rows.flatMap((row) => (row.kind === 'group' ? [`${row.group} ${String(row.count)}`] : []))).toEqual([
      'vanished 1',
      'changed 1',
      'moved 1',
      'difference 3',
      'found 2',
    ]);
    expect(rows.filter(isPlace)).toHaveLength(6);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('offers to carry over passages found in the newer text and not carried yet', () => {
    const [first, ...rest] = passages;
    const some = [{ ...fate('moved'), carried: first?.passage ?? null }, ...rest, fate('area')];
    expect(carriable(some).map((one) => one.fate)).toEqual(['changed', 'moved', 'found']);
  });

  it('shortens a long text to its two ends', () => {
    expect(shortened('a b')).toBe('a b');
    expect(shortened(`start${'·'.repeat(200)}end`)).toMatch(/^start·+ … ·+end$/);
    expect(shortened('conditions of coercion '.repeat(9))).toBe(
      'conditions of coercion conditions of … conditions of coercion ',
    );
  });
});

describe('the report', () => {
  const words = [
    { kind: 'same', text: '吸纳就业' },
    { kind: 'gone', text: '2300余' },
    { kind: 'new', text: '多' },
  ] as const;
  const passages = [fate('found'), fate('changed', { words: [...words] }), fate('vanished'), fate('area')];

  it('says in one sentence what became of the passages, without zero counts', () => {
    expect(reportSentence(say, countsOf(passages))).toBe('3 passages: 1 unchanged, 1 changed, 1 not found.');
    expect(reportSentence(say, countsOf([]))).toBe('The older version has no passages.');
  });

  it('names both originals by their hashes, and marks deletions and insertions in text and in escaped HTML', () => {
    const { plain, html } = reportOf(say, { older, newer, passages });
    for (const { sha256 } of [older, newer]) {
      expect(plain).toContain(`sha256 ${sha256}`);
      expect(html).toContain(sha256);
    }
    expect(plain).toContain('- 吸纳就业[-2300余-]{+多+}');
    expect(html).toContain('吸纳就业<del>2300余</del><ins>多</ins>');
    expect(html).toMatch(/字&lt;\d+&gt;/);
    expect(html).not.toMatch(/字</);
  });
});

describe('a comparison', () => {
  const pair = { older: { source: older.id }, newer: { source: newer.id } };
  beforeEach(() => openSource(newer.id));

  it('opens both versions, the older first; leaving closes the side it opened', () => {
    compareVersions(pair);
    const { panes, sidebar } = useWorkbench.getState();
    expect(panes.map(({ source }) => source)).toEqual([older.id, newer.id]);
    expect(sidebar).toBe('versions');
    expect(panes.map(({ source, id }) => (source === null ? null : roleOf(pair, source, panes, id)))).toEqual([
      'older',
      'newer',
    ]);
    leaveComparison();
    expect(useWorkbench.getState().panes).toHaveLength(1);
    expect(useWorkbench.getState().source).toBe(newer.id);
    expect(useComparing.getState().pair).toBeNull();
  });

  it('closes none of the tabs that were open before', () => {
    openSource(other.id);
    openSource(newer.id);
    compareVersions(pair);
    leaveComparison();
    const { panes } = useWorkbench.getState();
    expect(panes.map(({ tabs, source }) => ({ tabs, source }))).toEqual([
      { tabs: [newer.id, other.id, older.id], source: newer.id },
    ]);
  });

  it('leaves the reader split if it was', () => {
    openSource(older.id, 'beside');
    compareVersions(pair);
    leaveComparison();
    expect(useWorkbench.getState().panes).toHaveLength(2);
  });

  it('shows two texts of one source in the two sides', () => {
    const texts = { older: { source: newer.id, layer: layerId.parse(older.layer) }, newer: { source: newer.id } };
    compareVersions(texts);
    const { panes } = useWorkbench.getState();
    expect(panes.map(({ id }) => roleOf(texts, newer.id, panes, id))).toEqual(['older', 'newer']);
    expect(roleOf(texts, older.id, panes, 'a')).toBeNull();
  });

  it('goes to a place in both texts, for deleted words to where they were; the passage becomes the current one of its side', () => {
    compareVersions(pair);
    const seen: Record<string, unknown> = {};
    for (const role of ['older', 'newer'] as const)
      setComparedView(role, { reveal: (range) => (seen[role] = range), follow: null });
    const { passage } = fate('vanished');
    goToRow({ id: passage, passage, older: { start: 11, end: 13 }, newer: null }, DIFFERENCES);
    expect(seen).toEqual({ older: { start: 11, end: 13 }, newer: { start: 10, end: 10 } });
    expect(useWorkbench.getState().panes[0]?.passage).toBe(passage);
  });

  it('scrolls both together, and the following side does not scroll the leading one back', () => {
    compareVersions(pair);
    const followed: [string, number][] = [];
    for (const role of ['older', 'newer'] as const)
      setComparedView(role, { reveal: () => undefined, follow: (offset) => void followed.push([role, offset]) });
    scrolledTo('older', 40, DIFFERENCES);
    scrolledTo('newer', 36, DIFFERENCES);
    expect(followed).toEqual([['newer', 36]]);
  });
});

describe('differences in the words', () => {
  const gone = [
    { start: 5, end: 8 },
    { start: 12, end: 12 },
    { start: 20, end: 30 },
  ];

  it('stay marked under the current one', () => {
    const { ranges, current } = marksWith(gone, { start: 4, end: 14 });
    expect(current).toBe(2);
    expect(ranges).toEqual([...gone.slice(0, 2), { start: 4, end: 14 }, ...gone.slice(2)]);
    expect(marksWith(gone, null)).toEqual({ ranges: gone, current: null });
  });

  it('are struck through if deleted, underlined if new; search matches have no line', () => {
    const quad = [0, 20, 50, 20, 50, 0, 0, 0] as const;
    expect(differingLines([[...quad]], 'gone')).toBe('M0 11L50 11');
    expect(differingLines([[...quad]], 'new')).toBe('M0 20L50 20');
    expect(differingLines([[...quad]], 'found')).toBe('');
  });
});
