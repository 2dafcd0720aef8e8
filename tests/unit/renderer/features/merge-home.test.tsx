// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { DropArea } from '../../../../renderer/features/import/ImportBar.tsx';
import { MergeHome } from '../../../../renderer/features/merge/MergeHome.tsx';
import { IDLE, useMerging } from '../../../../renderer/features/merge/merge-state.ts';
import { contract } from '../../../../shared/contract/index.ts';
import { personId } from '../../../../shared/model/index.ts';
import { CODING_USUAL, codingAnswers } from '../../../support/shell/coding.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { fakeCodebook, fakeSources } from '../../../support/shell/fixtures.ts';

afterEach(() => vi.unstubAllGlobals());

function readyHost(): FakeHost {
  startI18n();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  const host = new FakeHost();
  host.set(USUAL);
  return host;
}

async function shown(host: FakeHost, children: ReactNode) {
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
        {children}
      </ApiProvider>,
    ),
  );
  return { place, close: () => act(async () => root.unmount()) };
}

it('reports after a merge who submitted an assignment of someone else', async () => {
  const host = readyHost();
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
  const { place, close } = await shown(host, <MergeHome />);
  await act(async () => vi.waitFor(() => expect(place.textContent).toContain('it counts as coded by Cat.')));
  await close();
});

it('offers no merge into a read-only project, and no drop: only a project file, which opens as a project of its own', async () => {
  const host = readyHost();
  const answer = host.answer('project.info', {});
  if (!answer.ok) expect.fail(answer.error.message);
  const info = contract['project.info'].output.parse(answer.value);
  host.add({
    'project.info': () => ({ ...info, readOnly: true }),
    'merge.list': () => ({ merges: [] }),
    'app.conflictCopies': () => ({ copies: [{ key: 'copy', name: 'County (conflict).sbk', at: 1 }] }),
  });
  useMerging.setState(IDLE);
  const { place, close } = await shown(
    host,
    <DropArea at="readOnly" onDrop={() => undefined}>
      <MergeHome />
    </DropArea>,
  );
  const looks = (): HTMLButtonElement[] =>
    [...place.querySelectorAll('button')].filter((one) =>
      /^(Preview|Merge)/.test(one.getAttribute('aria-label') ?? one.textContent),
    );
  await act(async () => vi.waitFor(() => expect(place.textContent).toContain('nothing can be merged into it')));
  expect(place.textContent).not.toContain('or drop a project file');
  expect(looks().length).toBeGreaterThan(2);
  expect(looks().every((one) => one.disabled)).toBe(true);
  const over = new Event('dragover', { bubbles: true, cancelable: true });
  Object.assign(over, { dataTransfer: { types: ['Files'], items: [1], dropEffect: 'none' } });
  await act(async () => place.querySelector('.drop-area')?.dispatchEvent(over));
  expect(place.querySelector('.drop-over')?.textContent).toContain('It opens as a project of its own.');
  await close();
});
