// @vitest-environment jsdom
import { act, useRef } from 'react';
import { expect, it, vi } from 'vitest';
import { createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { LeftTagsNote } from '../../../../renderer/features/merge/LeftTagsNote.tsx';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const category = (code: string, name: string, at: number) => ({
  id: `00000000-0000-4000-8000-00000000000${String(at)}`,
  code,
  name,
});
const into = [category('B', 'Mandate', 9)];
const leftOf = (name: string, at: number) => ({
  category: category('A', name, at),
  how: 'archived',
  into,
  by: 'Ann',
  at,
  people: ['Bob'],
  tags: 2,
  passages: 2,
});

function Place() {
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        Merge
      </h2>
      <LeftTagsNote heading={heading} />
      <button type="button">Merge from a file</button>
    </>
  );
}

it('after tags were moved the focus goes to the next announcement, after the last to the heading: never to a button', async () => {
  const host = new FakeHost();
  host.set(USUAL);
  let left = [leftOf('Quota', 1), leftOf('Transfer', 2), leftOf('Training', 3)];
  const client = makeQueryClient();
  const api = createApi(
    {
      call: (name, input) => {
        if (name === 'merge.leftTags') return Promise.resolve({ ok: true, value: { left } });
        if (name !== 'merge.carryTags') return Promise.resolve(host.answer(name, Object(input)));
        left = left.filter((one) => one.category.id !== Object(input).category);
        return Promise.resolve({ ok: true, value: {} });
      },
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await screen.render(api, <Place />, client);
  const moves = (): HTMLButtonElement[] =>
    [...document.querySelectorAll('button')].filter((one) => one.textContent.startsWith('Move all'));
  const press = async (at: number, leaves: number): Promise<void> => {
    await act(async () => vi.waitFor(() => expect(moves()).toHaveLength(leaves + 1)));
    await act(async () => {
      moves()[at]?.focus();
      moves()[at]?.click();
    });
    await act(async () => client.invalidateQueries({ queryKey: ['merge.leftTags'] }));
    await act(async () => vi.waitFor(() => expect(moves()).toHaveLength(leaves)));
  };
  const focused = (): string | undefined => document.activeElement?.textContent;

  await press(1, 2);
  expect(document.activeElement?.role).toBe('group');
  expect(focused()).toContain('Training');
  await press(1, 1);
  expect(focused()).toContain('Quota');
  await press(0, 0);
  expect(focused()).toBe('Merge');
});
