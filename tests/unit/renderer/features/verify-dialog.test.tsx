// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { VerifyDialog } from '../../../../renderer/features/settings/VerifyDialog.tsx';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';

afterEach(() => vi.unstubAllGlobals());

it('says what other copies of the project have and this one lacks, as the command line does', async () => {
  startI18n();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  const host = new FakeHost();
  host.set(USUAL);
  const checked = { originals: 9, layers: 9, commits: 40, changes: 90, passages: 8 };
  host.add({
    'project.verify': () => ({ ok: true, failures: [], remarks: [], checked }),
    'app.lacking': () => ({
      lacking: { at: Date.UTC(2026, 1, 3), edits: 3, by: [{ person: 'Ann', edits: 2 }], isOlder: true },
    }),
  });
  const api = createApi(
    {
      call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  await act(async () =>
    root.render(
      <ApiProvider api={api} client={makeQueryClient()}>
        <VerifyDialog isOpen onClose={() => undefined} />
      </ApiProvider>,
    ),
  );
  const start = [...document.querySelectorAll('button')].find((one) => one.textContent?.startsWith('Verify'));
  await act(async () => start?.click());
  await act(async () =>
    vi.waitFor(() =>
      expect(document.body.textContent).toMatch(
        /has 3 edits that aren’t here \(.?2 of Ann.?\)\. Whoever made this copy/u,
      ),
    ),
  );
  await act(async () => root.unmount());
});
