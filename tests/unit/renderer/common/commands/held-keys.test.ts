// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dropHeldKeys, holdKeys } from '../../../../../renderer/common/commands/held-keys.ts';
import { isKeyHeld, registerCommands, runKey, type Command } from '../../../../../renderer/common/commands/registry.ts';
import type { KeyPress } from '../../../../../renderer/common/commands/keys.ts';

const done: string[] = [];
let stops: (() => void)[] = [];

const command = (id: string, key: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'tagging',
  keys: [`Key${key}`],
  run: () => void done.push(id),
  ...more,
});

/** As the window does with each key. */
const onKey = (event: KeyboardEvent): void => {
  const inField = event.target instanceof HTMLInputElement;
  if (!isKeyHeld(event, inField) && !runKey(event, inField)) return;
  event.preventDefault();
};
const press = (letter: string, more: Partial<KeyPress> = {}): void => {
  const init = { key: letter.toLowerCase(), code: `Key${letter}`, bubbles: true, cancelable: true, ...more };
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
};

beforeEach(() => {
  done.length = 0;
  window.addEventListener('keydown', onKey, { capture: true });
  stops = [() => window.removeEventListener('keydown', onKey, { capture: true })];
});
afterEach(async () => {
  // The keys of one test are not held for the next.
  await new Promise((resolve) => setTimeout(resolve, 250));
  for (const stop of stops) stop();
  document.body.replaceChildren();
});

it('with no act in progress, a key is not held', () => {
  stops.push(registerCommands([command('next', 'J')]));
  press('J');
  expect(done).toEqual(['next']);
});

it('keys that follow an act wait for it and then run in their order, by what can be done then', async () => {
  const saving = Promise.withResolvers<void>();
  let hasPassage = false;
  const mark = command('mark', 'H', { run: () => void holdKeys(saving.promise.then(() => (hasPassage = true))) });
  const remove = command('remove', 'D', { when: () => hasPassage });
  stops.push(registerCommands([mark, remove, command('next', 'J')]));
  press('H');
  press('D');
  press('J');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(done).toEqual([]);
  saving.resolve();
  await vi.waitFor(() => expect(done).toEqual(['remove', 'next']));
});

it('the same key again is a slip while its act is being saved; undo, which is meant twice, is done twice', async () => {
  const saving = Promise.withResolvers<void>();
  const step = (id: string, key: string, isRepeated: boolean): Command =>
    command(id, key, { run: () => void (done.push(id), holdKeys(saving.promise, isRepeated)) });
  stops.push(registerCommands([step('approve', 'A', false), step('undo', 'Z', true)]));
  press('A');
  press('A');
  press('Z');
  press('Z');
  saving.resolve();
  await vi.waitFor(() => expect(done).toEqual(['approve', 'undo', 'undo']));
});

it('letters after a held key go into the field that this key opens', async () => {
  const saving = Promise.withResolvers<void>();
  const field = document.createElement('input');
  const open = (): void => {
    document.body.append(field);
    field.focus();
  };
  stops.push(
    registerCommands([
      command('mark', 'H', { run: () => void holdKeys(saving.promise) }),
      command('tag', 'T', { run: open }),
      command('comment', 'C'),
    ]),
  );
  for (const letter of ['H', 'T', 'Q', 'C']) press(letter);
  saving.resolve();
  await vi.waitFor(() => expect(field.value).toBe('qc'));
  expect(done).toEqual([]);
});

it('an act that fails lets the keys go on; the pointer drops what is held', async () => {
  const saving = Promise.withResolvers<void>();
  const failing = Promise.withResolvers<void>();
  stops.push(registerCommands([command('remove', 'D'), command('next', 'J')]));
  void holdKeys(saving.promise);
  press('D');
  dropHeldKeys();
  press('J');
  saving.resolve();
  await vi.waitFor(() => expect(done).toEqual(['next']));
  holdKeys(failing.promise).catch(() => undefined);
  press('D');
  failing.reject(new Error('The disk is full.'));
  await vi.waitFor(() => expect(done).toEqual(['next', 'remove']));
});
