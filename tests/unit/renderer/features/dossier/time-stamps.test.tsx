// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { Stamps } from '../../../../../renderer/features/dossier/Stamps.tsx';
import { RootsSettings } from '../../../../../renderer/features/settings/RootsSettings.tsx';
import { sha256, timestampId } from '../../../../../shared/model/index.ts';
import { SAVED } from '../../../../support/shell/dossier-desk.tsx';
import { FakeHost } from '../../../../support/shell/fake-bridge.ts';
import { PERSON } from '../../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
const HASH = sha256.parse('ab'.repeat(32));
const stamp = {
  id: timestampId.parse('00000000-0000-7000-8000-0000000000a1'),
  snapshot: null,
  dossier: SAVED.id,
  name: 'liuquan.html',
  hash: HASH,
  person: PERSON.id,
  addedAt: 0,
  fault: null,
  why: '',
  root: 'cd'.repeat(32),
  standing: 'trusted',
  said: { at: Date.UTC(2026, 10, 29), accuracy: null, policy: '1.2', serial: '1', authority: 'O=County\nCN=Clock' },
} as const;
let host: FakeHost;
let file: File;

beforeEach(() => {
  host = new FakeHost();
  asked.length = 0;
  file = new File(['x'], 'liuquan.html');
  host.add({
    'timestamps.list': () => ({ timestamps: [] }),
    'app.hashOffer': () => ({ sha256: HASH, bytes: 1 }),
    'app.trustedRoots': () => ({ roots: [] }),
  });
  // The system’s dialog, in which the person chooses the file.
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function choose(this: HTMLInputElement) {
    Object.defineProperty(this, 'files', { value: [file] });
    this.dispatchEvent(new Event('change'));
  });
});

const show = (children: ReactNode): Promise<void> =>
  screen.render(
    createApi(
      {
        call: (name, input) => {
          asked.push({ name, input: Object(input) });
          return Promise.resolve(host.answer(name, Object(input)));
        },
        offer: () => Promise.resolve({ ok: true, value: [{ token: 'token-of-file', name: file.name }] }),
        listen: () => () => undefined,
      },
      false,
    ),
    children,
  );
/** What is read of a file comes between two acts. */
const soon = (check: () => void): Promise<void> =>
  vi.waitFor(async () => {
    await act(async () => undefined);
    check();
  });
const shows = (text: string): Promise<void> => soon(() => expect(document.body.textContent).toContain(text));
const button = (label: string): HTMLButtonElement => {
  const all = [...document.querySelectorAll('button')];
  const found = all.find((one) => one.textContent === label || one.getAttribute('aria-label') === label);
  if (found === undefined) throw new Error(`There is no button ${label}`);
  return found;
};
const press = (label: string): Promise<void> => act(async () => button(label).click());
const inputOf = (call: string): unknown => asked.find(({ name }) => name === call)?.input;

it('of a file that is chosen, a request is written, or an authority asked, which is said to use the network', async () => {
  host.add({ 'app.writeStampRequest': () => ({ done: false, name: null, bytes: 0, download: null }) });
  host.add({ 'app.askAuthority': () => stamp });
  await show(<Stamps saved={SAVED} />);
  await shows('No authority has certified when a file of this dossier existed.');
  await press('Time stamps…');
  await press('Choose a file of this dossier');
  await shows(HASH);
  await shows('This file has no time stamp yet.');
  expect(inputOf('app.hashOffer')).toEqual({ offer: 'token-of-file' });
  const of = { dossier: SAVED.id, file: 'liuquan.html', sha256: HASH };
  await press('Save request…');
  expect(inputOf('app.writeStampRequest')).toEqual(of);
  // Nothing waits for an answer yet.
  expect(button('Add answer…').disabled).toBe(true);
  await press('Ask an authority…');
  await shows('This one act uses the network.');
  expect(button('Send the request now').disabled).toBe(true);
  const address = document.querySelector<HTMLInputElement>('[role="dialog"] input[type="text"]');
  if (address === null) throw new Error('There is a field for the address.');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(address, 'https://tsa.example');
    address.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(inputOf('app.askAuthority')).toBeUndefined();
  await press('Send the request now');
  await soon(() => expect(inputOf('app.askAuthority')).toEqual({ of, url: 'https://tsa.example' }));
});

it('a time stamp says when and by whom, is found again by the file’s bytes, and can be given out', async () => {
  host.add({
    'timestamps.list': () => ({ timestamps: [stamp, { ...stamp, dossier: null }] }),
    'app.writeStamp': () => ({ done: true, name: 'liuquan.tsr', bytes: 3, download: null }),
  });
  await show(<Stamps saved={SAVED} />);
  await shows('root trusted here');
  await press('Time stamps…');
  await shows('O=County, CN=Clock');
  expect(document.querySelectorAll('[role="dialog"] li')).toHaveLength(1);
  await shows('It doesn’t show that what the file says is true, nor who made it.');
  file = new File(['x'], 'another name.html');
  await press('Choose a file of this dossier');
  await shows('The file that you chose has exactly these bytes.');
  await press('Save time stamp as a file');
  expect(inputOf('app.writeStamp')).toEqual({ id: stamp.id });
});

it('a root is trusted after its fingerprint was shown to compare, and removed by its name', async () => {
  const root = { fingerprint: HASH, subject: 'C=XX\nCN=County root', from: 0, until: Date.UTC(2030, 0, 1) };
  let roots: (typeof root & { addedAt: number })[] = [];
  host.add({
    'app.trustedRoots': () => ({ roots }),
    'app.readRoots': () => ({ roots: [root] }),
    'app.trustRoots': () => ({ roots: (roots = [{ ...root, addedAt: 0 }]) }),
    'app.removeRoot': () => ({ roots: (roots = []) }),
  });
  file = new File(['x'], 'root.pem');
  await show(<RootsSettings />);
  await press('Add certificate…');
  await shows(`AB:${'AB:'.repeat(30)}AB`);
  await shows('Compare the SHA-256 fingerprint');
  expect(inputOf('app.trustRoots')).toBeUndefined();
  await press('Trust this root');
  await soon(() => expect(button('Remove C=XX, CN=County root').disabled).toBe(false));
  expect(inputOf('app.trustRoots')).toEqual({ name: 'root.pem', content: 'eA==' });
  await press('Remove C=XX, CN=County root');
  await soon(() => expect(document.body.textContent).not.toContain('AB:AB'));
  expect(inputOf('app.removeRoot')).toEqual({ fingerprint: HASH });
});
