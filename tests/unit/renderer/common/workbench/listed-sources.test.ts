import { beforeEach, expect, test } from 'vitest';
import {
  canOpenListed,
  keepListed,
  openListed,
  resetListed,
  whenListed,
} from '../../../../../renderer/common/workbench/listed-sources.ts';
import { openSource, resetWorkbench, useWorkbench } from '../../../../../renderer/common/workbench/workbench.ts';
import { sourceId, type SourceId } from '../../../../../shared/model/index.ts';

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [FIRST, SECOND, THIRD] = [1, 2, 3].map((n) => sourceId.parse(uuid(n))) as [SourceId, SourceId, SourceId];
const front = () => useWorkbench.getState().source;
const goOn = () => whenListed(() => void openListed(1));

beforeEach(() => {
  resetWorkbench();
  resetListed();
});

test('a step through the Library’s list that is taken before the list is read is taken when it is', () => {
  openSource(FIRST);
  expect(canOpenListed(1)).toBe(true);
  goOn();
  expect(front()).toBe(FIRST);
  keepListed([FIRST, SECOND, THIRD]);
  expect(front()).toBe(SECOND);
  keepListed([FIRST, SECOND, THIRD]);
  expect(front()).toBe(SECOND);
});

test('it is not taken from another source than the one that was in front, nor in another project', () => {
  openSource(FIRST);
  goOn();
  openSource(THIRD);
  keepListed([FIRST, SECOND, THIRD]);
  expect(front()).toBe(THIRD);
  resetListed();
  goOn();
  resetListed();
  keepListed([THIRD, FIRST]);
  expect(front()).toBe(THIRD);
});

test('the list ends', () => {
  openSource(THIRD);
  keepListed([FIRST, SECOND, THIRD]);
  expect(canOpenListed(1)).toBe(false);
  expect(canOpenListed(-1)).toBe(true);
});
