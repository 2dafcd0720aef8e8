// @vitest-environment jsdom
import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import {
  openRelations,
  resetRelations,
  setWhich,
  useRelations,
} from '../../../../../renderer/common/relations/state.ts';
import { runCommand } from '../../../../../renderer/common/commands/registry.ts';
import { useAnnouncements } from '../../../../../renderer/common/notices/notices.ts';
import { grouped } from '../../../../../renderer/features/relations/RelationTable.tsx';
import { Relations } from '../../../../../renderer/features/relations/Relations.tsx';
import { lineOf } from '../../../../../renderer/features/relations/line-of.ts';
import { lookOf, needsLook } from '../../../../../renderer/common/relations/verdicts.ts';
import relationStrings from '../../../../../renderer/features/relations/strings.en.json' with { type: 'json' };
import type { RelationCard, RelationChecked, RelationFigure } from '../../../../../shared/contract/relations.ts';
import { figureId, layerId, relationId, sourceId } from '../../../../../shared/model/index.ts';
import { FakeHost } from '../../../../support/shell/fake-bridge.ts';
import { fakeSources, PERSON } from '../../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
let relations: RelationCard[];
const [SOURCE] = fakeSources(1);
const source = sourceId.parse(SOURCE?.id);
const OTHER = sourceId.parse('00000000-0000-7000-8000-0000000000b1');
const layer = layerId.parse('00000000-0000-7000-8000-0000000000a1');

const figure = (
  number: number,
  text: string,
  value: string,
  state: RelationFigure['state'] = 'found',
): RelationFigure => ({
  id: figureId.parse(`00000000-0000-7000-8000-0000000000${number}`),
  sourceId: source,
  layer,
  start: number,
  end: number + 1,
  text,
  page: 1,
  value,
  interval: { low: value, high: value, reason: 'count' },
  unit: 'person',
  qualifier: 'exact',
  kind: 'actual',
  period: null,
  place: null,
  source: { value: 'printed', unit: 'printed', qualifier: null, kind: null, period: null, place: null },
  state,
  checks: state === 'confirmed' ? [{ person: PERSON.id, verdict: 'confirmed', reason: '', current: true }] : [],
});
const checked = (change: Partial<RelationChecked> = {}): RelationChecked => ({
  verdict: 'rounds',
  computed: '48.032407',
  low: '48.032407',
  high: '48.032407',
  off: 0.03,
  wide: false,
  green: false,
  ...change,
});
const relation = (number: number, change: Partial<RelationCard> = {}): RelationCard => ({
  id: relationId.parse(`00000000-0000-7000-8000-0000000001${number}`),
  kind: 'share',
  operation: 'share',
  formula: 'part ÷ whole × 100',
  inputs: [figure(10, '415人', '415'), figure(11, '864人', '864')],
  printed: { ...figure(12, '48%', '48'), interval: { low: '47.5', high: '48.5', reason: 'last-digit' } },
  reading: 'printed',
  check: checked(),
  exact: null,
  rounded: null,
  warnings: [],
  conversions: [],
  by: 'wording',
  state: 'found',
  checks: [],
  missing: 0,
  ...change,
});

beforeEach(() => {
  asked.length = 0;
  resetRelations();
  openRelations();
  relations = [
    relation(10),
    relation(11, { check: checked({ verdict: 'fails', computed: '52', off: 4 }) }),
    relation(12, { check: checked({ green: true }) }),
  ];
});

/** `until`: what is waited for. `isHeld`: the sources are still being read. */
async function show(until = 'Percentages without a pair', isHeld = false): Promise<void> {
  const host = new FakeHost();
  const unpaired = {
    id: figureId.parse('00000000-0000-7000-8000-000000000099'),
    sourceId: source,
    layer,
    start: 1,
    end: 4,
  };
  host.add({
    'relations.recorded': () => ({ blind: false, relations: [] }),
    'relations.ofSource': ({ source: asked }) =>
      asked === source
        ? {
            blind: false,
            relations,
            unpaired: [{ ...unpaired, text: '61%', before: '受访率', after: '', page: 1 }],
          }
        : { blind: false, relations: [], unpaired: [] },
    'relations.confirm': () => ({ id: relation(10).id }),
    'relations.follow': () => ({ id: relation(10).id }),
    'relations.return': () => ({ id: relation(10).id }),
    'relations.dismiss': () => ({ id: relation(10).id }),
  });
  await screen.render(
    createApi(
      {
        call: (name, input) => {
          asked.push({ name, input: Object(input) });
          if (isHeld && name === 'relations.ofSource') return new Promise(() => undefined);
          return Promise.resolve(host.answer(name, Object(input)));
        },
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      false,
    ),
    <Relations width="wide" />,
  );
  await shows(until);
}
const shows = (text: string): Promise<void> =>
  act(async () => vi.waitFor(() => expect(document.body.textContent).toContain(text)));
const button = (label: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith(label));
  if (found === undefined) throw new Error(`There is no button ${label}`);
  return found;
};
const writes = () =>
  asked.filter(({ name }) => /confirm|dismiss|follow|relations.return/.test(name)).map(({ input }) => input);

it('what fails comes first, agreement is green only where the engine says so, and what nothing was found for is not checked', async () => {
  await show();
  await shows('Fails, by 4 steps');
  const groups = grouped(relations, 'verdict', new Map(), (key) => key);
  expect(groups.map((group) => [group.key, group.relations.map(lookOf)])).toEqual([
    ['fails', ['fails']],
    ['agrees', ['waiting', 'rounds']],
  ]);
  await shows('受访率61%');
  expect(document.querySelector('[data-look="unchecked"]')?.textContent).toContain('Not checked');
  await act(async () => setWhich('look'));
  await shows('1 suggested or recorded');
});

it('the one in front says that agreement is no proof; confirming names the figures by their places', async () => {
  relations = [relation(10)];
  await show();
  await shows('No arithmetic conflict found under these readings. That is not proof of the figure.');
  await act(async () => button('Confirm').click());
  await act(async () => vi.waitFor(() => expect(writes()).toHaveLength(1)));
  expect(writes()[0]).toMatchObject({
    of: { operation: 'share', inputs: [{ source, layer, start: 10 }, { start: 11 }], printed: { start: 12 } },
    reading: 'printed',
  });
});

it('J and K go through the list, and each is read out', async () => {
  relations = [relation(10), relation(20)];
  await show();
  await shows('1 of 2');
  // A list that has the focus reads its rows out itself.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await act(async () => void runCommand('nextRelation'));
  await shows('2 of 2');
  const [spoken] = useAnnouncements.getState().latest.slice(-1);
  expect(spoken?.text).toMatch(/^415人 ÷ 864人, share, .+, 2 of 2$/);
  await act(async () => void runCommand('nextRelation'));
  await shows('2 of 2');
  await act(async () => void runCommand('previousRelation'));
  await shows('1 of 2');
});

it('says that it looks while sources are read, not that there is nothing', async () => {
  await show('Looking for relations…', true);
  expect(document.body.textContent).not.toContain('No relations');
});

it('both readings of a count that may be rounded are offered, and one is chosen with its verdict', async () => {
  relations = [
    relation(10, {
      check: checked({ verdict: 'truncates' }),
      exact: checked({ verdict: 'truncates' }),
      rounded: checked({ verdict: 'within-precision', low: '47', high: '49' }),
    }),
  ];
  await show();
  await shows('Two readings');
  await act(async () => button('Counts may be rounded').click());
  await act(async () => vi.waitFor(() => expect(writes()).toMatchObject([{ reading: 'rounded' }])));
});

it('one that somebody confirmed can be returned, with a reason', async () => {
  relations = [
    relation(11, {
      checks: [{ person: PERSON.id, verdict: 'confirmed', reason: '', follows: null, current: true }],
      state: 'confirmed',
    }),
  ];
  await show();
  await act(async () => button('Return').click());
  await shows('What to look at again');
  const field = document.querySelector<HTMLInputElement>('[role=dialog] input');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'Which quota?');
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => field?.form?.requestSubmit());
  await act(async () =>
    vi.waitFor(() => expect(writes()).toMatchObject([{ id: relations[0]?.id, reason: 'Which quota?' }])),
  );
});

it('of two sources that differ one is followed by key, with a reason, and who said so is named', async () => {
  const [one, other] = [figure(10, '1.2万余人次', '12000'), { ...figure(11, '10980人次', '10980'), sourceId: OTHER }];
  const differ: Partial<RelationCard> = {
    operation: 'difference',
    inputs: [one, other],
    printed: null,
    check: checked({ verdict: 'not-checkable', computed: '1020', low: '1020', high: '1020' }),
  };
  relations = [relation(10, differ)];
  await show();
  await shows('Nobody has said which source is followed.');
  expect(needsLook(relation(10, differ))).toBe(true);
  await act(async () => void runCommand('followSecond'));
  await shows('Why it is followed');
  const field = document.querySelector<HTMLTextAreaElement>('[role=dialog] textarea');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, 'It counts itself');
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => field?.form?.requestSubmit());
  await act(async () =>
    vi.waitFor(() => expect(writes()).toMatchObject([{ follows: other.id, reason: 'It counts itself' }])),
  );
  const said = { person: PERSON.id, verdict: 'confirmed', reason: 'It counts itself', current: true } as const;
  expect(needsLook(relation(10, { ...differ, checks: [{ ...said, follows: other.id }] }))).toBe(false);
  expect(needsLook(relation(10, { ...differ, checks: [{ ...said, follows: null }] }))).toBe(true);
});

it('dismissing asks for a reason, and another pair starts from the figures of this one', async () => {
  relations = [relation(10)];
  await show();
  await act(async () => button('Other pair').click());
  expect(useRelations.getState().relating?.figures.map(({ text }) => text)).toEqual(['415人', '864人', '48%']);
  await shows('Make relation');
});

it('a warning takes the verdict’s place, and wide agreement never looks green', () => {
  expect(lookOf({ check: checked({ green: false }), warnings: ['unit'] })).toBe('warned');
  expect(lookOf({ check: checked({ verdict: 'exact', wide: true }), warnings: [] })).toBe('wide');
  expect(lookOf({ check: checked({ verdict: 'within-precision', wide: true }), warnings: [] })).toBe('wide');
  expect(lookOf({ check: checked({ green: true }), warnings: [] })).toBe('rounds');
  expect(needsLook(relation(10, { state: 'returned' }))).toBe(true);
  expect(needsLook(relation(10, { check: checked({ green: true }) }))).toBe(false);
});

it('a number line has both values on one axis, and nothing where none is printed', () => {
  const line = lineOf(relation(10).printed, checked());
  expect(line?.rows).toMatchObject([
    { low: 47.5, high: 48.5, at: 48, look: 'hollow' },
    { at: 48.032407, look: 'filled' },
  ]);
  expect(line !== null && line.from < 47.5 && line.to > 48.5).toBe(true);
  expect(lineOf(null, checked())).toBeNull();
  expect(lineOf(relation(10).printed, checked({ computed: null }))).toBeNull();
});

it('nothing is ever called verified or proven', () => {
  expect(JSON.stringify(relationStrings)).not.toMatch(/verified|proven|correct/i);
});
