// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { PassageDescriptions } from '../../../renderer/viewer/passages/descriptions.ts';
import type { DrawnPassage } from '../../../renderer/viewer/types.ts';

let said: string[] = [];
const say = (word: string) => (codes: readonly string[], words: string) => {
  const sentence = `${word} ${words}: ${codes.join(', ')}`;
  said.push(sentence);
  return sentence;
};
const passage = (id: string, start: number, end: number, codes: readonly string[]): DrawnPassage => ({
  id,
  kind: 'text',
  start,
  end,
  page: 1,
  area: null,
  families: [],
  codes,
});

beforeEach(() => {
  said = [];
  vi.stubGlobal('cancelIdleCallback', () => undefined);
  vi.stubGlobal('requestIdleCallback', (run: () => void) => {
    run();
    return 1;
  });
});

it('what was said of a passage is not asked for again, except in another text', () => {
  const line = document.createElement('p');
  const shown = (text: string) => ({ text, start: 0, elementAt: () => line });
  const one = passage('one', 0, 3, ['TRF']);
  const two = passage('two', 4, 7, ['LND']);
  const descriptions = new PassageDescriptions({
    begins: say('begins'),
    ends: say('ends'),
    more: (count) => `${count} more`,
  });
  descriptions.show([one, two], shown('abc def'));
  const first = line.getAttribute('aria-description');
  expect(first).toBe('begins abc: TRF; ends abc: TRF; begins def: LND; ends def: LND');
  said = [];
  descriptions.show([one, { ...two, codes: ['MAN'] }], shown('abc def'));
  expect(said).toEqual(['begins def: MAN', 'ends def: MAN']);
  expect(line.getAttribute('aria-description')).toBe(first?.replaceAll('LND', 'MAN'));
  said = [];
  descriptions.show([one], shown('xyz def'));
  expect(said).toEqual(['begins xyz: TRF', 'ends xyz: TRF']);
});

it('of many passages in one paragraph a few are said, and how many more there are', () => {
  const line = document.createElement('p');
  const text = 'abc '.repeat(10_000);
  const all = Array.from({ length: 10_000 }, (_, at) => passage(`p${at}`, 4 * at, 4 * at + 3, ['FIG']));
  const descriptions = new PassageDescriptions({
    begins: say('begins'),
    ends: say('ends'),
    more: (count) => `${count} more`,
  });
  descriptions.show(all, { text, start: 0, elementAt: () => line });
  const description = line.getAttribute('aria-description') ?? '';
  expect(description.split('; ')).toHaveLength(7);
  expect(description).toMatch(/^begins abc: FIG; ends abc: FIG; .*; 9997 more$/);
  expect(said).toHaveLength(6);
  descriptions.show(all.slice(0, 3), { text, start: 0, elementAt: () => line });
  expect(line.getAttribute('aria-description')).not.toContain('more');
});
