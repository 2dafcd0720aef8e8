// @vitest-environment jsdom
import { act } from 'react';
import { expect, it } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { announce, notify, useAnnouncements } from '../../../../renderer/common/notices/notices.ts';
import { LiveRegion } from '../../../../renderer/shell/frame/Notices.tsx';
import { useLock } from '../../../../renderer/shell/lock.ts';
import { Dialog } from '../../../../renderer/ui/Dialog.tsx';
import { Field } from '../../../../renderer/ui/Field.tsx';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
let happens: (heard: { event: string; payload: unknown }) => void = () => undefined;
const host = new FakeHost();
host.set(USUAL);
const api = createApi(
  {
    call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
    offer: () => Promise.resolve({ ok: true, value: [] }),
    listen: (heard) => {
      happens = heard;
      return () => undefined;
    },
  },
  false,
);

it('what is announced while a dialog is open is read out: the live region isn’t hidden with the rest of the page', async () => {
  const page = (isOpen: boolean) => (
    <>
      <main>The page</main>
      <LiveRegion />
      <Dialog title="Settings" isOpen={isOpen} onClose={() => undefined}>
        Its text
      </Dialog>
    </>
  );
  await screen.render(api, page(false));
  await screen.render(api, page(true));
  await act(async () => {
    announce('Everything holds');
    notify('bad', 'The disk is full.');
  });
  const hidden = (text: string): boolean => {
    const found = [...document.querySelectorAll('*')].findLast((one) => one.textContent.includes(text));
    if (found === undefined) throw new Error(`“${text}” is nowhere`);
    return found.closest('[aria-hidden="true"], [inert]') !== null;
  };
  expect(hidden('The page')).toBe(true);
  expect(hidden('Everything holds')).toBe(false);
  expect(hidden('The disk is full.')).toBe(false);
});

it('an error of a field comes into a live region that stood there before it', async () => {
  const field = (error: string | null) => (
    <Field label="Passphrase" value="" onChange={() => undefined} error={error} />
  );
  await screen.render(api, field(null));
  const region = document.querySelector('.field [aria-live="polite"]');
  expect(region?.textContent).toBe('');
  await screen.render(api, field('Incorrect passphrase.'));
  expect(region?.isConnected).toBe(true);
  expect(region?.textContent).toBe('Incorrect passphrase.');
});

it('when the windows lock, what was read out of a source is forgotten, and isn’t read out again after it', async () => {
  function Window() {
    useLock(false);
    return null;
  }
  await screen.render(api, <Window />);
  announce('“聚焦社会稳定”, 1 of 19');
  await act(async () => happens({ event: 'app.locked', payload: {} }));
  expect(useAnnouncements.getState().latest).toEqual([]);
});
