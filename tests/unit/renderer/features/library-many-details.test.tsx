// @vitest-environment jsdom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { ManyDetails } from '../../../../renderer/features/library/ManyDetails.tsx';
import type { Source } from '../../../../shared/model/index.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { fakeSources } from '../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();

it('what the sources have is named as in the lists they are chosen from, not by its code', async () => {
  const host = new FakeHost();
  host.set(USUAL);
  const given: readonly Partial<Source>[] = [
    { documentType: 'gwr', grade: 'B', gradeReason: 'x' },
    { documentType: 'gone', grade: null, gradeReason: null },
  ];
  const sources = fakeSources(2).map((source, at): Source => ({ ...source, ...given[at] }));
  const api = createApi(
    {
      call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  await screen.render(api, <ManyDetails sources={sources} />);
  const hints = (): (string | null)[] => [...document.querySelectorAll('.many-row bdi')].map((one) => one.textContent);
  await act(async () => vi.waitFor(() => expect(hints()).toContain('Government work report (1), gone (1)')));
  expect(hints()).toContain('B, usually reliable (1), none (1)');
});
