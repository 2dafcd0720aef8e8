import { expect, test } from 'vitest';
import { linesOf } from '../../../../../renderer/common/rows/lines.ts';

const NONE: ReadonlySet<string> = new Set();
const group = (value: string, from: number, count: number) => ({ value, label: value, from, count });

test('rows have the headings of their groups between them, and each finds the other', () => {
  const lines = linesOf({ positions: 5, groups: [group('a', 0, 2), group('b', 2, 1), group('c', 3, 2)] }, NONE);
  const shown = Array.from({ length: lines.count }, (_, index) => {
    const line = lines.at(index);
    return line === null ? '-' : 'group' in line ? line.group.value : String(line.position);
  });
  expect(shown.join(' ')).toBe('a 0 1 b 2 c 3 4');
  expect([0, 1, 2, 3, 4].map((position) => lines.at(lines.indexOf(position)))).toEqual(
    [0, 1, 2, 3, 4].map((position) => ({ position })),
  );
  expect(lines.at(8)).toBeNull();
});

test('without groups a row is where its position is', () => {
  const lines = linesOf({ positions: 3, groups: [] }, NONE);
  expect([lines.count, lines.at(2), lines.at(3), lines.indexOf(1)]).toEqual([3, { position: 2 }, null, 1]);
  expect(linesOf({ positions: 0, groups: [] }, NONE).indexOf(0)).toBe(-1);
});

test('of a folded group the heading alone is a line, and stands for its rows', () => {
  const groups = [group('a', 0, 2), group('b', 2, 1), group('c', 3, 2)];
  const lines = linesOf({ positions: 5, groups }, new Set(['a', 'c']));
  const shown = Array.from({ length: lines.count }, (_, index) => lines.at(index));
  expect(shown).toEqual([{ group: groups[0] }, { group: groups[1] }, { position: 2 }, { group: groups[2] }]);
  expect([0, 1, 2, 3, 4].map((position) => lines.indexOf(position))).toEqual([0, 0, 2, 3, 3]);
  expect(['a', 'b', 'c', 'd'].map((value) => lines.headingOf(value))).toEqual([0, 1, 3, -1]);
  expect([lines.groupOf(1), lines.groupOf(4), lines.at(-1), lines.at(4)]).toEqual([groups[0], groups[2], null, null]);
});
