// @vitest-environment jsdom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { Evidence } from '../../../../../renderer/features/evidence/Evidence.tsx';
import { resetEvidence, setQuery } from '../../../../../renderer/features/evidence/state.ts';
import { FakeHost, USUAL } from '../../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();

it('below a filter that is refused as too long, what is shown is marked as the answer of the last filter', async () => {
  resetEvidence();
  const host = new FakeHost();
  host.set(USUAL);
  const api = createApi(
    {
      call: (name, input) =>
        Promise.resolve(
          JSON.stringify(input).length > 100_000
            ? {
                ok: false,
                error: { code: 'BAD_INPUT', message: 'This query has more than 100,000 characters. Shorten it.' },
              }
            : host.answer(name, Object(input)),
        ),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await screen.render(api, <Evidence width="wide" beside={null} />);
  const shape = (): Element | null => document.querySelector('.evidence-shape');
  await act(async () => vi.waitFor(() => expect(shape()).not.toBeNull()));
  expect(shape()?.hasAttribute('data-behind')).toBe(false);
  await act(async () => setQuery('x'.repeat(100_001)));
  await act(async () => vi.waitFor(() => expect(document.body.textContent).toContain('more than 100,000 characters')));
  expect(shape()?.hasAttribute('data-behind')).toBe(true);
  expect(document.querySelector('.evidence-still')?.textContent).toContain('passages');
});
