import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSavedWindows } from '../../../electron/host/electron/saved-windows.ts';
import { boundsWithin, type Bounds } from '../../../electron/host/electron/window-bounds.ts';
import { openHome } from '../../../electron/host/home.ts';
import { openSavedWindowsFile, type SavedWindow } from '../../../electron/host/saved-windows-file.ts';
import { tempFolder } from '../../support/temp.ts';

const saved = (more: Partial<SavedWindow> = {}): SavedWindow => ({
  bounds: { x: 40, y: 60, width: 1200, height: 800 },
  maximised: false,
  folder: '/work/liuquan.sourcebook',
  views: { place: { place: 'read' } },
  ...more,
});

describe('windows as they were left', () => {
  test('are opened at the next start', () => {
    const folder = tempFolder();
    const windows = [saved(), saved({ folder: null, maximised: true, views: {} })];
    const first = openSavedWindowsFile(folder);
    expect(first.windowsToOpen()).toEqual([]);
    first.save(windows);
    expect(openSavedWindowsFile(folder).windowsToOpen()).toEqual(windows);
  });

  test('are not opened by a start right after one that crashed, but by the next', () => {
    const folder = tempFolder();
    openSavedWindowsFile(folder).save([saved()]);
    expect(openSavedWindowsFile(folder).windowsToOpen()).toHaveLength(1);
    expect(openSavedWindowsFile(folder).windowsToOpen()).toEqual([]);
    const third = openSavedWindowsFile(folder);
    expect(third.windowsToOpen()).toHaveLength(1);
    third.startSucceeded();
    expect(openSavedWindowsFile(folder).windowsToOpen()).toHaveLength(1);
  });

  test('in an unreadable file are put aside, and the program starts', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'windows.json'), '{"windows": [{"bounds": 7}]}');
    expect(openSavedWindowsFile(folder).windowsToOpen()).toEqual([]);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^windows\.json\.damaged-/)]);
  });
});

describe('a window is placed where it can be moved', () => {
  const main: Bounds = { x: 0, y: 24, width: 1920, height: 1056 };
  const right: Bounds = { x: 1920, y: 0, width: 1280, height: 1024 };
  const at = (x: number, y: number, width = 1200, height = 800): Bounds => ({ x, y, width, height });

  test.each([
    ['as it was', at(100, 100), at(100, 100)],
    ['over the edge of its screen, but enough of it to drag', at(1780, 100), at(1780, 100)],
    ['on the second screen', at(2000, 30), at(2000, 30)],
    ['above the screen, where its title cannot be reached', at(100, -300), at(100, 24)],
    ['on a screen that is gone, to the left', at(-1900, 200), at(0, 200)],
    ['below all screens', at(300, 3000), at(300, 280)],
    ['larger than any screen, and on none', at(-6000, 100, 5000, 3000), { ...main }],
  ])('%s', (_what, wanted, found) => {
    expect(boundsWithin(wanted, [main, right])).toEqual(found);
  });

  test('where no screen is known, it stays', () => {
    expect(boundsWithin(at(-5000, 0), [])).toEqual(at(-5000, 0));
  });
});

describe('windows of a running program', () => {
  afterEach(() => vi.useRealTimers());

  /** A program with two windows, of which the first shows a project. Its clock stands still until the test moves it. */
  function program() {
    vi.useFakeTimers();
    const folder = tempFolder();
    const home = openHome({ SOURCEBOOK_HOME: folder });
    const names = ['main-1', 'main-2'];
    const { bounds, maximised, views } = saved();
    const savedWindows = createSavedWindows({
      home,
      file: openSavedWindowsFile(folder),
      windows: { all: () => [...names], open: () => 'main-3', placeOf: () => ({ bounds, maximised }) },
      workspace: {
        shownIn: (window) => (window === 'main-1' ? { folder: '/a.sourcebook', views } : { folder: null, views: {} }),
        showAgain: () => Promise.resolve(),
      },
    });
    return {
      home,
      names,
      savedWindows,
      found: () =>
        openSavedWindowsFile(folder)
          .windowsToOpen()
          .map((one) => one.folder),
    };
  }

  test('are saved when they stop changing, and when all of them close', () => {
    const { names, savedWindows, found } = program();
    savedWindows.changed();
    expect(found()).toEqual([]);
    vi.advanceTimersByTime(2000);
    expect(found()).toEqual(['/a.sourcebook', null]);

    savedWindows.saveAndStop();
    names.length = 1;
    savedWindows.changed();
    vi.advanceTimersByTime(2000);
    expect(found()).toEqual(['/a.sourcebook', null]);
    savedWindows.resume();
    vi.advanceTimersByTime(2000);
    expect(found()).toEqual(['/a.sourcebook']);
  });

  test('name no project if the list of recent projects is off', () => {
    const { home, savedWindows, found } = program();
    home.changeSettings({ keepRecents: false });
    savedWindows.saveAndStop();
    expect(found()).toEqual([null, null]);
  });
});
