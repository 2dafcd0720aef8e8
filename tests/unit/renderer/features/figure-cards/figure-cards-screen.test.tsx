// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { runCommand, runKey } from '../../../../../renderer/common/commands/registry.ts';
import {
  figureMark,
  figureOfMark,
  resetFiguring,
  setFigure,
  showFigures,
  useFiguring,
} from '../../../../../renderer/common/figures/mode.ts';
import { marginWords } from '../../../../../renderer/common/figures/words.ts';
import { isMark, resetMasking, showMasks, useMasking } from '../../../../../renderer/common/masks/mode.ts';
import { useAnnouncements } from '../../../../../renderer/common/notices/notices.ts';
import { FigureCardPane } from '../../../../../renderer/features/figure-cards/FigureCardPane.tsx';
import { FigureQuestionDialog } from '../../../../../renderer/features/figure-cards/FigureQuestionDialog.tsx';
import { FiguresPane } from '../../../../../renderer/features/figure-cards/FiguresPane.tsx';
import { useFigureCommands } from '../../../../../renderer/features/figure-cards/useFigureCommands.ts';
import type { FigureInText } from '../../../../../shared/contract/figure-cards.ts';
import { figureId, layerId, personId, sourceId, type SourceId } from '../../../../../shared/model/index.ts';
import { FakeHost } from '../../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const source: SourceId = sourceId.parse('00000000-0000-7000-8000-0000000000a1');
const layer = layerId.parse('00000000-0000-7000-8000-0000000000b1');
const idOf = (n: number) => figureId.parse(`00000000-0000-7000-8000-0000000000c${String(n)}`);
let host: FakeHost;
let figures: FigureInText[];
const asked: { readonly name: string; readonly input: unknown }[] = [];

const figure = (n: number, rest: Partial<FigureInText> = {}): FigureInText => ({
  id: idOf(n),
  sourceId: source,
  layer,
  start: n * 10,
  end: n * 10 + 6,
  text: `${String(n)}.26万人次`,
  page: 1,
  value: `${String(n)}2600`,
  interval: { low: `${String(n)}2550`, high: `${String(n)}2650`, reason: 'last-digit' },
  unit: 'person-time',
  qualifier: 'exact',
  kind: 'actual',
  period: { from: '2023-01-01', to: '2023-12-31', text: '全年' },
  place: null,
  source: {
    value: 'printed',
    unit: 'printed',
    qualifier: null,
    kind: 'cue-word',
    period: 'outside-clause',
    place: null,
  },
  subject: '',
  state: 'found',
  edited: false,
  checks: [],
  passages: [],
  outdated: false,
  found: `f${String(n)}`,
  otherwise: null,
  before: '转移就业',
  ...rest,
});

beforeEach(() => {
  host = new FakeHost();
  asked.length = 0;
  resetMasking();
  resetFiguring();
  showFigures(true);
  figures = [figure(1), figure(2), figure(3, { state: 'confirmed' })];
  const leftOut = [{ start: 1, end: 5, text: '2023', reason: 'a year' }];
  host.add({
    'figures.ofSource': () => ({
      layer,
      blind: false,
      figures,
      lost: [],
      relations: [],
      unpaired: [],
      leftOut,
      more: 0,
    }),
    'figures.confirm': () => ({ id: idOf(1) }),
    'figures.dismiss': () => ({ id: idOf(1) }),
    'figures.edit': () => ({ id: idOf(1) }),
    'figures.withdraw': () => ({ id: idOf(1) }),
    'figures.return': () => ({ id: idOf(1) }),
  });
});

function WithCommands({ children }: { children: ReactNode }) {
  useFigureCommands(source);
  return children;
}
const show = (children: ReactNode): Promise<void> =>
  screen.render(
    createApi(
      {
        call: (name, input) => {
          asked.push({ name, input });
          return Promise.resolve(host.answer(name, Object(input)));
        },
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      false,
    ),
    <WithCommands>
      {children}
      <FigureQuestionDialog />
    </WithCommands>,
  );
const eventually = (check: () => void): Promise<void> => act(async () => vi.waitFor(check));
const shows = (text: string): Promise<void> => eventually(() => expect(document.body.textContent).toContain(text));
const press = (code: string, key: string): Promise<void> =>
  act(async () => void runKey({ code, key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false } as never));
const wrote = (name: string) => asked.filter((one) => one.name === name).map(({ input }) => input);
const at = (n: number) => ({ source, layer, start: n * 10, end: n * 10 + 6 });
const button = (label: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].findLast((one) => one.textContent.startsWith(label));
  if (found === undefined) throw new Error(`There is no button ${label}`);
  return found;
};
/** Writes into the first field of a dialog that fits. */
const type = (selector: string, text: string): Promise<void> =>
  act(async () => {
    const field = document.querySelector(`[role=dialog] ${selector}`);
    if (field === null) throw new Error(`There is no ${selector}`);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });

it('the card says what is read, what it rests on and what outside its clause asks for a look', async () => {
  setFigure(idOf(1));
  await show(<FigureCardPane source={source} />);
  await shows('12,600');
  await shows('person-times');
  await shows('12,550 to 12,650');
  await shows('Half a unit of its last digit');
  await shows('Outside the clause: check before you confirm');
  await shows('1 confirmed, 2 open, 0 dismissed');
});

it('J goes to the first open figure, Y confirms it and goes to the next, N asks why it is dismissed', async () => {
  await show(<FigureCardPane source={source} />);
  await shows('1 confirmed, 2 open');
  await press('KeyJ', 'j');
  expect(useFiguring.getState().current).toBe(idOf(1));
  const readOut = () => useAnnouncements.getState().latest.at(-1)?.text;
  expect(readOut()).toBe('“1.26万人次”, 12,600 person-times, actual, 2023, Suggested, 1 of 2');
  await press('KeyY', 'y');
  await eventually(() => expect(useFiguring.getState().current).toBe(idOf(2)));
  expect(readOut()).toBe('“2.26万人次”, 22,600 person-times, actual, 2023, Suggested, 2 of 2');
  expect(wrote('figures.confirm')).toEqual([{ at: at(1), reading: 'first' }]);
  await press('KeyN', 'n');
  await shows('It isn’t offered again.');
  expect(button('Dismiss').disabled).toBe(true);
  expect(wrote('figures.dismiss')).toEqual([]);
});

it('a dismissal goes on to the next open figure, as a confirmation does', async () => {
  setFigure(idOf(1));
  await show(<FigureCardPane source={source} />);
  await shows('12,600');
  await press('KeyN', 'n');
  await shows('It isn’t offered again.');
  await type('input', 'Not about people');
  await act(async () => button('Dismiss').click());
  await eventually(() => expect(useFiguring.getState().current).toBe(idOf(2)));
  expect(wrote('figures.dismiss')).toEqual([{ at: at(1), reason: 'Not about people' }]);
});

it('the margin has the printed unit, which is short, and a percent sign without a space', () => {
  const t = (() => 'person-times') as never;
  expect(marginWords(figure(1), t)).toBe('12,600 人次');
  expect(marginWords(figure(1, { text: '12,600 person-times' }), t)).toBe('12,600 person-times');
  expect(marginWords(figure(1, { text: '8.2%', value: '8.2', unit: 'percent' }), t)).toBe('8.2%');
});

it('2 takes the other reading, and confirming takes it', async () => {
  figures = [figure(1, { otherwise: { low: '12600', high: '12600', reason: 'count' } })];
  setFigure(idOf(1));
  await show(<FigureCardPane source={source} />);
  await shows('exactly 12,600');
  await press('Digit2', '2');
  expect(useFiguring.getState().reading).toBe('other');
  await act(async () => void runCommand('confirmFigure'));
  await eventually(() => expect(wrote('figures.confirm')).toEqual([{ at: at(1), reading: 'other' }]));
});

it('what others confirmed can be confirmed too or returned, and a card is written on by its id', async () => {
  const other = personId.parse('11111111-1111-7111-8111-111111111111');
  const said = { person: other, verdict: 'confirmed', reason: '', current: true } as const;
  figures = [figure(1, { state: 'confirmed', checks: [said] })];
  setFigure(idOf(1));
  await show(<FigureCardPane source={source} />);
  await shows('Confirm too');
  await shows('Another person can review it.');
  await act(async () => button('Return').click());
  await shows('Say what needs another look.');
  await press('Escape', 'Escape');
  await act(async () => void runCommand('confirmFigure'));
  await eventually(() => expect(wrote('figures.confirm')).toEqual([{ at: { id: idOf(1) }, reading: 'first' }]));
});

it('editing sends only what differs', async () => {
  setFigure(idOf(1));
  await show(<FigureCardPane source={source} />);
  await shows('12,600');
  await press('KeyE', 'e');
  await shows('Save and confirm');
  await type('input[value="12550"]', '12,500');
  await act(async () => button('Save and confirm').click());
  await eventually(() =>
    expect(wrote('figures.edit')).toEqual([
      { at: at(1), edit: { value: { value: '12600', low: '12500', high: '12650' } } },
    ]),
  );
});

it('the list has the open ones, and the numbers left out with their reasons when asked', async () => {
  await show(<FiguresPane source={source} />);
  await shows('Open 2');
  await shows('Confirmed 1');
  await act(async () => button('1 number left out').click());
  await shows('a year');
});

it('says that there are none in a blind copy', async () => {
  host.add({
    'figures.ofSource': () => ({
      layer: null,
      blind: true,
      figures: [],
      lost: [],
      relations: [],
      unpaired: [],
      leftOut: [],
      more: 0,
    }),
  });
  await show(<FiguresPane source={source} />);
  await shows('This copy is for blind coding. Suggested figures could influence it.');
});

it('is never shown together with masks, and its marks are no others’', () => {
  showMasks(true);
  expect(useFiguring.getState().isOn).toBe(false);
  showFigures(true);
  expect(useMasking.getState().isOn).toBe(false);
  const mark = figureMark(idOf(1));
  expect([figureOfMark(mark), isMark(mark), figureOfMark('mask:1')]).toEqual([idOf(1), false, null]);
});
