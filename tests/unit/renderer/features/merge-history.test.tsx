// @vitest-environment jsdom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { MergeHistory } from '../../../../renderer/features/merge/MergeHistory.tsx';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();

it('a restored merge says in a note what it restored, until it is undone again', async () => {
  const host = new FakeHost();
  host.set(USUAL);
  let undone = true;
  const merges = () => [{ id: 'm1', at: 1, from: 'back.sbk', commits: 3, changes: 9, people: ['Bob'], undone }];
  const client = makeQueryClient();
  const api = createApi(
    {
      call: (name, input) => {
        if (name === 'merge.list') return Promise.resolve({ ok: true, value: { merges: merges() } });
        if (name !== 'merge.restore') return Promise.resolve(host.answer(name, Object(input)));
        undone = false;
        return Promise.resolve({ ok: true, value: { putBack: { records: 106, left: 1 } } });
      },
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await screen.render(api, <MergeHistory />, client);
  const note = (): string | undefined => document.querySelector('.note')?.textContent;
  const restore = (): HTMLButtonElement | null => document.querySelector('button[aria-label^="Restore merge"]');
  await act(async () => vi.waitFor(() => expect(restore()).not.toBeNull()));
  await act(async () => restore()?.click());
  await act(async () => client.invalidateQueries({ queryKey: ['merge.list'] }));
  await act(async () => vi.waitFor(() => expect(restore()).toBeNull()));
  expect(note()).toBe('Restored the merge from back.sbk.106 items restored. 1 value changed since stays as it is.');

  undone = true;
  await act(async () => client.invalidateQueries({ queryKey: ['merge.list'] }));
  await act(async () => vi.waitFor(() => expect(restore()).not.toBeNull()));
  expect(note()).toBeUndefined();
});
