// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiProvider, createApi, makeQueryClient } from '../../../../../renderer/api/index.ts';
import { useKeptDrafts, useDrafts } from '../../../../../renderer/common/drafts/drafts.ts';
import { DRAFTS_KEY } from '../../../../../shared/contract/project.ts';
import { handleUndoInFields } from '../../../../../renderer/common/drafts/field-undo.ts';
import { runCommand, useCommandList } from '../../../../../renderer/common/commands/registry.ts';
import { MemoSection, type MemoOn } from '../../../../../renderer/common/memos/MemoSection.tsx';
import { dismissNotice, useNotice } from '../../../../../renderer/common/notices/notices.ts';
import { runPending, commitPendingOnLeave } from '../../../../../renderer/common/drafts/pending-commits.ts';
import { startI18n } from '../../../../../renderer/shell/strings.ts';
import { fail, ok, type Result } from '../../../../../shared/errors.ts';
import { memo as memoSchema, type Memo } from '../../../../../shared/model/index.ts';
import { answered } from '../../../../support/shell/answered.ts';

const keptView = z.object({ key: z.string(), value: z.unknown().optional() });
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const passageOf = (n: number): MemoOn => ({ kind: 'passage', id: id(n) });
const [here, there] = [passageOf(1), passageOf(2)];

let root: Root;
let place: HTMLElement;
/** Records what the engine was asked to write, and answers it. */
let written: unknown[];
/** The memos of a record whose own data includes none. */
let listed: readonly Memo[];
let answer: () => Promise<Result<unknown>>;
/** The stored view state of this installation. */
let views: Record<string, unknown>;
const client = makeQueryClient();
const api = createApi(
  {
    call: (name, input) => {
      if (name === 'view.get') return Promise.resolve(ok({ value: views[keptView.parse(input).key] ?? null }));
      if (name === 'view.set') {
        const { key, value } = keptView.parse(input);
        views[key] = value;
        return Promise.resolve(ok({}));
      }
      if (name === 'memos.list') return Promise.resolve(ok({ memos: listed }));
      if (name !== 'memos.set') return Promise.resolve(fail('UNSUPPORTED', 'Not asked here.'));
      written.push(input);
      return answer();
    },
    offer: () => Promise.resolve(ok([])),
    listen: () => () => undefined,
  },
  false,
);

const show = (target: MemoOn | null, memos: readonly Memo[] | undefined = []): Promise<void> =>
  act(async () =>
    root.render(
      <ApiProvider api={api} client={client}>
        {target === null ? null : <MemoSection target={target} {...(target.kind === 'passage' ? { memos } : {})} />}
      </ApiProvider>,
    ),
  );
const editor = (): HTMLTextAreaElement | null => place.querySelector('textarea');
const said = (): string => place.textContent;
const press = (name: string): Promise<void> =>
  act(async () => [...place.querySelectorAll('button')].find((button) => button.textContent.startsWith(name))?.click());

/** Waits until the requested element is there. */
const arrived = (): Promise<void> => answered(client);

async function type(text: string): Promise<void> {
  await act(async () => {
    const area = editor();
    if (area === null) throw new Error('There is no editor.');
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, text);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  startI18n();
  written = [];
  listed = [];
  views = {};
  client.clear();
  answer = () => Promise.resolve(ok({ id: 'memo' }));
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
});
afterEach(() => {
  act(() => root.unmount());
  place.remove();
  useDrafts.setState({ drafts: new Map() });
  dismissNotice();
});

describe('a memo', () => {
  it('half written is still there after visiting another passage or screen, marked as not saved', async () => {
    await show(here);
    await press('Write');
    expect(said()).not.toContain('Not saved yet');
    await type('This quota is for the who');
    await show(there);
    expect(editor()).toBeNull();
    await show(here);
    expect(editor()?.value).toBe('This quota is for the who');
    await show(null);
    await show(here);
    expect(editor()?.value).toBe('This quota is for the who');
    expect(said()).toContain('Not saved yet');
    // A person who only comes by goes on reading: the editor does not take the focus.
    expect(document.activeElement).not.toBe(editor());
    expect(written).toEqual([]);
  });

  it('is saved once, and removed from the drafts', async () => {
    await show(here);
    await press('Write');
    await type(' For the whole county ');
    await press('Save');
    expect(written).toEqual([{ target: { kind: 'passage', id: here.id }, text: 'For the whole county', base: '' }]);
    expect(editor()).toBeNull();
    expect(useDrafts.getState().drafts.size).toBe(0);
  });

  it('shows what another window saved meanwhile, and is saved upon that', async () => {
    client.setQueryData(['app.state', {}], { person: { id: id(30) } });
    await show(here);
    await press('Write');
    await type('Mine');
    expect(said()).not.toContain('has changed since you opened it');
    await show(here, [memoSchema.parse({ id: id(9), text: 'Theirs, of the other window', person: id(30), at: 1 })]);
    expect(editor()?.value).toBe('Mine');
    expect(said()).toContain('This memo has changed since you opened it.');
    expect(said()).toContain('Theirs, of the other window');
    await press('Save');
    expect(written).toEqual([{ target: here, text: 'Mine', base: 'Theirs, of the other window' }]);
  });

  it('that is unchanged leaves undo to the program, and one that is being written undoes its own text', async () => {
    const asked: string[] = [];
    const end = handleUndoInFields((what) => void asked.push(what));
    const undo = (): Promise<void> =>
      act(async () => {
        editor()?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'z', code: 'KeyZ', ctrlKey: true, bubbles: true, cancelable: true }),
        );
      });
    try {
      client.setQueryData(['app.state', {}], { person: { id: id(30) } });
      await show(here, [memoSchema.parse({ id: id(9), text: 'As it was saved', person: id(30), at: 1 })]);
      await press('Edit');
      editor()?.focus();
      await undo();
      expect(asked).toEqual(['undo']);
      editor()?.dispatchEvent(new InputEvent('beforeinput', { bubbles: true, inputType: 'insertText', data: '.' }));
      await type('As it was saved.');
      await undo();
      expect(editor()?.value).toBe('As it was saved');
      expect(asked).toEqual(['undo']);
    } finally {
      end();
    }
  });

  it('that is what is stored is no unsaved text: after typing back to it, an undo changes the field, and after a redo', async () => {
    const before = memoSchema.parse({ id: id(9), text: 'As it was saved', person: id(30), at: 1 });
    client.setQueryData(['app.state', {}], { person: { id: id(30) } });
    await show(here, [before]);
    await press('Edit');
    await type('As it was saved.');
    await type('As it was saved');
    expect(useDrafts.getState().drafts.size).toBe(0);
    await show(here, [{ ...before, text: 'Earlier' }]);
    expect(editor()?.value).toBe('Earlier');
    await type('As it was saved');
    expect(useDrafts.getState().drafts.size).toBe(1);
    await show(here, [before]);
    expect(useDrafts.getState().drafts.size).toBe(0);
    expect(editor()?.value).toBe('As it was saved');
  });

  it('that could not be saved stays in the field, with the reason', async () => {
    answer = () => Promise.resolve(fail('PROJECT_READ_ONLY', 'This project can be read but not changed.'));
    await show(here);
    await press('Write');
    await type('Not to be lost');
    await press('Save');
    expect(editor()?.value).toBe('Not to be lost');
    expect(said()).toContain('This project can be read but not changed.');
    await show(there);
    await show(here);
    expect(editor()?.value).toBe('Not to be lost');
    expect(said()).toContain('This project can be read but not changed.');
    answer = () => Promise.resolve(ok({ id: 'memo' }));
    await press('Save');
    expect(editor()).toBeNull();
    expect(written).toHaveLength(2);
  });

  it('whose saving fails after leaving is reported in a notice, and kept', async () => {
    let end: (result: Result<unknown>) => void = () => undefined;
    answer = () => new Promise((resolve) => (end = resolve));
    await show(here);
    await press('Write');
    await type('Gone on too early');
    await press('Save');
    await show(there);
    await act(async () => end(fail('DISK_FULL', 'The disk is full.')));
    expect(useNotice.getState().notice).toMatchObject({ tone: 'bad', text: 'The disk is full.' });
    await show(here);
    expect(editor()?.value).toBe('Gone on too early');
  });

  it('keeps what is typed while it is being saved', async () => {
    let end: (result: Result<unknown>) => void = () => undefined;
    answer = () => new Promise((resolve) => (end = resolve));
    await show(here);
    await press('Write');
    await type('One');
    await press('Save');
    await type('One, two');
    await act(async () => end(ok({ id: 'memo' })));
    expect(editor()?.value).toBe('One, two');
  });

  it('that is discarded is gone', async () => {
    await show(here);
    await press('Write');
    await type('Never mind');
    await press('Discard');
    await show(there);
    await show(here);
    expect(editor()).toBeNull();
  });

  it('is closed by Escape, neither saved nor lost; an input method keeps Escape and Enter to itself', async () => {
    await show(here);
    await press('Write');
    await type('工作');
    editor()?.focus();
    const key = (name: string, more: KeyboardEventInit = {}): Promise<void> =>
      act(
        async () =>
          void editor()?.dispatchEvent(
            new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }),
          ),
      );
    await key('Enter', { ctrlKey: true, isComposing: true });
    await key('Escape', { isComposing: true });
    expect(written).toEqual([]);
    expect(document.activeElement).toBe(editor());
    await key('Escape');
    expect(editor()?.value).toBe('工作');
    expect(said()).toContain('Not saved yet');
    expect(document.activeElement).not.toBe(editor());
    await key('Enter', { ctrlKey: true });
    expect(written).toHaveLength(1);
    expect(editor()).toBeNull();
  });

  it('can belong to a source, a category or the project too, each with its command; other people’s can be read', async () => {
    listed = [memoSchema.parse({ id: id(20), text: 'Seen in the county archive', person: id(9), at: 0 })];
    await show({ kind: 'source', id: id(7) });
    await arrived();
    expect(said()).toContain('Seen in the county archive');
    expect(useCommandList.getState().commands.map((command) => command.id)).toEqual(['memoSource']);
    await act(async () => void runCommand('memoSource'));
    await type('Not the printed edition');
    await press('Save');
    expect(written).toEqual([{ target: { kind: 'source', id: id(7) }, text: 'Not the printed edition', base: '' }]);
    await show({ kind: 'project', id: id(7) });
    await arrived();
    expect(useCommandList.getState().commands.map((command) => command.id)).toEqual(['memoProject']);
  });
});

/** The workbench of a project, as far as memos are concerned. */
function Desk({ target }: { target: MemoOn }) {
  useKeptDrafts();
  return <MemoSection target={target} memos={[]} />;
}

describe('a memo that is not saved when the window closes', () => {
  commitPendingOnLeave();
  const open = (target: MemoOn): Promise<void> =>
    act(async () =>
      root.render(
        <ApiProvider api={api} client={client}>
          <Desk target={target} />
        </ApiProvider>,
      ),
    );
  /** Closes the window and opens it again: only stored data is left. */
  async function reopened(target: MemoOn): Promise<void> {
    act(() => void window.dispatchEvent(new Event('pagehide')));
    await arrived();
    act(() => root.unmount());
    client.clear();
    root = createRoot(place);
    await open(target);
    await arrived();
  }

  it('is still there, marked as not saved, until it is saved or discarded', async () => {
    await open(here);
    await arrived();
    await press('Write');
    await type('Half a thou');
    await reopened(here);
    expect(editor()?.value).toBe('Half a thou');
    expect(said()).toContain('Not saved yet');
    await type('Half a thought');
    await press('Save');
    await reopened(here);
    expect(editor()).toBeNull();
    await open(there);
    await press('Write');
    await type('Never mind');
    await press('Discard');
    await reopened(there);
    expect(editor()).toBeNull();
    expect(views[DRAFTS_KEY]).toEqual({});
  });

  it('does not change what another window has written, nor the next project', async () => {
    await open(here);
    await arrived();
    views[DRAFTS_KEY] = { [there.id]: 'In another window' };
    await press('Write');
    await type('In this one');
    await act(() => runPending());
    expect(views[DRAFTS_KEY]).toEqual({ [here.id]: 'In this one', [there.id]: 'In another window' });
    await type('In this one, closed in a hurry');
    act(() => root.unmount());
    root = createRoot(place);
    views = {};
    client.clear();
    await open(here);
    await act(() => runPending());
    expect(editor()).toBeNull();
    expect(views).toEqual({});
  });
});
