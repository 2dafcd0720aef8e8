// @vitest-environment jsdom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createApi, makeQueryClient } from '../../../../../renderer/api/index.ts';
import { focusNextRegion } from '../../../../../renderer/common/commands/core.ts';
import { AddToDossier } from '../../../../../renderer/common/dossiers/AddToDossier.tsx';
import { openAddDialog } from '../../../../../renderer/common/dossiers/add-dialog.ts';
import { useAnnouncements } from '../../../../../renderer/common/notices/notices.ts';
import { Dossier } from '../../../../../renderer/features/dossier/Dossier.tsx';
import { focusScreen } from '../../../../../renderer/ui/focus-memory.ts';
import { appState } from '../../../../../shared/contract/app.ts';
import type { CallOutput } from '../../../../../shared/contract/index.ts';
import { claimId, dossierId } from '../../../../../shared/model/index.ts';
import { CLAIM, PASSAGE, dossierDesk } from '../../../../support/shell/dossier-desk.tsx';

const desk = dossierDesk();

it('exhibits stand under the claims they bear on, and what is open is said before it goes out', async () => {
  await desk.show(<Dossier width="wide" />);
  await desk.shows('赴对口援疆省市就业386人');
  await desk.shows('contradicted, open');
  await desk.shows('working translation');
  await desk.shows('stays: it contradicts a claim');
  await desk.shows('A contradiction of this claim is unanswered. It is printed with the claim.');
  expect(document.body.textContent).not.toContain('no support');
  expect(desk.button('Web page, one file').disabled).toBe(false);
});

it('a claim that nothing supports says so where its exhibits stand', async () => {
  const text = 'People were sent to work elsewhere.';
  desk.preview = { ...desk.preview, warnings: [{ kind: 'noSupport', claim: CLAIM, text, exhibits: [1] }] };
  await desk.show(<Dossier width="wide" />);
  await desk.shows('Nothing supports this claim.');
  expect(document.querySelector(`section[aria-label="${text}"] h3`)?.textContent).toContain('no support');
});

it('while it is refused, the reason is shown and nothing can be made', async () => {
  desk.preview = {
    ...desk.preview,
    exhibits: [],
    groups: [],
    warnings: [],
    refused: [{ code: 'UNMASKED', message: 'A passage names a private person.' }],
  };
  await desk.show(<Dossier width="wide" />);
  await desk.shows('It cannot go out yet');
  await desk.shows('A passage names a private person.');
  expect(document.body.textContent).not.toContain('No passage fits');
  for (const label of ['Print or save as PDF', 'Web page, one file', 'Word document', 'Folder to check'])
    expect(desk.button(label).disabled, label).toBe(true);
});

it('a dossier is written as it is saved', async () => {
  desk.host.add({ 'app.writeDossier': () => ({ done: true, name: 'dossier.docx', bytes: 10, download: null }) });
  await desk.show(<Dossier width="wide" />);
  await desk.shows('Word document');
  await act(async () => desk.button('Word document').click());
  await act(async () =>
    vi.waitFor(() => expect(desk.asked.filter(({ name }) => name === 'app.writeDossier')).toHaveLength(1)),
  );
  expect(desk.asked.find(({ name }) => name === 'app.writeDossier')?.input).toMatchObject({
    title: 'Liuquan, for an editor',
    template: 'editor',
    from: { kind: 'claims', claims: [] },
    format: 'docx',
  });
});

async function typePassword(password: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement>('input[type=password]');
  if (field === null) throw new Error('There is no field');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, password);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

it('of a protected PDF the password is asked for, and goes along with what is made, but is saved nowhere', async () => {
  desk.preview = { ...desk.preview, warnings: [{ kind: 'protected', exhibits: [1] }] };
  desk.host.add({ 'app.writeDossier': () => ({ done: true, name: 'dossier', bytes: 10, download: null }) });
  await desk.show(<Dossier width="wide" />);
  await desk.shows('1 exhibit is of a protected PDF: without its password it is shown as text, not as a picture.');
  await act(async () => desk.button('Give a password').click());
  await desk.shows('Password of a protected PDF');
  await typePassword('open sesame');
  await act(async () => desk.button('Use').click());
  await desk.shows('1 password given');
  await act(async () => desk.button('Folder to check').click());
  await act(async () =>
    vi.waitFor(() => expect(desk.asked.filter(({ name }) => name === 'app.writeDossier')).toHaveLength(1)),
  );
  expect(desk.asked.find(({ name }) => name === 'app.writeDossier')?.input).toMatchObject({
    format: 'folder',
    passwords: ['open sesame'],
  });
  expect(desk.asked.filter(({ name }) => name === 'dossiers.change')).toEqual([]);
});

const failing = (): never => {
  throw new Error('The host has no state');
};

/** A program in which “Check a dossier” finds this in the folder that is chosen. */
async function checking(report: CallOutput<'app.checkDossier'>): Promise<void> {
  desk.dossiers = [];
  desk.host.add({
    'app.pickMerge': () => ({ offers: [{ token: 'token-of-folder', name: 'dossier' }] }),
    'app.checkDossier': () => report,
  });
  const state = desk.host.answer('app.state', {});
  desk.host.add({
    'app.state': () => ({ ...(state.ok ? appState.parse(state.value) : failing()), nativeDialogs: true }),
  });
  await desk.show(<Dossier width="wide" />);
  await desk.shows('Check a dossier');
  await act(async () => desk.button('Check a dossier').click());
  await desk.shows('The rest is as it was sent');
  await act(async () => desk.button('Choose the folder').click());
}

it('where exhibits could not be checked, nobody is told that everything matches, and the password is asked for before the lists', async () => {
  const why = 'Its original is protected by a password, so it wasn’t read.';
  const none = { moved: 0, changed: 0, missing: 0, failures: [], exhibits: [], notSigned: [], asSent: [], remarks: [] };
  const open = { notChecked: [{ number: 3, label: '3', why }], locked: ['Work report'], again: 'token-of-the-same' };
  const clean = { ok: true, checked: 2, found: 2, files: 9, signed: 0, ...none, ...open };
  await checking(clean);
  await desk.shows('What was checked matches: 2 quotations were found at their places. 1 exhibit wasn’t checked.');
  const all = document.body.textContent;
  expect(all).not.toContain('Everything matches');
  expect(all.indexOf('Password of “Work report”')).toBeLessThan(all.indexOf(why));
  desk.host.add({
    'app.checkDossier': () => ({ ...clean, checked: 3, found: 3, notChecked: [], locked: [], again: null }),
  });
  await typePassword('open sesame');
  await act(async () => desk.button('Check with it').click());
  await desk.shows('Everything matches: 3 quotations were found at their places.');
  // The field is gone: the focus is still in the dialog, so that Escape closes it.
  await act(async () =>
    vi.waitFor(() => expect(document.activeElement?.closest('[role="dialog"]') ?? null).not.toBeNull()),
  );
});

it('a dossier that somebody sent is checked from its folder, and each quotation that differs is listed with what the original has', async () => {
  await checking({
    ok: false,
    checked: 3,
    found: 2,
    moved: 0,
    changed: 1,
    missing: 0,
    files: 9,
    failures: [{ kind: 'quoteChanged', id: 'exhibit 2', message: 'Exhibit 2 has other words than its original.' }],
    exhibits: [{ number: 2, label: '1.2', is: 'changed', at: { start: 1, end: 5 }, instead: '2300人' }],
    notChecked: [{ number: 4, label: '2.1', why: 'It is an area of a page, which has no words to compare.' }],
    signed: 3,
    notSigned: ['Exhibit 3: that Ann approved it'],
    asSent: ['claims, and what supports or contradicts them'],
    locked: ['Work report'],
    remarks: [],
    again: 'token-of-the-same',
  });
  await desk.shows('1 item doesn’t match.');
  await desk.shows('Exhibit 1.2There, the original has: 2300人');
  await desk.shows('It is an area of a page');
  await desk.shows('Not checked, but taken as sentclaims, and what supports or contradicts them');
  expect(desk.asked.find(({ name }) => name === 'app.checkDossier')?.input).toEqual({
    offers: ['token-of-folder'],
    passwords: [],
  });
  await desk.shows('Password of “Work report”');
  await typePassword('open sesame');
  await act(async () => desk.button('Check with it').click());
  await desk.shows('No password given so far opens it.');
  expect(desk.asked.findLast(({ name }) => name === 'app.checkDossier')?.input).toEqual({
    offers: ['token-of-the-same'],
    passwords: ['open sesame'],
  });
});

it('a claim and passages are added to dossiers that are made of such, and a new one is made of them', async () => {
  const OTHER = claimId.parse('00000000-0000-7000-8000-0000000000c2');
  const [all] = desk.dossiers;
  if (all === undefined) throw new Error('There is a dossier');
  const id = (n: number) => dossierId.parse(`00000000-0000-7000-8000-0000000000d${String(n)}`);
  desk.dossiers = [
    all,
    { ...all, id: id(2), title: 'Two claims', from: { kind: 'claims', claims: [CLAIM] } },
    { ...all, id: id(3), title: 'Picked', from: { kind: 'passages', passages: [] } },
    { ...all, id: id(4), title: 'Filtered', from: { kind: 'query', query: 'a' } },
  ];
  const changed: unknown[] = [];
  desk.host.add({
    'dossiers.change': (input) => {
      changed.push(input);
      return { ...all, ...input };
    },
    'dossiers.create': (input) => {
      changed.push(input);
      return { id: id(5) };
    },
  });
  const add = (title: string): HTMLButtonElement => {
    const found = document.querySelector<HTMLButtonElement>(`button[aria-label="Add to ${title}"]`);
    if (found === null) throw new Error(`Nothing can be added to ${title}`);
    return found;
  };
  openAddDialog({ kind: 'claim', claim: OTHER });
  await desk.show(<AddToDossier />);
  await desk.shows('It has all claims.');
  await desk.shows('It is made of single passages');
  await desk.shows('It is made by a filter');
  expect(add('Liuquan, for an editor').disabled && add('Picked').disabled && add('Filtered').disabled).toBe(true);
  await act(async () => add('Two claims').click());
  await act(async () =>
    vi.waitFor(() => expect(changed).toEqual([{ id: id(2), from: { kind: 'claims', claims: [CLAIM, OTHER] } }])),
  );
  await act(async () => vi.waitFor(() => expect(document.querySelector('[role="dialog"]')).toBeNull()));
  await act(async () => openAddDialog({ kind: 'passages', passages: [PASSAGE] }));
  await desk.shows('1 passage.');
  await act(async () => add('Picked').click());
  await act(async () =>
    vi.waitFor(() => expect(changed.at(-1)).toEqual({ id: id(3), from: { kind: 'passages', passages: [PASSAGE] } })),
  );
});

it('where there is no dossier to add to, a title for a new one is asked for, and nothing else', async () => {
  desk.dossiers = [];
  act(() => openAddDialog({ kind: 'passages', passages: [PASSAGE] }));
  await desk.show(<AddToDossier />);
  await desk.shows('Title of a new dossier');
  expect(document.querySelector('[role="dialog"] ul')).toBeNull();
});

it('without a dossier, the screen says what one is and offers to make it', async () => {
  desk.dossiers = [];
  await desk.show(<Dossier width="wide" />);
  await desk.shows('No dossiers yet');
  await desk.shows('New dossier');
});

it('F6 goes through its three parts, and the exhibits take the keyboard, not a choice that an arrow key would change', async () => {
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => setTimeout(run, 0, 0));
  HTMLElement.prototype.checkVisibility = () => true;
  Element.prototype.getClientRects = () => Object.assign([], { length: 1, item: () => null });
  await desk.show(
    <main>
      <Dossier width="wide" />
    </main>,
  );
  await desk.shows('赴对口援疆省市就业386人');
  const focused = (): string => document.activeElement?.getAttribute('aria-label') ?? '';
  focusScreen(false);
  await act(async () => vi.waitFor(() => expect(focused()).toBe('Exhibits in their order')));
  const parts = [1, 2, 3].map(() => focusNextRegion(true)?.getAttribute('aria-label'));
  expect(parts).toEqual(['Before it goes out', 'What is chosen', 'Exhibits']);
});

it('says to screen readers what was changed', async () => {
  const [saved] = desk.dossiers;
  if (saved === undefined) throw new Error('There is a dossier.');
  desk.host.add({ 'dossiers.change': () => saved });
  useAnnouncements.setState({ latest: [] });
  await desk.show(<Dossier width="wide" />);
  await desk.shows('赴对口援疆省市就业386人');
  const filing = [...document.querySelectorAll<HTMLElement>('[role="radio"]')].find(
    ({ textContent }) => textContent === 'Filing',
  );
  await act(async () => filing?.click());
  await act(async () =>
    vi.waitFor(() => expect(useAnnouncements.getState().latest.map(({ text }) => text)).toEqual(['Dossier changed'])),
  );
});

it('a dossier that was just made has the keyboard, though the button that was pressed is gone', async () => {
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => setTimeout(run, 0, 0));
  Element.prototype.getClientRects = () => Object.assign([], { length: 1, item: () => null });
  const made = desk.dossiers;
  desk.dossiers = [];
  const client = makeQueryClient();
  const api = createApi(
    {
      call: (name, input) => Promise.resolve(desk.host.answer(name, Object(input))),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await desk.screen.render(
    api,
    <main>
      <Dossier width="wide" />
    </main>,
    client,
  );
  await desk.shows('No dossiers yet');
  await act(async () => desk.button('New dossier').focus());
  // What the host answers after the commit.
  desk.dossiers = made;
  await act(async () => client.invalidateQueries({ queryKey: ['dossiers.list'] }));
  await act(async () =>
    vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Exhibits in their order')),
  );
});
