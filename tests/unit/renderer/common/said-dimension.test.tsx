// @vitest-environment jsdom
import { act, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { useAnnouncements } from '../../../../renderer/common/notices/notices.ts';
import { useSayDimension } from '../../../../renderer/common/passages/spoken.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { fakeCodebook } from '../../../support/shell/fixtures.ts';

afterEach(() => vi.unstubAllGlobals());

function Says({ dimension, values }: { dimension: string; values: readonly string[] }) {
  const say = useSayDimension();
  useEffect(() => say(dimension, values), [say, dimension, values]);
  return null;
}

it('says which values a dimension has now, and that it has none', async () => {
  startI18n();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const host = new FakeHost();
  host.set(USUAL);
  const [dimension] = fakeCodebook().dimensions;
  const [value] = dimension?.values ?? [];
  if (dimension === undefined || value === undefined) throw new Error('The codebook has dimensions');
  const transport = {
    call: (name: Parameters<FakeHost['answer']>[0], input: unknown) =>
      Promise.resolve(host.answer(name, Object(input))),
    offer: () => Promise.resolve({ ok: true as const, value: [] }),
    listen: () => () => undefined,
  };
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  const api = createApi(transport, false);
  const client = makeQueryClient();
  const said = async (values: readonly string[]): Promise<string | undefined> => {
    await act(async () =>
      root.render(
        <ApiProvider api={api} client={client}>
          <Says dimension={dimension.id} values={values} />
        </ApiProvider>,
      ),
    );
    await act(async () => undefined);
    return useAnnouncements.getState().latest.at(-1)?.text;
  };
  expect(await said([value.id])).toBe(`${dimension.name}: ${value.label}`);
  expect(await said([])).toBe(`${dimension.name}: not set`);
  await act(async () => root.unmount());
});
