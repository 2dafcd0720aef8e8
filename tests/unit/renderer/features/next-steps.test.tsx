// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import i18next from 'i18next';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { registerCommands } from '../../../../renderer/common/commands/registry.ts';
import { useTellExported } from '../../../../renderer/common/files/exported.ts';
import { PassphraseField } from '../../../../renderer/common/files/PasswordForm.tsx';
import { useNotice } from '../../../../renderer/common/notices/notices.ts';
import { useSearchRequest } from '../../../../renderer/common/reader/reading-state.ts';
import { goTo, useWorkbench } from '../../../../renderer/common/workbench/workbench.ts';
import { NoMatch } from '../../../../renderer/features/codebook/CategoryTree.tsx';
import { Agreement } from '../../../../renderer/features/coding/Agreement.tsx';
import { Differences } from '../../../../renderer/features/coding/Differences.tsx';
import { resetCoding, showTab, useCoding } from '../../../../renderer/features/coding/state.ts';
import { ImportBar } from '../../../../renderer/features/import/ImportBar.tsx';
import { IDLE as IDLE_IMPORT, useImport } from '../../../../renderer/features/import/import-store.ts';
import { SelectionBar } from '../../../../renderer/features/library/SelectionBar.tsx';
import { ConflictsSection } from '../../../../renderer/features/merge/ConflictsSection.tsx';
import { SnapshotsSection } from '../../../../renderer/features/snapshots/SnapshotList.tsx';
import { PeopleSection } from '../../../../renderer/features/people/PeopleSection.tsx';
import { FindBar } from '../../../../renderer/features/reader/find/FindBar.tsx';
import { BackupsDialog } from '../../../../renderer/features/settings/BackupsDialog.tsx';
import { Trash } from '../../../../renderer/features/trash/Trash.tsx';
import { DifferencesPane } from '../../../../renderer/features/versions/DifferencesPane.tsx';
import { ScreenError } from '../../../../renderer/shell/ErrorBoundary.tsx';
import { NOTHING_SELECTED } from '../../../../renderer/ui/selection.ts';
import { ok } from '../../../../shared/errors.ts';
import { fakeSources } from '../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const ENDED = {
  job: 'a',
  startedAt: 0,
  total: 1,
  walking: false,
  done: 1,
  failed: 1,
  current: [],
  items: [],
  ended: true,
  cancelled: false,
};

const screen = renderedInJsdom();
let place: HTMLElement;
let asked: string[];
let answers: Record<string, unknown>;

beforeEach(() => {
  useNotice.setState({ notice: null });
  resetCoding();
  place = screen.place();
  asked = [];
  answers = { 'project.info': { people: [], readOnly: false } };
});

/** Renders over a host that answers the calls in `answers`, and leaves the others waiting. */
const show = (children: ReactNode): Promise<void> =>
  screen.render(
    createApi(
      {
        call: (name) => {
          asked.push(name);
          return name in answers ? Promise.resolve(ok(answers[name])) : new Promise(() => undefined);
        },
        offer: () => Promise.resolve(ok([])),
        listen: () => () => undefined,
      },
      false,
    ),
    children,
  );
const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find(
    (one) => one.textContent === name || one.getAttribute('aria-label') === name,
  );
  if (found === undefined) throw new Error(`There is no button “${name}”: ${document.body.textContent}`);
  return found;
};
const press = async (name: string): Promise<void> => {
  await act(async () => vi.waitFor(() => expect(() => button(name)).not.toThrow()));
  await act(async () => button(name).click());
};

it('a start that failed says what to do, not that a screen failed', async () => {
  const again = vi.fn<() => void>();
  await show(<ScreenError what="start" message="No." onAgain={again} />);
  expect(place.textContent).toContain('Sourcebook couldn’t load its settings');
  expect(place.textContent).toContain('Quit Sourcebook and open it again. Your projects aren’t affected.');
  await press('Try again');
  expect(again).toHaveBeenCalledOnce();
});

it('a screen that failed offers the diagnostics, in a dialog of its own', async () => {
  answers['app.diagnostics'] = { text: 'Sourcebook: 0.1.0' };
  await show(<ScreenError message="No." onAgain={() => undefined} />);
  expect(document.querySelector('textarea')).toBeNull();
  await press('Copy diagnostics…');
  await vi.waitFor(() => expect(document.querySelector('textarea')?.value).toBe('Sourcebook: 0.1.0'));
  await press('Cancel');
  expect(document.querySelector('textarea')).toBeNull();
});

it('a find without matches offers a search of all sources for the same words', async () => {
  const nothing = (): void => undefined;
  const find = {
    isOpen: true,
    query: '粮食',
    options: { wholeWord: false, exact: false },
    matches: [],
    current: null,
    isSearching: false,
    asked: 0,
    open: nothing,
    close: nothing,
    setQuery: nothing,
    setOptions: nothing,
    go: nothing,
    selectMatch: () => false,
  };
  await show(<FindBar find={find} />);
  await press('Search all sources');
  expect(useSearchRequest.getState().query).toBe('粮食');
});

it('an empty comparison opens the library', async () => {
  goTo('team');
  await show(<DifferencesPane />);
  await press('Open library');
  expect(useWorkbench.getState().place).toBe('library');
});

describe('coding by several people', () => {
  it('without differences shows the agreement', async () => {
    answers = { ...answers, 'agreement.differences': { differences: [] }, 'assignments.list': { assignments: [] } };
    useCoding.setState({ compared: { unit: 'sentence', coders: [], assignment: null } });
    showTab('differences');
    await show(<Differences />);
    await press('Show agreement');
    expect(useCoding.getState().tab).toBe('agreement');
  });

  it('with one coder begins an assignment', async () => {
    answers = { ...answers, 'agreement.report': { coders: [] }, 'assignments.list': { assignments: [] } };
    useCoding.setState({ compared: { unit: 'sentence', coders: [], assignment: null } });
    showTab('agreement');
    await show(<Agreement />);
    await press('New assignment');
    expect(useCoding.getState()).toMatchObject({ tab: 'assignments', newAssignment: { coder: '' } });
  });
});

describe('“Merge from a file” runs the merge command', () => {
  const run = vi.fn<() => void>();
  beforeEach(() => {
    run.mockReset();
    return registerCommands([{ id: 'team.merge', title: 'Merge', group: 'team', run }]);
  });

  it('where there are no people but yourself', async () => {
    answers = { ...answers, 'app.people': { people: [] } };
    await show(<PeopleSection />);
    await press('Merge from a file');
    expect(run).toHaveBeenCalledOnce();
  });

  it('where there are no conflicts', async () => {
    answers = { ...answers, 'merge.conflicts': { conflicts: [], total: 0, next: null } };
    await show(<ConflictsSection />);
    await press('Merge from a file');
    expect(run).toHaveBeenCalledOnce();
  });
});

it('a secret is shown while its button says so', async () => {
  await show(<PassphraseField label="Passphrase" value="four words" onChange={() => undefined} />);
  const type = (): string | undefined => place.querySelector('input')?.type;
  expect(type()).toBe('password');
  await press('Show passphrase');
  expect(type()).toBe('text');
  await press('Hide passphrase');
  expect(type()).toBe('password');
  await show(<PassphraseField isPassword label="Password" value="" onChange={() => undefined} />);
  expect(button('Show password')).toBeDefined();
});

it('a backup can be made now', async () => {
  answers = { ...answers, 'project.backups': { backups: [] }, 'project.backUp': {} };
  await show(<BackupsDialog isOpen onClose={() => undefined} damaged={null} />);
  await press('Back up now');
  await act(async () => vi.waitFor(() => expect(asked).toContain('project.backUp')));
  await act(async () => vi.waitFor(() => expect(asked.filter((name) => name === 'project.backups')).toHaveLength(2)));
});

it('an exported file can be shown in its folder', async () => {
  answers = { ...answers, 'app.showExported': {} };
  function Export() {
    const tell = useTellExported();
    return <button onClick={() => tell({ name: 'a.sbk', bytes: 2_000_000, download: null })}>Export</button>;
  }
  await show(<Export />);
  await press('Export');
  const { notice } = useNotice.getState();
  expect(notice).toMatchObject({ text: 'Exported a.sbk, 2 MB.', act: { label: 'Show in folder' } });
  notice?.act?.run();
  expect(asked).toContain('app.showExported');
});

it('a filter that leaves no category can be cleared where that is said', async () => {
  const clear = vi.fn<() => void>();
  await show(<NoMatch text="No matching categories." onClear={clear} />);
  await press('Clear filter');
  expect(clear).toHaveBeenCalledOnce();
});

it('the library’s button says where sources go, without counting them', async () => {
  await show(<SelectionBar selected={fakeSources(2)} next={NOTHING_SELECTED} onSelection={() => undefined} />);
  const names = [...place.querySelectorAll('button')].map(({ textContent }) => textContent);
  expect(names.some((name) => name.startsWith('Move to trash'))).toBe(true);
});

it('a filter that leaves nothing of the trash is cleared by its button', async () => {
  const observer = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  vi.stubGlobal('ResizeObserver', observer);
  const what = {
    kind: 'category',
    id: '01900000-0000-7000-8000-000000000001',
    code: 'LAND',
    name: 'Land',
    colour: null,
  };
  answers = { ...answers, 'trash.list': { removed: [{ what, by: null, at: null }] } };
  await show(<Trash head={null} />);
  await press('Memos');
  expect(place.textContent).toContain('Nothing of this type in the trash.');
  await press('Show everything in trash');
  expect(place.textContent).not.toContain('Nothing of this type in the trash.');
});

it('an import that ended with failures says where to read why', async () => {
  const items = [{ path: 'a.pdf', status: 'failed', reason: null, source: null, error: null, notes: [] }] as never;
  useImport.setState({ ...IDLE_IMPORT, running: { ...ENDED, items } });
  await show(<ImportBar />);
  expect(place.textContent).toContain('1 failed. The report says why.');
  expect(place.textContent?.match(/1 failed/g)).toHaveLength(1);
});

it('a snapshot that does not match leads to the verification', async () => {
  const id = '01900000-0000-7000-8000-000000000002';
  const snapshot = { id, name: 'Draft', state: 'a'.repeat(64), person: 'p', at: 0, commits: 3, heads: [] };
  answers = {
    ...answers,
    'snapshots.list': { snapshots: [snapshot] },
    'snapshots.verify': { ok: false, state: 'b'.repeat(64) },
  };
  await show(<SnapshotsSection />);
  await press('Verify Draft');
  await press('The project no longer gives this state. Verify the project to see why.');
  expect(useWorkbench.getState().dialog).toBe('verify');
});

it('a time stamp says who certified what time, whether its root is trusted here, and what it doesn’t show', async () => {
  const id = '01900000-0000-7000-8000-000000000002';
  const snapshot = { id, name: 'Draft', state: 'a'.repeat(64), person: 'p', at: 0, commits: 3, heads: [] };
  const said = {
    at: Date.UTC(2026, 10, 29),
    accuracy: null,
    policy: '1.2',
    serial: '1',
    authority: 'O=County\nCN=Clock',
  };
  const own = {
    snapshot: id,
    name: 'Draft',
    person: null,
    addedAt: 0,
    fault: 'untrusted',
    why: 'Add its root.',
    root: null,
  };
  const waiting = { ...own, id: 'b', standing: 'waiting', fault: null, why: '', said: null };
  answers = {
    ...answers,
    'snapshots.list': { snapshots: [snapshot] },
    'timestamps.list': {
      timestamps: [
        { ...own, id: 'a', standing: 'untrusted', said },
        { ...waiting, snapshot: 'another' },
      ],
    },
  };
  await show(<SnapshotsSection />);
  await press('Time stamp of Draft');
  const dialog = (): string => document.querySelector('[role="dialog"]')?.textContent ?? '';
  await act(async () => vi.waitFor(() => expect(dialog()).toContain('O=County, CN=Clock')));
  expect(dialog()).toContain('It existed at 29 Nov 2026');
  expect(dialog()).toContain('Given under the authority’s policy 1.2.');
  expect(dialog()).toContain('not checked against a root that you trust');
  expect(dialog()).toContain('It doesn’t show that what they say is true');
  expect(document.querySelectorAll('[role="dialog"] li')).toHaveLength(1);
  // No part of this snapshot waits for an answer.
  expect(button('Add answer…').disabled).toBe(true);
  await press('Remove time stamp');
  expect(asked).toContain('timestamps.remove');
  await press('Close');
});

it('undoing a merge of one edit is reported in the singular', () => {
  expect(i18next.t('merge.undo.what', { count: 1 })).toContain('by this edit returns');
  expect(i18next.t('merge.undo.what', { count: 3 })).toContain('by these 3 edits returns');
});
