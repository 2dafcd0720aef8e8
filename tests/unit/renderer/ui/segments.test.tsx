// @vitest-environment jsdom
import { act } from 'react';
import { expect, it } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { Segments } from '../../../../renderer/ui/Choice.tsx';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const api = createApi(
  {
    call: () => new Promise(() => undefined),
    offer: () => Promise.resolve({ ok: true, value: [] }),
    listen: () => () => undefined,
  },
  false,
);
const SHAPES = (['table', 'matrix', 'timeline'] as const).map((value) => ({ value, label: value }));
const show = (value: (typeof SHAPES)[number]['value']): Promise<void> =>
  screen.render(
    api,
    <>
      <Segments label="Shape" value={value} options={SHAPES} onChange={() => undefined} />
      <input />
    </>,
  );
const option = (name: string): HTMLElement => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent === name);
  if (found === undefined) throw new Error(`There is no ${name}`);
  return found;
};

it('Tab and Shift Tab come to the option that is chosen, not to the one that had the keyboard last', async () => {
  await show('table');
  await act(async () => option('table').focus());
  await act(async () => option('matrix').focus());
  await act(async () => option('matrix').dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true })));
  await act(async () => document.querySelector('input')?.focus());
  // Meanwhile a key selects another option.
  await show('timeline');
  expect(SHAPES.filter(({ label }) => option(label).tabIndex === 0).map(({ value }) => value)).toEqual(['timeline']);
  await act(async () => option('timeline').focus());
  expect(document.activeElement?.textContent).toBe('timeline');
});
