// @vitest-environment jsdom
import { act, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { useViewEvents, type ViewInput } from '../../../../renderer/features/reader/useViewEvents.ts';
import { fakeSources } from '../../../support/shell/fixtures.ts';

const WORDS = 'placed in the satellite factory';
/** The engine never answers, so the source's text is never loaded. */
const api = createApi(
  {
    call: () => new Promise(() => undefined),
    offer: () => new Promise(() => undefined),
    listen: () => () => undefined,
  },
  false,
);
const client = makeQueryClient();
const pdf = fakeSources(20).find(({ kind, layer }) => kind === 'pdf' && layer !== null);
let known: string | null;
let listening: ViewInput | null = null;
let unmount: () => void;

function Shown() {
  if (pdf === undefined) throw new Error('No PDF among the sources');
  const views = {
    view: null,
    pdf: { wordsOf: ({ start, end }: { start: number; end: number }) => known?.slice(start, end) ?? null },
    onScroll: () => undefined,
    onZoom: () => undefined,
  };
  const nothing = (): void => undefined;
  const made = useViewEvents(pdf, null, views, [], { onProblem: nothing, onLink: nothing, onMenu: nothing });
  useEffect(() => {
    listening = made;
  });
  return null;
}

beforeAll(startI18n);
beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  act(() =>
    root.render(
      <ApiProvider api={api} client={client}>
        <Shown />
      </ApiProvider>,
    ),
  );
  unmount = () => act(() => root.unmount());
});
afterEach(() => unmount());

/** Selects a range, drags it out at once, and returns what another program would receive. */
function dragged(start: number, end: number): Record<string, string> {
  const given: Record<string, string> = {};
  const transfer = { setData: (type: string, text: string) => void (given[type] = text) };
  act(() => listening?.events.onSelect({ start, end, box: { left: 0, top: 0, right: 0, bottom: 0 } }));
  // jsdom has no DataTransfer; these are the parts that are used.
  act(() => listening?.events.onDragOut?.(null, transfer as never));
  return given;
}

it('words dragged out before the source’s text is loaded are quoted from the page', () => {
  known = WORDS;
  expect(dragged(0, 6)['text/plain']).toMatch(/^“placed”\n/);
});

it('nothing is dragged out while the words are not loaded, rather than an empty quotation', () => {
  known = null;
  expect(dragged(0, 6)).toEqual({});
});
