// @vitest-environment jsdom
import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { type Api, createApi } from '../../../../renderer/api/index.ts';
import { useNotice } from '../../../../renderer/common/notices/notices.ts';
import { StatusBar } from '../../../../renderer/shell/frame/StatusBar.tsx';
import type { EventPayload, RendererCallName } from '../../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const undone: ((answer: Result<unknown>) => void)[] = [];
const called: [RendererCallName, unknown][] = [];
let tell: (payload: EventPayload<'history.progress'>) => void = () => undefined;

/** An undo is answered once the test says so. */
function apiOf(host: FakeHost): Api {
  return createApi(
    {
      call: (name, input) => {
        called.push([name, input]);
        if (name === 'history.undo')
          return new Promise((done) => {
            undone.push(done);
          });
        return Promise.resolve(name === 'app.stopChange' ? ok({}) : host.answer(name, Object(input)));
      },
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: (listener) => {
        tell = (payload) => listener({ event: 'history.progress', payload });
        return () => undefined;
      },
    },
    false,
  );
}
const bar = (): string => screen.place().textContent;
const button = (words: string): HTMLElement => {
  const all = [...screen.place().querySelectorAll<HTMLElement>('button')];
  return all.find(({ textContent }) => textContent.includes(words)) ?? expect.fail(`No button ${words}: ${bar()}`);
};
const count = (name: RendererCallName): number => called.filter(([one]) => one === name).length;
const until = (holds: () => boolean): Promise<void> => act(async () => vi.waitFor(() => expect(holds()).toBe(true)));

beforeEach(async () => {
  undone.length = 0;
  called.length = 0;
  const host = new FakeHost();
  host.set(USUAL);
  await screen.render(apiOf(host), <StatusBar />);
  await until(() => bar().includes('Undo'));
});

it('an undo that takes long says how far it is, is not begun twice, and can be stopped', async () => {
  await act(async () => button('Undo').click());
  await until(() => undone.length === 1);
  expect(bar()).not.toContain('Undoing');
  await act(async () => tell({ what: 'undo', share: 0.438 }));
  expect(bar()).toContain('Undoing, 43%');
  await act(async () => screen.place().querySelector<HTMLElement>('[data-yields]')?.click());
  expect(count('history.undo')).toBe(1);
  await act(async () => button('Stop').click());
  expect(bar()).toContain('Stopping');
  expect(called).toContainEqual(['app.stopChange', { what: 'history.undo' }]);
  await act(async () => undone[0]?.(fail('CANCELLED', 'Stopped. Nothing was undone.')));
  await until(() => useNotice.getState().notice?.text === 'Stopped. Nothing was undone.');
  expect(useNotice.getState().notice?.tone).toBe('plain');
  expect(bar()).not.toContain('Stopping');
});

it('short undos are all made, however fast they are asked for, and what is heard of one too late is not shown', async () => {
  for (let n = 0; n < 3; n++) await act(async () => button('Undo').click());
  await until(() => undone.length === 3);
  await act(async () => {
    for (const done of undone) done(ok({ label: 'Tag passage', left: [] }));
  });
  await act(async () => tell({ what: 'undo', share: 0.9 }));
  expect(bar()).not.toContain('Undoing');
});

it('the keyboard is not lost with Stop, once the undo has ended', async () => {
  const list = document.body.appendChild(document.createElement('main')).appendChild(document.createElement('div'));
  list.setAttribute('role', 'grid');
  list.tabIndex = 0;
  list.getClientRects = () => Object.assign([], { length: 1, item: () => null });
  await act(async () => button('Undo').click());
  await until(() => undone.length === 1);
  await act(async () => tell({ what: 'undo', share: 0.4 }));
  button('Stop').focus();
  expect(document.activeElement).toBe(button('Stop'));
  await act(async () => undone[0]?.(fail('CANCELLED', 'Stopped. Nothing was undone.')));
  await until(() => document.activeElement === list);
  list.parentElement?.remove();
});
