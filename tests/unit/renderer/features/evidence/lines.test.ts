import { expect, test } from 'vitest';
import { linesOf } from '../../../../../renderer/features/evidence/lines.ts';

const group = (value: string, from: number, count: number) => ({ value, label: value, from, count });

test('rows have the headings of their groups between them, and each finds the other', () => {
  const lines = linesOf({ positions: 5, groups: [group('a', 0, 2), group('b', 2, 1), group('c', 3, 2)] });
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
  const lines = linesOf({ positions: 3, groups: [] });
  expect([lines.count, lines.at(2), lines.at(3), lines.indexOf(1)]).toEqual([3, { position: 2 }, null, 1]);
  expect(linesOf({ positions: 0, groups: [] }).indexOf(0)).toBe(-1);
});
