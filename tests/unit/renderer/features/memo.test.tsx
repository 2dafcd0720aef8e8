// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { useMemoDrafts } from '../../../../renderer/app/state/memo-drafts.ts';
import { dismissNotice, useNotice } from '../../../../renderer/app/state/notices.ts';
import { startI18n } from '../../../../renderer/app/strings/i18n.ts';
import { MemoSection } from '../../../../renderer/features/inspector/MemoSection.tsx';
import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { passage as passageSchema, type Passage } from '../../../../shared/model/index.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const passageOf = (n: number): Passage =>
  passageSchema.parse({
    id: id(n),
    source: id(7),
    layer: id(8),
    anchor: { kind: 'text', start: 0, end: 2, exact: '富余', prefix: '', suffix: '', page: 1, quads: [] },
    person: id(9),
    createdAt: 0,
    tags: [],
    settings: [],
    memos: [],
    deleted: false,
  });
const [here, there] = [passageOf(1), passageOf(2)];

let root: Root;
let place: HTMLElement;
/** What the engine was asked to write, and how it answers. */
let written: unknown[];
let answer: () => Promise<Result<unknown>>;
const client = makeQueryClient();
const api = createApi(
  {
    call: (name, input) => {
      if (name !== 'memos.set') return Promise.resolve(fail('UNSUPPORTED', 'Not asked here.'));
      written.push(input);
      return answer();
    },
    offer: () => Promise.resolve(ok([])),
    listen: () => () => undefined,
  },
  false,
);

const show = (passage: Passage | null): Promise<void> =>
  act(async () =>
    root.render(
      <ApiProvider api={api} client={client}>
        {passage === null ? null : <MemoSection key={passage.id} passage={passage} />}
      </ApiProvider>,
    ),
  );
const editor = (): HTMLTextAreaElement | null => place.querySelector('textarea');
const said = (): string => place.textContent;
const press = (name: string): Promise<void> =>
  act(async () => [...place.querySelectorAll('button')].find((button) => button.textContent.startsWith(name))?.click());

async function type(text: string): Promise<void> {
  await act(async () => {
    const area = editor();
    if (area === null) throw new Error('There is no editor.');
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, text);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  startI18n();
  written = [];
  answer = () => Promise.resolve(ok({ id: 'memo' }));
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
});
afterEach(() => {
  act(() => root.unmount());
  place.remove();
  useMemoDrafts.setState({ drafts: new Map() });
  dismissNotice();
});

describe('a memo', () => {
  it('that is half written is there again after another passage, and after another screen, as not saved', async () => {
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
    // Who only comes by goes on reading: the keyboard is not taken into the editor.
    expect(document.activeElement).not.toBe(editor());
    expect(written).toEqual([]);
  });

  it('is saved once, and gone from the drafts', async () => {
    await show(here);
    await press('Write');
    await type(' For the whole county ');
    await press('Save');
    expect(written).toEqual([{ target: { kind: 'passage', id: here.id }, text: 'For the whole county' }]);
    expect(editor()).toBeNull();
    expect(useMemoDrafts.getState().drafts.size).toBe(0);
  });

  it('that could not be saved stays where it was written, with the reason', async () => {
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

  it('whose saving fails after one has gone on is told of in a notice, and kept', async () => {
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

  it('keeps what is typed on while it is being saved', async () => {
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
});
