// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import {
  isMark,
  markOf,
  resetMasking,
  setReason,
  showMasks,
  useMasking,
} from '../../../../../renderer/common/masks/mode.ts';
import { runCommand } from '../../../../../renderer/common/commands/registry.ts';
import { useAnnouncements } from '../../../../../renderer/common/notices/notices.ts';
import { useMaskCommands } from '../../../../../renderer/features/masks/useMaskCommands.ts';
import { GoesOutPane } from '../../../../../renderer/features/masks/GoesOutPane.tsx';
import { MaskQuestionDialog } from '../../../../../renderer/features/masks/MaskQuestionDialog.tsx';
import { MasksPane } from '../../../../../renderer/features/masks/MasksPane.tsx';
import { contract } from '../../../../../shared/contract/index.ts';
import type { Mask, OpenMask } from '../../../../../shared/contract/masks.ts';
import { maskId, type Passage } from '../../../../../shared/model/index.ts';
import { FakeHost } from '../../../../support/shell/fake-bridge.ts';
import { PERSON } from '../../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
let host: FakeHost;
let passage: Passage;
let masks: Mask[];
let open: OpenMask[];
const asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];

beforeEach(() => {
  host = new FakeHost();
  asked.length = 0;
  resetMasking();
  showMasks(true);
  const listed = host.answer('passages.list', {});
  const [first] = listed.ok ? contract['passages.list'].output.parse(listed.value).passages : [];
  if (first === undefined) throw new Error('The scene has no passage.');
  passage = first;
  const { source, layer, anchor } = passage;
  masks = [
    {
      id: maskId.parse('00000000-0000-7000-8000-0000000000a1'),
      source,
      layer,
      number: 1,
      anchor,
      reason: 'Private person',
      person: PERSON.id,
      createdAt: 0,
    },
  ];
  open = [];
  host.add({
    'masks.list': () => ({ masks, open }),
    'masks.preview': () => ({
      title: 'The seamstress ██',
      withoutPictures: false,
      fileName: 'page.html',
      spans: [],
      areas: [],
      excerpts: [{ mask: 1, text: '村民██说' }],
      warnings: ['Masked words stand in a picture, too.'],
    }),
    'masks.everywhere': () => ({
      words: '古丽',
      sources: [{ source: passage.source, title: 'News', places: 3 }],
      places: 3,
      masked: 1,
    }),
  });
});

const unmasked = (refuses: boolean): OpenMask => ({
  kind: 'passage',
  source: passage.source,
  layer: passage.layer,
  anchor: passage.anchor,
  passage: passage.id,
  mask: null,
  refuses,
  markedBy: [PERSON.id],
  notPrivate: [],
});
const show = (children: ReactNode): Promise<void> =>
  screen.render(
    createApi(
      {
        call: (name, input) => {
          asked.push({ name, input: Object(input) });
          return Promise.resolve(host.answer(name, Object(input)));
        },
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      false,
    ),
    children,
  );
const shows = (text: string): Promise<void> =>
  act(async () => vi.waitFor(() => expect(document.body.textContent).toContain(text)));
const button = (label: string): HTMLButtonElement => {
  const named = (one: HTMLButtonElement) =>
    one.getAttribute('aria-label') === label || one.textContent.startsWith(label);
  const found = [...document.querySelectorAll('button')].find(named);
  if (found === undefined) throw new Error(`There is no button ${label}`);
  return found;
};
const wrote = (name: string) => asked.filter((one) => one.name === name).map(({ input }) => input);

it('a place that is not masked says who marked it, and is masked with the last reason without a question', async () => {
  open = [unmasked(true)];
  masks = [];
  setReason('Private person');
  host.add({ 'masks.add': () => ({ id: maskId.parse('00000000-0000-7000-8000-0000000000a2') }) });
  await show(<MasksPane source={passage.source} />);
  await shows('Not masked. Marked as naming a private person by');
  await shows('Next reason: Private person');
  await act(async () => button('Mask it').click());
  await act(async () => vi.waitFor(() => expect(wrote('masks.add')).toHaveLength(1)));
  expect(wrote('masks.add')[0]).toMatchObject({ source: passage.source, reason: 'Private person' });
  expect(useMasking.getState().asked).toBeNull();
});

function Commands() {
  useMaskCommands(passage.source);
  return null;
}

it('J goes from what is open to what is masked, and each is read out', async () => {
  open = [unmasked(true)];
  await show(<Commands />);
  await act(async () => vi.waitFor(() => expect(wrote('masks.list')).toHaveLength(1)));
  const spoken = () => useAnnouncements.getState().latest.at(-1)?.text;
  await act(async () => void runCommand('nextMask'));
  expect(spoken()).toMatch(/^“.+”, Not masked, 1 of 2$/);
  await act(async () => void runCommand('nextMask'));
  expect(spoken()).toMatch(/^“.+”, Masked, 2 of 2$/);
});

it('without a reason it is asked for, and an empty one masks nothing', async () => {
  open = [unmasked(true)];
  await show(
    <>
      <MasksPane source={passage.source} />
      <MaskQuestionDialog />
    </>,
  );
  await shows('Must be masked or answered');
  await act(async () => button('Mask it').click());
  await shows('Printed with every export.');
  const dialog = document.querySelector('[role="dialog"]');
  const run = [...(dialog?.querySelectorAll('button') ?? [])].find((one) => one.textContent === 'Mask');
  expect(run?.disabled).toBe(true);
  expect(wrote('masks.add')).toEqual([]);
});

it('what goes out says that an export is refused, or that nothing is open, and shows masked words as exported', async () => {
  open = [unmasked(true)];
  await show(<GoesOutPane source={passage.source} />);
  await shows('Export is refused');
  await shows('村民██说');
  await shows('Masked: Private person');
  await shows('Masked words stand in a picture, too.');
  await screen.unmount();
  open = [unmasked(false)];
  await show(<GoesOutPane source={passage.source} />);
  await shows('No place that is marked as naming a private person is unmasked here.');
});

it('the same words everywhere are counted before they are masked', async () => {
  if (passage.anchor.kind !== 'text') throw new Error('It has words.');
  const { start, end } = passage.anchor;
  const span = {
    source: passage.source,
    layer: passage.layer,
    marked: { kind: 'text', start, end },
    exact: '古丽',
  } as const;
  setReason('Private person');
  host.add({ 'masks.addEverywhere': () => ({ added: 3, sources: 1 }) });
  useMasking.setState({ asked: { kind: 'everywhere', span } });
  await show(<MaskQuestionDialog />);
  await shows('3 places in 1 sources are not masked.');
  await shows('1 more is masked already.');
  await act(async () => button('Mask 3 places').click());
  await act(async () => vi.waitFor(() => expect(useMasking.getState().asked).toBeNull()));
  expect(wrote('masks.addEverywhere')).toMatchObject([{ layer: passage.layer, reason: 'Private person' }]);
});

it('the mark of a mask is never taken for a passage', () => {
  const [mask] = masks;
  if (mask === undefined) throw new Error('There is a mask.');
  expect(isMark(markOf(mask))).toBe(true);
  expect(isMark(markOf(unmasked(true)))).toBe(true);
  expect(isMark(passage.id)).toBe(false);
});
