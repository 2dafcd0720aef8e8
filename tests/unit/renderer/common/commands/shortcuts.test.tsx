// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  registerCommands,
  runCommand,
  runKey,
  type Command,
  useShortcuts,
  withoutWrites,
} from '../../../../../renderer/common/commands/registry.ts';

function Page() {
  useShortcuts();
  return (
    <>
      <input aria-label="field" />
      <button type="button">button</button>
      <div role="dialog">
        <button type="button" id="in-dialog">
          in dialog
        </button>
      </div>
    </>
  );
}

let root: Root;
let place: HTMLElement;
let unregister: () => void;
let ran: string[];

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'anywhere',
  keys,
  run: () => ran.push(id),
  ...more,
});

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  ran = [];
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  act(() => root.render(<Page />));
  unregister = registerCommands([
    command('tag', ['KeyT']),
    command('undo', ['$mod+KeyZ']),
    command('settings', ['$mod+Comma'], { inFields: true }),
    command('next', ['KeyJ'], { repeats: true }),
    command('never', ['KeyN'], { when: () => false }),
  ]);
});

afterEach(() => {
  unregister();
  act(() => root.unmount());
  place.remove();
});

const type = (selector: string, init: KeyboardEventInit): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  document.querySelector(selector)?.dispatchEvent(event);
  return event;
};

describe('shortcuts', () => {
  it('run their command and keep the key from everything else', () => {
    expect(type('button', { key: 't', code: 'KeyT' }).defaultPrevented).toBe(true);
    expect(ran).toEqual(['tag']);
    expect(type('button', { key: 'x', code: 'KeyX' }).defaultPrevented).toBe(false);
  });

  it('do nothing while an input method composes', () => {
    type('button', { key: 't', code: 'KeyT', isComposing: true });
    type('button', { key: 'Process', code: 'KeyT', keyCode: 229 });
    expect(ran).toEqual([]);
  });

  it('leave a field’s keys to the field, including undo, unless they say otherwise', () => {
    type('input', { key: 't', code: 'KeyT' });
    type('input', { key: 'z', code: 'KeyZ', ctrlKey: true });
    expect(ran).toEqual([]);
    type('input', { key: ',', code: 'Comma', ctrlKey: true });
    expect(ran).toEqual(['settings']);
  });

  it('do nothing behind a dialog', () => {
    type('#in-dialog', { key: 't', code: 'KeyT' });
    expect(ran).toEqual([]);
  });

  it('repeat only if declared so', () => {
    type('button', { key: 't', code: 'KeyT', repeat: true });
    type('button', { key: 'j', code: 'KeyJ', repeat: true });
    expect(ran).toEqual(['next']);
  });

  it('skip commands that cannot run now', () => {
    expect(type('button', { key: 'n', code: 'KeyN' }).defaultPrevented).toBe(false);
    expect(runCommand('never')).toBe(false);
    expect(runCommand('unheard of')).toBe(false);
    expect(runCommand('tag')).toBe(true);
    expect(ran).toEqual(['tag']);
  });

  it('say, while the project is read-only, that what would change it is refused, and say nothing of what can’t be done anyway', () => {
    const refused: string[] = [];
    const stop = registerCommands([
      command('highlight', ['KeyH'], { writes: true }),
      command('impossible', ['KeyX'], { writes: true, when: () => false }),
    ]);
    const end = withoutWrites(({ id }) => refused.push(id));
    expect(type('button', { key: 'h', code: 'KeyH' }).defaultPrevented).toBe(false);
    for (const key of ['x', 't']) type('button', { key, code: `Key${key.toUpperCase()}` });
    type('input', { key: 'h', code: 'KeyH' });
    expect([refused, ran]).toEqual([['highlight'], ['tag']]);
    end();
    type('button', { key: 'h', code: 'KeyH' });
    stop();
    expect([refused, ran]).toEqual([['highlight'], ['tag', 'highlight']]);
  });

  it('run the later of two that are available', () => {
    const stop = registerCommands([
      command('tag in the palette', ['KeyT']),
      command('impossible', ['KeyT'], { when: () => false }),
    ]);
    type('button', { key: 't', code: 'KeyT' });
    stop();
    type('button', { key: 't', code: 'KeyT' });
    expect(ran).toEqual(['tag in the palette', 'tag']);
  });

  it('can be requested by a view that listens to its own keys', () => {
    const key = {
      key: 't',
      code: 'KeyT',
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      repeat: false,
    };
    expect(runKey(key)).toBe(true);
    expect(runKey({ ...key, key: 'q', code: 'KeyQ' })).toBe(false);
    expect(ran).toEqual(['tag']);
  });
});
