// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { showCodes } from '../../../renderer/viewer/passages/margin.ts';

const labels = {
  untagged: 'no tags',
  suggested: (codes: readonly string[]) => `suggested ${codes.join(', ')}`,
  list: 'Passages',
  begins: () => '',
  ends: () => '',
  more: () => '',
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

// In a narrow view, a family's sign replaces the code, and a dashed box if there is no family.
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

it('a code that looks as before stays in the document, and its name is not asked for again', () => {
  const margin = document.createElement('div');
  const named: string[] = [];
  const counting = {
    ...labels,
    code: (codes: readonly string[]) => {
      named.push(...codes);
      return codes.join(', ');
    },
  };
  const three = ['a', 'b', 'c'].map((id, n) => {
    const one = passage(id, 'text');
    return { passage: { ...one.passage, codes: [id] }, top: n * 100 };
  });
  const shown = () => [...margin.children];
  showCodes(margin, three, 900, 'a', counting);
  const before = shown();
  named.length = 0;
  showCodes(margin, three, 900, 'b', counting);
  const after = shown();
  expect(after.map((item, n) => item === before[n])).toEqual([false, false, true]);
  expect(after.map((item) => item.firstElementChild?.getAttribute('aria-current'))).toEqual([null, 'true', null]);
  expect(named).toEqual(['a', 'b']);

  // An added code, a moved one, a removed one, and words in another language.
  const [a, b, c] = three;
  if (a === undefined || b === undefined || c === undefined) throw new Error('There are three.');
  const between = { passage: { ...a.passage, id: 'd', codes: ['d'] }, top: 150 };
  showCodes(margin, [b, c, between], 900, 'b', counting);
  expect(shown().map((item) => item.textContent)).toEqual(['b', 'd', 'c']);
  expect([shown()[0], shown()[2]]).toEqual([after[1], after[2]]);
  showCodes(margin, [b, { ...c, top: 400 }], 900, 'b', counting);
  expect(shown().map((item) => item.firstElementChild?.getAttribute('style'))).toEqual(['top: 100px;', 'top: 400px;']);
  showCodes(margin, [b], 900, 'b', { ...counting, code: () => 'anders' });
  expect(shown().map((item) => item.firstElementChild?.getAttribute('title'))).toEqual(['anders']);
});
