// @vitest-environment jsdom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { SourceName } from '../../../../../renderer/common/sources/SourceName.tsx';
import { fakeSources } from '../../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();

it('a source in a list has its language, and what tells it apart from another of its title', async () => {
  const [first = expect.fail('There is one.'), second = expect.fail('There are two.')] = fakeSources(9);
  const alike = { title: '工作报告', language: 'zh-Hans', dateOfAct: null, dateOfPublication: null, publisher: null };
  const sources = [
    { ...first, ...alike, fileName: 'a.pdf' },
    { ...second, ...alike, fileName: 'b.pdf' },
  ];
  const api = createApi(
    {
      call: () => Promise.resolve({ ok: true, value: { sources } }),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await screen.render(api, <SourceName source={sources[1]} />);
  await act(async () => vi.waitFor(() => expect(screen.place().textContent).toBe('工作报告b.pdf')));
  expect(screen.place().querySelector('bdi')?.lang).toBe('zh-Hans');
});
