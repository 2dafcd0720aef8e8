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
import { useDrawnFigures } from '../../../../../renderer/common/figures/figures.ts';
import { marginWords } from '../../../../../renderer/common/figures/words.ts';
import { setSelected } from '../../../../../renderer/common/reader/reading-state.ts';
import { resetRelations, useRelations } from '../../../../../renderer/common/relations/state.ts';
import { isMark, resetMasking, showMasks, useMasking } from '../../../../../renderer/common/masks/mode.ts';
import { useAnnouncements } from '../../../../../renderer/common/notices/notices.ts';
import { FigureCardPane } from '../../../../../renderer/features/figure-cards/FigureCardPane.tsx';
import { FigureQuestionDialog } from '../../../../../renderer/features/figure-cards/FigureQuestionDialog.tsx';
import { FiguresPane } from '../../../../../renderer/features/figure-cards/FiguresPane.tsx';
import { useFigureCommands } from '../../../../../renderer/features/figure-cards/useFigureCommands.ts';
import type { FigureInText } from '../../../../../shared/contract/figure-cards.ts';
import { type RelationCard, relationFigure } from '../../../../../shared/contract/relations.ts';
import {
  figureId,
  layerId,
  personId,
  referenceId,
  relationId,
  sourceId,
  type SourceId,
} from '../../../../../shared/model/index.ts';
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
  setSelected(null);
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
      larger: [],
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
/** What a person types: React listens to the setter of the element’s class. */
const typeIn = (field: HTMLInputElement, text: string): Promise<void> =>
  act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
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

it('the card says in which relations the figure is, with their verdicts, and opens one', async () => {
  const card = (one: FigureInText) => relationFigure.parse(one);
  const checked = { verdict: 'fails', computed: '1', low: '1', high: '1', off: 2, wide: false, green: false } as const;
  const relation: RelationCard = {
    id: relationId.parse('00000000-0000-7000-8000-0000000000d1'),
    kind: 'share',
    operation: 'share',
    formula: 'part ÷ whole × 100',
    inputs: [card(figure(1)), card(figure(2))],
    printed: null,
    reading: 'printed',
    check: checked,
    exact: null,
    rounded: null,
    warnings: [],
    conversions: [],
    by: 'wording',
    state: 'found',
    checks: [],
    missing: 0,
  };
  const id = relationId.parse('00000000-0000-7000-8000-0000000000d2');
  const other: RelationCard = { ...relation, id, inputs: [card(figure(2))] };
  host.add({ 'relations.ofSource': () => ({ blind: false, relations: [relation, other], unpaired: [] }) });
  resetRelations();
  setFigure(idOf(3));
  await show(<FigureCardPane source={source} />);
  await shows('It is in no relation.');
  await act(async () => setFigure(idOf(1)));
  await eventually(() => expect(document.querySelectorAll('.figure-relations > li')).toHaveLength(1));
  expect(document.querySelector('.figure-relations')?.textContent).toMatch(/share≠.*1.26万人次, 2.26万人次/u);
  await act(async () => button('share').click());
  expect(useRelations.getState()).toMatchObject({ current: relation.id, also: source });
});

it('says of a figure which reference value it is larger than, with what says so', async () => {
  const reference = referenceId.parse(idOf(9));
  host.add({
    'figures.ofSource': () => ({
      layer,
      blind: false,
      figures,
      larger: [{ figure: idOf(1), reference }],
      lost: [],
      relations: [],
      unpaired: [],
      leftOut: [],
      more: 0,
    }),
    'references.list': () => ({
      references: [
        {
          id: reference,
          quantity: 'Rural labour force',
          place: null,
          period: '2020',
          value: '2000',
          unit: 'person',
          isWhole: true,
          source: null,
          citation: 'Census',
          person: null,
          createdAt: 0,
        },
      ],
    }),
  });
  setFigure(idOf(1));
  await show(<FigureCardPane source={source} />);
  await shows('Larger than the reference value Rural labour force, 2020: 2,000 persons (Census)');
  await act(async () => setFigure(idOf(3)));
  await eventually(() => expect(document.body.textContent).not.toContain('Rural labour force'));
});

it('a card is made of selected words by its key: without ends it is exactly the value, and its unit may be typed as a name', async () => {
  await show(<FiguresPane source={source} />);
  await press('KeyW', 'w');
  expect(useFiguring.getState().asked).toBeNull();
  const span = { source, layer, marked: { kind: 'text' as const, start: 90, end: 93 }, exact: '数十名' };
  await act(async () => setSelected(span));
  await press('KeyW', 'w');
  await shows('Make figure of the selected words');
  const field = (label: string): HTMLInputElement => {
    const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label);
    return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
  };
  await typeIn(field('Value'), '30');
  await typeIn(field('Unit'), '人次');
  await act(async () => button('Make and confirm').click());
  await eventually(() => expect(wrote('figures.edit')).toHaveLength(1));
  expect(wrote('figures.edit')).toEqual([
    {
      at: { source, layer, start: 90, end: 93 },
      edit: { value: { value: '30', low: '30', high: '30' }, unit: 'person-time' },
    },
  ]);
  // Where a figure is, its card is edited.
  const there = { ...span, marked: { kind: 'text' as const, start: 10, end: 16 } };
  await act(async () => setSelected(there));
  await press('KeyW', 'w');
  expect(useFiguring.getState().asked).toMatchObject({ kind: 'edit', figure: { id: idOf(1) } });
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
      larger: [],
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

it('a step to the next figure makes anew only the two marks that look different', async () => {
  const seen: ReturnType<typeof useDrawnFigures>[] = [];
  function Drawn() {
    seen.push(useDrawnFigures(source, layer));
    return null;
  }
  await show(<Drawn />);
  await eventually(() => expect(seen.at(-1)).toHaveLength(3));
  await act(async () => setFigure(idOf(1)));
  const before = seen.at(-1);
  await act(async () => setFigure(idOf(2)));
  const after = seen.at(-1);
  expect(after?.map((one, n) => one === before?.[n])).toEqual([false, false, true]);
});
