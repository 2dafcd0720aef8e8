// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { focusScreen, registerScreenFocus, rememberFocus, returnFocus } from '../../../../renderer/ui/focus-memory.ts';

let frames: FrameRequestCallback[] = [];
const draw = (count: number): void => {
  for (let one = 0; one < count; one += 1) for (const run of frames.splice(0)) run(0);
};
const element = (name: string): HTMLElement => {
  const found = document.getElementById(name);
  if (found === null) throw new Error(`There is no ${name}.`);
  return found;
};

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run));
  document.body.innerHTML =
    '<main><div role="tree" id="codebook" tabindex="0"></div><div id="source" tabindex="0"></div></main>';
  element('codebook').getClientRects = () => Object.assign([], { length: 1, item: () => null });
});
afterEach(() => vi.unstubAllGlobals());

test('a source that takes long to load takes the focus from what had it in its place', () => {
  focusScreen(true);
  draw(100);
  expect(document.activeElement).toBe(element('codebook'));
  const end = registerScreenFocus(() => element('source').focus());
  expect(document.activeElement).toBe(element('source'));
  end();
});

test('it leaves the focus where one has begun to use the keyboard', () => {
  focusScreen(true);
  draw(100);
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
  const end = registerScreenFocus(() => element('source').focus());
  expect(document.activeElement).toBe(element('codebook'));
  end();
});

test('while a source loads its panel has the focus at once, and passes it on whatever key was pressed meanwhile', () => {
  element('source').insertAdjacentHTML('beforebegin', '<div id="panel" tabindex="-1" data-holds-focus></div>');
  element('panel').getClientRects = () => Object.assign([], { length: 1, item: () => null });
  focusScreen(true);
  draw(4);
  expect(document.activeElement).toBe(element('panel'));
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j' }));
  draw(100);
  expect(document.activeElement).toBe(element('panel'));
  const end = registerScreenFocus(() => element('source').focus());
  expect(document.activeElement).toBe(element('source'));
  // An element that closes later returns the focus to the source, not to its panel.
  element('source').blur();
  returnFocus(null);
  draw(10);
  expect(document.activeElement).toBe(element('source'));
  end();
});

test('a saved page takes the focus from its panel once its frame is drawn, since a frame takes none before that', () => {
  element('source').insertAdjacentHTML('beforebegin', '<div id="panel" tabindex="-1" data-holds-focus></div>');
  element('panel').getClientRects = () => Object.assign([], { length: 1, item: () => null });
  focusScreen(true);
  draw(300);
  let isDrawn = false;
  const end = registerScreenFocus(() => {
    if (isDrawn) element('source').focus();
  });
  draw(10);
  expect(document.activeElement).not.toBe(element('source'));
  isDrawn = true;
  draw(2);
  expect(document.activeElement).toBe(element('source'));
  end();
});

test.each([false, true])(
  'a list that comes late takes the focus from any control, unless a key was pressed: %s',
  (pressed) => {
    document.body.innerHTML = '<main><button id="filter"></button></main>';
    const show = (name: string): void => {
      element(name).getClientRects = () => Object.assign([], { length: 1, item: () => null });
    };
    show('filter');
    focusScreen(false);
    draw(80);
    expect(document.activeElement).toBe(element('filter'));
    if (pressed) document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    element('filter').insertAdjacentHTML('afterend', '<div role="listbox" id="queue" tabindex="0"></div>');
    show('queue');
    draw(5);
    expect(document.activeElement).toBe(element(pressed ? 'filter' : 'queue'));
  },
);

test('an empty screen gives the focus to what it offers to do first', () => {
  document.body.innerHTML =
    '<main><aside><div role="listbox" id="none" tabindex="0"></div><button id="shelf"></button></aside>' +
    '<div class="empty-state"><button id="choose"></button></div></main>';
  for (const one of ['none', 'shelf', 'choose'])
    element(one).getClientRects = () => Object.assign([], { length: 1, item: () => null });
  focusScreen(false);
  draw(100);
  expect(document.activeElement).toBe(element('choose'));
});

test('a field that stays on screen loses the focus when writing ends, though nothing had it before', () => {
  document.body.innerHTML =
    '<main><aside><div role="listbox" id="queue" tabindex="0"><div role="option"></div></div></aside><textarea id="field"></textarea></main>';
  for (const one of ['queue', 'field'])
    element(one).getClientRects = () => Object.assign([], { length: 1, item: () => null });
  const end = rememberFocus();
  const before = document.activeElement;
  element('field').focus();
  returnFocus(before);
  expect(document.activeElement).toBe(document.body);
  draw(10);
  expect(document.activeElement).toBe(element('queue'));
  end();
});
