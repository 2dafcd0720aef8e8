// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../../renderer/api/index.ts';
import { useDrafts } from '../../../../../renderer/common/drafts/drafts.ts';
import { InspectorComments } from '../../../../../renderer/common/review/InspectorReview.tsx';
import { requestFocus } from '../../../../../renderer/common/review/state.ts';
import { startI18n } from '../../../../../renderer/shell/strings.ts';
import { contract } from '../../../../../shared/contract/index.ts';
import { personId, recordId } from '../../../../../shared/model/index.ts';
import { FakeHost, USUAL } from '../../../../support/shell/fake-bridge.ts';

let root: Root;
let place: HTMLElement;

beforeEach(() => {
  startI18n();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
});
afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  useDrafts.setState({ drafts: new Map() });
  vi.unstubAllGlobals();
});

it('a comment can be typed before the others are read, without waiting for a frame', async () => {
  const host = new FakeHost();
  host.set(USUAL);
  const listed = host.answer('passages.list', {});
  const [item] = listed.ok ? contract['passages.list'].output.parse(listed.value).passages : [];
  if (item === undefined) throw new Error('The scene has no passage.');
  vi.stubGlobal('requestAnimationFrame', () => 0);
  const api = createApi(
    {
      call: (name, input) =>
        // The host never answers: the field must not wait for it.
        name === 'review.get' ? new Promise(() => undefined) : Promise.resolve(host.answer(name, Object(input))),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await act(async () =>
    root.render(
      <ApiProvider api={api} client={makeQueryClient()}>
        <InspectorComments passage={{ ...item, comments: 0 }} />
      </ApiProvider>,
    ),
  );
  expect(place.querySelector('textarea')).toBeNull();
  act(() => requestFocus('comment'));
  expect(document.activeElement).toBe(place.querySelector('textarea'));
});

it('a comment that its person never signed says who did', async () => {
  const host = new FakeHost();
  host.set(USUAL);
  const listed = host.answer('passages.list', {});
  const [item] = listed.ok ? contract['passages.list'].output.parse(listed.value).passages : [];
  if (item === undefined) throw new Error('The scene has no passage.');
  const ben = { id: personId.parse(crypto.randomUUID()), name: 'Ben', roles: [] };
  const nothing = { beside: [], moves: [], forgedBeside: [], differences: [], steps: [], translations: [], drafts: [] };
  const detail = { passage: item, state: item.state, people: [ben], ...nothing };
  const [own, forged] = [recordId.parse(crypto.randomUUID()), recordId.parse(crypto.randomUUID())];
  const comments = [own, forged].map((id, at) => ({
    id,
    passage: item.id,
    parent: null,
    text: `Number ${at}`,
    mentions: [],
    person: ben.id,
    at,
    resolved: false,
  }));
  const words = 'A comment is in Ben’s name, but was signed by Mallory.';
  const unsigned = [{ entity: 'comment', id: forged, person: ben.id, by: ben.id, at: 1, words, forged: true }];
  const api = createApi(
    {
      call: (name, input) =>
        Promise.resolve(
          name === 'review.get'
            ? { ok: true, value: { ...detail, comments, unsigned } }
            : host.answer(name, Object(input)),
        ),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await act(async () =>
    root.render(
      <ApiProvider api={api} client={makeQueryClient()}>
        <InspectorComments passage={{ ...item, comments: 2 }} />
      </ApiProvider>,
    ),
  );
  await vi.waitFor(() => expect(place.querySelectorAll('article')).toHaveLength(2));
  expect([...place.querySelectorAll('article')].map((one) => one.textContent?.includes(words))).toEqual([false, true]);
  expect(place.querySelectorAll('article')[1]?.textContent).toContain('Ask Ben whether it’s theirs.');
});
