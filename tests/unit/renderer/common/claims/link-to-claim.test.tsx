// @vitest-environment jsdom
import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { LinkToClaim } from '../../../../../renderer/common/claims/LinkToClaim.tsx';
import { closeLinkDialog, linkPassages } from '../../../../../renderer/common/claims/link-dialog.ts';
import { PassageClaims } from '../../../../../renderer/common/claims/PassageClaims.tsx';
import type { Claim, ClaimLink } from '../../../../../shared/contract/claims.ts';
import { contract } from '../../../../../shared/contract/index.ts';
import { claimId, type ClaimRelation, type Passage } from '../../../../../shared/model/index.ts';
import { FakeHost } from '../../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
let host: FakeHost;
let passage: Passage;
const linked: unknown[] = [];

beforeEach(() => {
  host = new FakeHost();
  linked.length = 0;
  closeLinkDialog();
  const listed = host.answer('passages.list', {});
  const [first] = listed.ok ? contract['passages.list'].output.parse(listed.value).passages : [];
  if (first === undefined) throw new Error('The scene has no passage.');
  passage = first;
  host.add({
    'passages.get': () => passage,
    'claims.link': (input) => {
      linked.push(input);
      return {};
    },
  });
});

const ID = claimId.parse('00000000-0000-7000-8000-0000000000c1');
function claimWith(as: ClaimRelation | null, answer = ''): Claim {
  const links: ClaimLink[] =
    as === null
      ? []
      : [
          {
            passage: passage.id,
            as,
            answer,
            person: null,
            source: passage.source,
            kind: 'pdf',
            title: 'Work report',
            quote: '赴对口援疆省市就业386人',
            page: 1,
            language: 'zh',
            translation: null,
            date: null,
            state: 'coded',
            origin: passage.source,
          },
        ];
  const against = as === 'contradicts' ? 1 : 0;
  return {
    id: ID,
    text: 'People were sent to work elsewhere.',
    person: null,
    createdAt: 0,
    links,
    supports: { passages: 0, origins: 0 },
    limits: { passages: 0, origins: 0 },
    contradicts: { passages: against, origins: against },
    unanswered: against === 1 && answer === '' ? 1 : 0,
    undecidedCopies: 0,
    gaps: [],
    unknown: 0,
    trashedContradictions: 0,
  };
}
const show = (claims: readonly Claim[]): Promise<void> => {
  host.add({ 'claims.list': () => ({ claims: [...claims] }) });
  const api = createApi(
    {
      call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  return screen.render(
    api,
    <>
      <PassageClaims passage={passage.id} />
      <LinkToClaim />
    </>,
  );
};
const shows = (text: string): Promise<void> =>
  act(async () => vi.waitFor(() => expect(document.body.textContent).toContain(text)));
const button = (label: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith(label));
  if (found === undefined) throw new Error(`There is no button ${label}`);
  return found;
};

it('the inspector says which claims a passage is linked to, and that a contradiction has no answer', async () => {
  await show([claimWith('contradicts')]);
  await shows('People were sent to work elsewhere.');
  await shows('contradicted here, no answer yet');
});

it('an answered contradiction is named without a warning; without a claim the inspector says so', async () => {
  await show([claimWith('contradicts', 'The speaker is the employer.')]);
  await shows('Contradicts');
  expect(document.body.textContent).not.toContain('no answer yet');
  await screen.unmount();
  await show([claimWith(null)]);
  await shows('Not linked to a claim');
});

it('a letter links the passage to the claim in hand; the dialog shows the passage’s own words', async () => {
  await show([claimWith(null)]);
  await act(async () => linkPassages([passage.id]));
  if (passage.anchor.kind !== 'text') throw new Error('It has words.');
  await shows(passage.anchor.exact.slice(0, 8));
  const list = document.querySelector<HTMLElement>('[role="listbox"]');
  await act(async () => list?.focus());
  const press = (key: string) =>
    act(async () => list?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
  await press('z');
  expect(linked).toEqual([]);
  await press('x');
  await act(async () =>
    vi.waitFor(() => expect(linked).toEqual([{ id: ID, passages: [passage.id], as: 'contradicts' }])),
  );
});

it('without a claim one is written from the dialog, and is in hand', async () => {
  const written: unknown[] = [];
  host.add({
    'claims.create': (input) => {
      written.push(input);
      return { id: ID };
    },
  });
  await show([]);
  await act(async () => linkPassages([passage.id]));
  await shows('There are no claims yet.');
  expect(button('Write as a new claim').disabled).toBe(true);
  const field = document.querySelector<HTMLInputElement>('.dialog input');
  if (field === null) throw new Error('There is no field.');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'A new sentence.');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => button('Write as a new claim').click());
  expect(written).toEqual([{ text: 'A new sentence.' }]);
});
