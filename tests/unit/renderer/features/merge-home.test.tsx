// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { MergeHome } from '../../../../renderer/features/merge/MergeHome.tsx';
import { IDLE, useMerging } from '../../../../renderer/features/merge/merge-state.ts';
import { contract } from '../../../../shared/contract/index.ts';
import { personId } from '../../../../shared/model/index.ts';
import { CODING_USUAL, codingAnswers } from '../../../support/shell/coding.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { fakeCodebook, fakeSources } from '../../../support/shell/fixtures.ts';

afterEach(() => vi.unstubAllGlobals());

it('reports after a merge who submitted an assignment of someone else', async () => {
  startI18n();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  const host = new FakeHost();
  host.set(USUAL);
  const answers = codingAnswers({ categories: fakeCodebook().categories, sources: fakeSources(9) }, CODING_USUAL);
  host.add(answers);
  const { assignments } = contract['assignments.list'].output.parse(answers['assignments.list']?.({}));
  const coder = assignments[0]?.coder ?? '';
  const cat = {
    roles: [],
    key: null,
    fingerprint: '',
    minisign: null,
    commits: 3,
    first: null,
    last: null,
    isMe: false,
    sameInstallation: [],
    isOne: false,
    confirmedBy: [],
  };
  host.add({
    'people.list': () => ({ people: [{ ...cat, id: personId.parse(coder), name: 'Cat' }] }),
    'merge.list': () => ({ merges: [] }),
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
  const commits = { added: 3, known: 0, supplied: 0 };
  const report = {
    adds: 3,
    changes: 0,
    commits,
    byOthers: [],
    replaced: [],
    edited: [],
    moved: [],
    conclusions: [],
    conflicts: [],
    conflictsTotal: 0,
    refused: [],
    id: null,
    undoneMerge: null,
    restored: false,
    putBack: { records: 0, left: 0 },
  };
  useMerging.setState({ ...IDLE, merged: { name: 'back.sbk', report, closed: 0 } });
  await act(async () =>
    root.render(
      <ApiProvider api={api} client={makeQueryClient()}>
        <MergeHome />
      </ApiProvider>,
    ),
  );
  await act(async () => vi.waitFor(() => expect(place.textContent).toContain('it counts as coded by Cat.')));
  await act(async () => root.unmount());
});
