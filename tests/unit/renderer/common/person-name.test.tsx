// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { PersonName } from '../../../../renderer/common/people/PersonName.tsx';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import type { KnownPerson } from '../../../../shared/contract/people.ts';
import { personId } from '../../../../shared/model/index.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['me', null],
  ['confirmed', null],
  ['new', 'Nobody has confirmed Dee’s key: 3F0A 77C2'],
  ['changed', 'Dee’s key isn’t the one you confirmed: 3F0A 77C2'],
] as const)('a name whose key is “%s” is marked, with the fingerprint: %s', async (trust, mark) => {
  startI18n();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const host = new FakeHost();
  host.set(USUAL);
  const id = personId.parse('0199aaaa-0000-8000-8000-000000000001');
  const dee: KnownPerson = {
    id,
    name: 'Dee',
    roles: [],
    key: null,
    fingerprint: '3F0A 77C2',
    minisign: null,
    commits: 1,
    first: null,
    last: null,
    isMe: false,
    sameInstallation: [],
    isOne: false,
    confirmedBy: [],
    trust,
    confirmedFingerprint: null,
    age: null,
  };
  host.add({ 'app.people': () => ({ people: [dee] }) });
  const transport = {
    call: (name: Parameters<FakeHost['answer']>[0], input: unknown) =>
      Promise.resolve(host.answer(name, Object(input))),
    offer: () => Promise.resolve({ ok: true as const, value: [] }),
    listen: () => () => undefined,
  };
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  await act(async () =>
    root.render(
      <ApiProvider api={createApi(transport, false)} client={makeQueryClient()}>
        <PersonName id={id} name="Dee" />
      </ApiProvider>,
    ),
  );
  await act(async () => undefined);
  expect(place.querySelector('bdi')?.textContent).toBe('Dee');
  expect(place.querySelector('button')?.getAttribute('aria-label') ?? null).toBe(mark);
  await act(async () => root.unmount());
  place.remove();
});
