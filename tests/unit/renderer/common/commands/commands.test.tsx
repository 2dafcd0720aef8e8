// @vitest-environment jsdom
import i18next from 'i18next';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../../renderer/api/index.ts';
import { App } from '../../../../../renderer/shell/App.tsx';
import { canRun, runCommand, useCommandList, type Command } from '../../../../../renderer/common/commands/registry.ts';
import { openSource } from '../../../../../renderer/common/workbench/workbench.ts';
import { SCREEN_COMMANDS } from '../../../../../renderer/common/commands/command-keys.ts';
import { useKeyPreferences } from '../../../../../renderer/common/commands/key-preferences.ts';
import { startI18n } from '../../../../../renderer/shell/strings.ts';
import { CODING_USUAL, codingAnswers } from '../../../../support/shell/coding.ts';
import { FakeHost, USUAL, type Scene } from '../../../../support/shell/fake-bridge.ts';
import { fakeCodebook, fakeSources } from '../../../../support/shell/fixtures.ts';
import { TEAM_USUAL, teamAnswers } from '../../../../support/shell/merge.ts';

let root: Root;
let place: HTMLElement;

/** jsdom has no layout, so its observer has nothing to observe. */
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  startI18n();
  vi.stubGlobal('ResizeObserver', NoObserver);
  vi.stubGlobal('IntersectionObserver', NoObserver);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  Element.prototype.scrollIntoView = () => undefined;
  // A sheet that a test left open gives the focus back during the next test.
  Element.prototype.checkVisibility = () => true;
  // The codebook's tree is drawn by the height of its rows, which is a token; without styles it is zero.
  document.documentElement.style.cssText = 'font-size: 16px; --row: 1.625rem';
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
});
afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  vi.unstubAllGlobals();
});

async function show(scene: Partial<Scene>, ...answers: readonly Parameters<FakeHost['add']>[0][]): Promise<void> {
  const host = new FakeHost();
  host.set({ ...USUAL, ...scene });
  for (const more of answers) host.add(more);
  const api = createApi(
    {
      call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await act(async () =>
    root.render(
      <ApiProvider api={api} client={makeQueryClient()}>
        <App />
      </ApiProvider>,
    ),
  );
}
const has = (id: string): Promise<void> =>
  act(async () => vi.waitFor(() => expect(useCommandList.getState().commands.map((one) => one.id)).toContain(id)));
const runnable = (): readonly Command[] => useCommandList.getState().commands.filter(canRun);

/** Keys that two available commands share. Of two commands with one id, the later one counts. */
function doubles(): string[] {
  const byKey = new Map<string, Set<string>>();
  for (const { id, keys = [] } of runnable())
    for (const key of keys) byKey.set(key, (byKey.get(key) ?? new Set()).add(id));
  return [...byKey].filter(([, ids]) => ids.size > 1).map(([key, ids]) => `${key}: ${[...ids].join(', ')}`);
}
/** A key without words is shown as itself by i18next. */
const untitled = (): string[] =>
  runnable()
    .filter(({ title }) => title === '' || /^[a-z]+(?:[A-Z][a-z]*)*\.\S+$/.test(title))
    .map(({ id }) => id);

describe('commands', () => {
  it('have titles, and no key has two commands, on the start screen', async () => {
    await show({ project: false });
    await has('openSample');
    expect(doubles()).toEqual([]);
    expect(untitled()).toEqual([]);
  });

  it('have titles, and no key has two commands, in the library and the reader', async () => {
    await show({});
    await has('filterSources');
    await has('exportProject');
    expect(doubles()).toEqual([]);
    const [, source] = fakeSources(2);
    await act(async () => openSource(source?.id ?? expect.fail('no source')));
    await has('addCategory');
    await has('closeSource');
    expect(doubles()).toEqual([]);
    expect(untitled()).toEqual([]);
    // In the split view, F6 still goes through the whole window and does not stay in the reader.
    await act(async () => void runCommand('split'));
    expect(runnable().map(({ id }) => id)).toContain('otherSide');
    expect(doubles()).toEqual([]);
    expect(untitled()).toEqual([]);
  });

  it('with keys are all in the list of shortcuts', async () => {
    await show({});
    await has('exportProject');
    await act(async () => void runCommand('shortcuts'));
    const sheet = document.querySelector('.shortcuts')?.textContent ?? '';
    const missing = useCommandList
      .getState()
      .commands.filter(({ keys = [], title }) => keys.length > 0 && !sheet.includes(title));
    expect(missing.map(({ id }) => id)).toEqual([]);
    expect(sheet).toContain('Export project file');
  });

  it('of other screens are listed with the titles and keys they have there', async () => {
    const world = { categories: fakeCodebook().categories, sources: fakeSources(9) };
    await show({}, teamAnswers(world, TEAM_USUAL), codingAnswers(world, CODING_USUAL));
    const seen = new Map<string, Command>();
    const note = (): void => useCommandList.getState().commands.forEach((one) => seen.set(one.id, one));
    await has('team.conflicts');
    const [, source] = world.sources;
    await act(async () => openSource(source?.id ?? expect.fail('no source')));
    await has('zoomIn');
    note();
    await act(async () => void runCommand('review'));
    await has('reviewReturn');
    note();
    await act(async () => void runCommand('team.conflicts'));
    await has('team.keepMine');
    note();
    await act(async () => void runCommand('coding.differences'));
    await has('coding.decide');
    note();
    const differing = SCREEN_COMMANDS.filter(({ id, title, keys, group }) => {
      const own = seen.get(id);
      return own !== undefined && (own.keys?.[0] !== keys[0] || own.title !== i18next.t(title) || own.group !== group);
    });
    expect(differing.map(({ id }) => id)).toEqual([]);
    // Commands that no screen of this test has: those of a merge preview and of a blind copy.
    const unseen = SCREEN_COMMANDS.filter(({ id }) => !seen.has(id)).map(({ id }) => id);
    expect(unseen).toEqual(['team.mergeNow', 'coding.nextUnit', 'coding.previousUnit']);
  });
});

describe('letter keys in the list of shortcuts', () => {
  afterEach(() => useKeyPreferences.setState({ letterKeys: true, keys: {} }));

  const TITLE = 'Mark sources as read or not read';
  const press = (key: string, code: string, more: KeyboardEventInit = {}): Promise<void> =>
    act(async () => {
      const on = document.activeElement ?? document.body;
      on.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...more }));
      on.dispatchEvent(new KeyboardEvent('keyup', { key, code, bubbles: true, cancelable: true, ...more }));
    });
  const line = (title: string): HTMLElement =>
    [...document.querySelectorAll<HTMLElement>('.shortcuts li')].find(
      (one) => one.firstElementChild?.textContent === title,
    ) ?? expect.fail(`no line ${title}`);
  const keyButton = (title: string): HTMLElement =>
    line(title).querySelector<HTMLElement>('button') ?? expect.fail(`no key of ${title}`);
  const change = async (title: string, ...pressed: Parameters<typeof press>): Promise<void> => {
    await act(async () => keyButton(title).focus());
    await press('Enter', 'Enter');
    await press(...pressed);
  };
  const registered = (id: string): readonly string[] | undefined =>
    useCommandList.getState().commands.findLast((one) => one.id === id)?.keys;

  it('are changed, refused, cleared and reset, and the commands and their buttons follow', async () => {
    await show({});
    await has('toggleRead');
    await act(async () => void runCommand('shortcuts'));
    expect(registered('toggleRead')).toEqual(['KeyU']);
    await change(TITLE, 'l', 'KeyL');
    expect(line(TITLE).textContent).toContain('“Collections of selected sources…”');
    expect(registered('toggleRead')).toEqual(['KeyU']);
    await press('x', 'KeyX');
    expect(keyButton(TITLE).lastChild?.textContent).toBe('X');
    expect(registered('toggleRead')).toEqual(['KeyX']);
    await change(TITLE, 'Delete', 'Delete');
    expect(keyButton(TITLE).lastChild?.textContent).toBe('No key');
    expect(registered('toggleRead')).toEqual([]);
    // Escape leaves the key unchanged and the sheet open.
    await change(TITLE, 'Escape', 'Escape');
    expect(keyButton(TITLE).lastChild?.textContent).toBe('No key');
    const reset = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Reset keys');
    await act(async () => reset?.click());
    expect(registered('toggleRead')).toEqual(['KeyU']);
  });

  it('are turned off together', async () => {
    await show({});
    await has('toggleRead');
    await act(async () => void runCommand('shortcuts'));
    await act(async () => document.querySelector<HTMLElement>('.letter-keys input')?.click());
    expect(registered('toggleRead')).toEqual([]);
    expect(registered('shortcuts')).toEqual([]);
    expect(registered('commands')).toEqual(['$mod+KeyK', '$mod+Shift+KeyP']);
    expect(line(TITLE).textContent).toContain('off');
  });
});
