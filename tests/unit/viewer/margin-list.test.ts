// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { showCodes } from '../../../renderer/viewer/passages/margin.ts';

const labels = {
  untagged: 'no tags',
  suggested: (codes: readonly string[]) => `suggested ${codes.join(', ')}`,
  list: 'Passages',
  begins: () => '',
  ends: () => '',
  code: (codes: readonly string[], others: number, area: { page: number; third: string } | null) =>
    `${area === null ? '' : `area, ${area.third} of ${area.page}: `}${codes.join(', ')} +${others}`,
};
const passage = (id: string, kind: 'text' | 'area') => ({
  passage: { id, kind, start: 0, end: 0, page: 3, area: null, families: ['lnd'], codes: ['LND.RIGHTS'] },
  top: id === 'a' ? 10 : 800,
});

it('codes in the margin are a list, and an area is named by its page and place', () => {
  const margin = document.createElement('div');
  showCodes(margin, [passage('a', 'text'), passage('b', 'area')], 900, null, labels);
  expect(margin.getAttribute('role')).toBe('list');
  expect(margin.getAttribute('aria-label')).toBe('Passages');
  expect([...margin.children].map((item) => item.getAttribute('role'))).toEqual(['listitem', 'listitem']);
  expect([...margin.querySelectorAll('button')].map(({ title }) => title)).toEqual([
    'LND.RIGHTS +0',
    'area, bottom of 3: LND.RIGHTS +0',
  ]);
});

it('without codes there is no list', () => {
  const margin = document.createElement('div');
  showCodes(margin, [passage('a', 'text')], 900, null, labels);
  showCodes(margin, [], 900, null, labels);
  expect([margin.getAttribute('role'), margin.getAttribute('aria-label')]).toEqual([null, null]);
});

// In a narrow view a family's sign stands for the code, and a dashed box where there is no family.
it('the code of a passage without a family is marked as such', () => {
  const margin = document.createElement('div');
  const codes = [
    passage('a', 'text'),
    { ...passage('b', 'text'), passage: { ...passage('b', 'text').passage, families: [], codes: [] } },
    { ...passage('c', 'text'), passage: { ...passage('c', 'text').passage, families: ['figok'], codes: ['4.2'] } },
  ];
  showCodes(margin, codes, 900, null, labels);
  const buttons = [...margin.querySelectorAll('button')].map((button) => ({
    hasSign: button.querySelector('.family-sign') !== null,
    isMarked: button.classList.contains('has-no-family'),
  }));
  expect(buttons).toHaveLength(3);
  expect(buttons.filter(({ hasSign }) => hasSign)).toHaveLength(1);
  for (const { hasSign, isMarked } of buttons) expect(isMarked).toBe(!hasSign);
});
