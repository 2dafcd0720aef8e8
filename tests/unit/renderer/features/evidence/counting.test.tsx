// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { createApi, type Transport } from '../../../../../renderer/api/index.ts';
import { Recounting, useCounted } from '../../../../../renderer/features/evidence/CountProgress.tsx';
import {
  resetEvidence,
  setMatrix,
  setQuery,
  showWhole,
  useAsked,
  useEvidence,
} from '../../../../../renderer/features/evidence/state.ts';
import { useCommandList } from '../../../../../renderer/common/commands/registry.ts';
import { FakeHost } from '../../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();

/** Answers that wait until the test lets them go. */
let waiting: (() => void)[] = [];
let isSlow = false;
const NUMBERS: Readonly<Record<string, number>> = { '': 40, 'lang:zh': 12 };

const host = new FakeHost();
host.add({
  'evidence.rows': ({ query }) => ({ ...summaryOf(query), positions: 0, rows: [], groups: [] }),
  'evidence.matrix': ({ query }) => ({ ...summaryOf(query), untagged: 0, columns: [], more: 0, rows: [] }),
});
const summaryOf = (query: unknown) => ({
  faults: [],
  total: NUMBERS[String(query)] ?? 0,
  of: 40,
  sources: 1,
  origins: 1,
  publishers: 1,
});
const call: Transport['call'] = (name, input) => {
  const answer = host.answer(name, Object(input));
  if (!isSlow || name !== 'evidence.matrix') return Promise.resolve(answer);
  return new Promise((done) => waiting.push(() => done(answer)));
};

/** A chart in little: what it shows, and by which settings it is drawn. */
function Chart() {
  const columns = useEvidence((state) => state.matrix);
  const { data, of, isOld } = useCounted('evidence.matrix', { ...useAsked(), columns });
  const words = data === undefined ? 'empty' : `${String(data.total)} by ${of.columns}${isOld ? ', old' : ''}`;
  return <p className="shown">{words}</p>;
}
let isPale = false;
const setPale = (isOld: boolean): void => {
  isPale = isOld;
};
const shown = (): string => document.querySelector('.shown')?.textContent ?? '';
const keep = () => useCommandList.getState().commands.find(({ id }) => id === 'keepCounted');

/** A chart that is shown, and the next one is being counted once something is changed. */
async function counted(): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const api = createApi(
    { call, offer: () => Promise.resolve({ ok: true, value: [] }), listen: () => () => undefined },
    false,
  );
  await screen.render(
    api,
    <>
      <Recounting onOld={setPale} />
      <Chart />
    </>,
  );
  await settled();
  expect(shown()).toBe('40 by actYear');
  isSlow = true;
}
const settled = () => act(async () => vi.advanceTimersByTimeAsync(100));
const afterLong = () => act(async () => vi.advanceTimersByTimeAsync(1000));

afterEach(() => {
  vi.useRealTimers();
  waiting = [];
  isSlow = false;
  act(() => resetEvidence());
});

it('other columns leave the chart before, drawn by its own columns, until they are counted', async () => {
  await counted();
  act(() => setMatrix('publisher'));
  await settled();
  expect([shown(), isPale, keep()]).toEqual(['40 by actYear, old', false, undefined]);
  await afterLong();
  expect([shown(), isPale]).toEqual(['40 by actYear, old', true]);
  expect(document.querySelector('[role="status"]')?.textContent).toContain('Counting');
  act(() => waiting.forEach((answer) => answer()));
  await settled();
  expect([shown(), isPale, keep()]).toEqual(['40 by publisher', false, undefined]);
});

it('Esc goes back to what is shown: the columns, or the filter', async () => {
  await counted();
  act(() => setMatrix('publisher'));
  await afterLong();
  expect(keep()?.keys).toEqual(['Escape']);
  act(() => keep()?.run());
  await settled();
  expect([shown(), isPale, useEvidence.getState().matrix]).toEqual(['40 by actYear', false, 'actYear']);

  act(() => {
    setQuery('lang:zh');
    showWhole('lang:zh');
  });
  await afterLong();
  expect([shown(), isPale]).toEqual(['40 by actYear, old', true]);
  act(() => keep()?.run());
  await settled();
  expect([shown(), isPale, useEvidence.getState().query]).toEqual(['40 by actYear', false, '']);
});
