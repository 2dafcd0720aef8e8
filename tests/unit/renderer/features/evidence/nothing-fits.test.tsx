// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { CountProgress } from '../../../../../renderer/features/evidence/CountProgress.tsx';
import { NothingFits } from '../../../../../renderer/features/evidence/NothingFits.tsx';
import { resetEvidence, setQuery, showWhole, useEvidence } from '../../../../../renderer/features/evidence/state.ts';
import { FakeHost } from '../../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
/** How many passages each filter finds. */
const COUNTS: Readonly<Record<string, number>> = { 'state:coded': 12, 'lang:zh': 0, '': 40 };

async function show(element: React.ReactElement): Promise<void> {
  const host = new FakeHost();
  host.add({
    'evidence.rows': ({ query }) => ({
      faults: [],
      total: COUNTS[String(query)] ?? 0,
      of: 40,
      sources: 1,
      origins: 1,
      publishers: 1,
      positions: 0,
      rows: [],
      groups: [],
    }),
  });
  await screen.render(
    createApi(
      {
        call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      false,
    ),
    element,
  );
}
const shows = (text: string): Promise<void> =>
  act(async () => vi.waitFor(() => expect(document.body.textContent).toContain(text)));

afterEach(() => {
  vi.useRealTimers();
  act(() => resetEvidence());
});

it('where nothing fits, each condition that keeps passages out is offered with how many, and is left out by a press', async () => {
  setQuery('lang:zh state:coded');
  showWhole('lang:zh state:coded');
  await show(<NothingFits of={40} />);
  await shows('Without one of these there would be:');
  const offers = [...document.querySelectorAll<HTMLButtonElement>('.evidence-without button')];
  expect(offers.map((one) => one.textContent)).toEqual([expect.stringContaining('12 passages')]);
  act(() => offers[0]?.click());
  expect(useEvidence.getState().query).toBe('state:coded');
});

it('says that passages are counted only where that takes a while', async () => {
  showWhole('');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await show(<CountProgress />);
  expect(document.body.textContent).toBe('');
  await act(async () => vi.advanceTimersByTime(600));
  expect(document.body.textContent).toBe('Counting 40 passages…');
});
