// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { PersonInitials, PersonName } from '../../../../renderer/common/people/PersonName.tsx';
import { say } from '../../../../renderer/common/strings/use-translation.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import type { KnownPerson } from '../../../../shared/contract/people.ts';
import { personId } from '../../../../shared/model/index.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';

afterEach(() => vi.unstubAllGlobals());

beforeEach(() => {
  startI18n();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});

const id = personId.parse('0199aaaa-0000-8000-8000-000000000001');
const dee: KnownPerson = {
  id,
  name: 'Dee',
  roles: [],
  key: null,
  fingerprint: '3F0A 77C2 0001 0002',
  minisign: null,
  commits: 1,
  first: null,
  last: null,
  isMe: false,
  sameInstallation: [],
  isOne: false,
  confirmedBy: [],
  trust: 'confirmed',
  confirmedFingerprint: null,
  age: null,
};

/** What a component shows in a project with these people. */
async function shown(people: readonly KnownPerson[], node: ReactNode): Promise<HTMLElement> {
  const host = new FakeHost();
  host.set(USUAL);
  host.add({ 'app.people': () => ({ people: [...people] }) });
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
        {node}
      </ApiProvider>,
    ),
  );
  await act(async () => undefined);
  const copy = place.cloneNode(true);
  await act(async () => root.unmount());
  place.remove();
  if (!(copy instanceof HTMLElement)) throw new Error('no element');
  return copy;
}

it.each([
  ['me', null],
  ['confirmed', null],
  ['new', 'Nobody has confirmed Dee’s key: 3F0A 77C2 0001 0002'],
  ['changed', 'Dee’s key isn’t the one you confirmed: 3F0A 77C2 0001 0002'],
] as const)('a name whose key is “%s” is marked, with the fingerprint: %s', async (trust, mark) => {
  const place = await shown([{ ...dee, trust }], <PersonName id={id} name="Dee" />);
  expect(place.querySelector('bdi')?.textContent).toBe('Dee');
  expect(place.querySelector('button')?.getAttribute('aria-label') ?? null).toBe(mark);
  // In a row only the row can have the focus, so the mark is in words there.
  const row = await shown([{ ...dee, trust }], <PersonName id={id} name="Dee" isInRow />);
  expect(row.querySelector('button')).toBeNull();
  expect(row.querySelector('.unseen')?.textContent ?? null).toBe(mark);
});

it('somebody who is not in the project, as in the preview of a merge, looks like nobody who is', async () => {
  const strangers = Array.from({ length: 40 }, (_, n) => `0199bbbb-0000-8000-8000-0000000000${String(n + 10)}`);
  const place = await shown(
    [dee],
    <>
      <PersonInitials id={id} name="Dee" />
      {strangers.map((one) => (
        <PersonInitials key={one} id={one} name="Dee" />
      ))}
    </>,
  );
  const [own, ...theirs] = [...place.querySelectorAll('.initials')].map(({ outerHTML }) => outerHTML);
  expect(theirs).toHaveLength(strangers.length);
  expect(theirs).not.toContain(own);
});

it('namesakes are told apart by the beginning of their fingerprints, and by their colours', async () => {
  const other = {
    ...dee,
    id: personId.parse('0199aaaa-0000-8000-8000-000000000002'),
    fingerprint: '91B4 02DD 0003 0004',
  };
  const named = [dee, other].map((one) => ({ ...one, name: `Dee (key ${one.fingerprint})` }));
  // People are also found by name alone: queues and comparisons give no id.
  const first = await shown(named, <PersonName id={null} name={named[0]?.name ?? ''} initials="small" />);
  const second = await shown(named, <PersonName id={null} name={named[1]?.name ?? ''} initials="small" />);
  expect(first.textContent).toBe('DEDee3F0A 77C2…');
  expect(second.textContent).toBe('DEDee91B4 02DD…');
  expect(second.querySelector('button')?.getAttribute('aria-label')).toBe('key 91B4 02DD 0003 0004');
  expect(lookIn(first)).not.toBe(lookIn(second));
});

const lookIn = (place: HTMLElement): string => {
  const { tint, filled } = place.querySelector<HTMLElement>('.initials')?.dataset ?? {};
  return `${tint ?? ''} ${filled ?? ''}`;
};

it('sixteen people of a project have sixteen looks, whatever their order', async () => {
  const people = Array.from({ length: 16 }, (_, at) => ({
    ...dee,
    id: personId.parse(`0199aaaa-0000-8000-8000-0000000000${String(at + 10)}`),
    name: `Dee ${String(at)}`,
  }));
  const looks = async (all: readonly KnownPerson[]): Promise<string[]> => {
    const found: string[] = [];
    for (const { id: of, name } of people)
      found.push(lookIn(await shown(all, <PersonName id={of} name={name} initials="small" />)));
    return found;
  };
  const found = await looks(people);
  expect(new Set(found).size).toBe(16);
  expect(await looks(people.toReversed())).toEqual(found);
});

it('in a sentence a name that looks like another has the beginning of its fingerprint', () => {
  const key = '3F0A 77C2 0001 0002 0003 0004 0005 0006';
  expect(say('review.returnedBy', { name: `Dee (key ${key})`, when: 'now' })).toContain('Dee (key 3F0A 77C2…),');
  expect(say('people.keyMark.new', { name: `Dee (key ${key})`, fingerprint: key })).toBe(
    `Nobody has confirmed Dee (key 3F0A 77C2…)’s key: ${key}`,
  );
});

it('a fingerprint that someone wrote behind their own name is part of the name', async () => {
  const name = 'Dee (key 91B4 02DD 0003 0004)';
  const place = await shown([{ ...dee, name }], <PersonName id={id} name={name} />);
  expect(place.querySelector('bdi')?.textContent).toBe(name);
  expect(place.querySelector('.person-key')).toBeNull();
});

it('a right-to-left name keeps its direction to itself in a sentence; any other text is unchanged', () => {
  expect(say('review.returnedBy', { name: 'دىلنۇر', when: 'now' })).toContain('\u2068دىلنۇر\u2069');
  expect(say('review.returnedBy', { name: 'Ann & “Ben”', when: 'now' })).toContain('Ann & “Ben”');
});
