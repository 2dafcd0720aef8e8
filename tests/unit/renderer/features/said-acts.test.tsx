// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { useAnnouncements } from '../../../../renderer/common/notices/notices.ts';
import { Conversions } from '../../../../renderer/features/figures-table/Conversions.tsx';
import { CollectionDialogs, openCollections } from '../../../../renderer/features/library/Collections.tsx';
import { LeftTagsNote } from '../../../../renderer/features/merge/LeftTagsNote.tsx';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { fakeSources } from '../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
let host: FakeHost;

beforeEach(() => {
  host = new FakeHost();
  host.set(USUAL);
  useAnnouncements.setState({ latest: [] });
});

const show = (children: ReactNode): Promise<void> =>
  screen.render(
    createApi(
      {
        call: (name, input) =>
          Promise.resolve(
            /^(?:collections\.create|conversions\.set|merge\.carryTags|categories\.archive)$/.test(name)
              ? { ok: true, value: {} }
              : name === 'merge.leftTags'
                ? { ok: true, value: { left: LEFT } }
                : name === 'conversions.list'
                  ? { ok: true, value: { conversions: [CONVERSION] } }
                  : host.answer(name, Object(input)),
          ),
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      false,
    ),
    children,
  );
const category = (name: string) => ({ id: `00000000-0000-4000-8000-0000000000${name.length}`, code: 'A', name });
const LEFT = [
  {
    category: category('Quota'),
    how: 'archived',
    into: [category('Mandate')],
    by: 'Ann',
    at: 1,
    people: ['Bob'],
    tags: 2,
    passages: 2,
  },
];
const CONVERSION = { from: 'mu', to: 'ha', factor: '1/15', known: '1/15', by: '', id: null, person: null };
const saysTo = (text: string): Promise<void> =>
  act(async () => vi.waitFor(() => expect(useAnnouncements.getState().latest.map((one) => one.text)).toEqual([text])));
const button = (label: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find(
    (one) => one.textContent.startsWith(label) || (one.ariaLabel ?? '').startsWith(label),
  );
  if (found === undefined) throw new Error(`There is no button ${label}`);
  return found;
};

it('that a collection was made is said to screen readers', async () => {
  await show(<CollectionDialogs selected={fakeSources(1)} />);
  await act(async () => openCollections());
  const field = document.querySelector<HTMLInputElement>('.collection-new input');
  if (field === null) throw new Error('There is a field for the name.');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'Policy documents');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => button('Create').click());
  await saysTo('Collection Policy documents created');
});

it('that a conversion was changed is said to screen readers', async () => {
  await show(<Conversions onClose={() => undefined} />);
  await act(async () => vi.waitFor(() => expect(document.querySelector('.measures tbody tr')).not.toBeNull()));
  await act(async () => button('Turn off').click());
  await saysTo('Conversion changed');
});

it.each([
  ['Move all 2', 'Moved 2 tags to “Mandate”'],
  ['Unarchive', 'Unarchived “Quota”'],
  ['Leave them', 'Left 2 tags with “Quota”'],
])('what became of tags that were left behind is said to screen readers: %s', async (label, words) => {
  await show(<LeftTagsNote heading={{ current: null }} />);
  await act(async () => vi.waitFor(() => button(label)));
  await act(async () => button(label).click());
  await saysTo(words);
});
