// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

const asked = vi.hoisted(() => ({
  info: {},
  copies: [] as { name: string }[],
  people: [] as {
    name: string;
    trust: string;
    isMe?: boolean;
    fingerprint?: string;
    confirmedFingerprint?: string;
  }[],
  reopened: 0,
}));
vi.mock('../../../../renderer/api/index.ts', () => ({
  useCall: (name: string) => {
    if (name === 'app.conflictCopies') return { data: { copies: asked.copies } };
    return { data: name === 'app.people' ? { people: asked.people } : asked.info };
  },
  useWrite: () => ({ mutate: () => (asked.reopened += 1), isPending: false }),
}));

vi.resetModules();
afterAll(() => vi.resetModules());
const { startI18n } = await import('../../../../renderer/shell/strings.ts');
const { ProjectWarnings } = await import('../../../../renderer/shell/ProjectWarnings.tsx');

beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  startI18n();
});
afterEach(() => document.body.replaceChildren());

async function warningsOf(info: object): Promise<string> {
  asked.info = { syncedBy: null, backupProblem: null, readOnly: false, holder: null, ...info };
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  await act(async () => root.render(<ProjectWarnings />));
  const text = place.textContent ?? '';
  await act(async () => root.unmount());
  return text;
}

it('a healthy project has no warning', async () => {
  expect(await warningsOf({})).toBe('');
});

it('a failed backup is reported, with the reason', async () => {
  const told = await warningsOf({
    backupProblem: { code: 'DISK_FULL', message: 'The disk is full. Free some space.' },
  });
  expect(told).toContain('Couldn’t make today’s backup of this project. The disk is full. Free some space.');
});

it('a synced folder is reported, and one that is not writable', async () => {
  expect(await warningsOf({ syncedBy: 'Dropbox' })).toContain('Dropbox');
  const closed = await warningsOf({ readOnly: true, diskFull: false });
  expect(closed).toContain('write-protected. You can read, verify and export to another folder.');
  expect(closed).toContain('Reopen');
  const full = await warningsOf({ readOnly: true, diskFull: true });
  expect(full).toContain('its disk is full');
  expect(full).toContain('Reopen');
  expect(full).not.toContain('write-protected');
});

it('the person who has it open elsewhere is named, and it can be reopened', async () => {
  const told = await warningsOf({ readOnly: true, holder: { name: 'J. Moreau', since: 1 } });
  expect(told).toContain('J. Moreau has this project open elsewhere');
  expect(told).toContain('Reopen');
  expect(told).not.toContain('write-protected');
  expect(await warningsOf({ readOnly: true, holder: { name: '', since: 0 } })).toContain('open in another program');
});

it('a project that another program took while it was open says that nothing more is saved, and what to do', async () => {
  const taken = await warningsOf({ readOnly: true, holder: { name: 'J. Moreau', since: 1, tookOver: true } });
  expect(taken).toContain('J. Moreau has opened this project in another program while it was open here.');
  expect(taken).toContain('nothing more can be');
  expect(taken).not.toContain('as it was when you opened it');
  expect(taken).toContain('Reopen');
  const nameless = await warningsOf({ readOnly: true, holder: { name: '', since: 0, tookOver: true } });
  expect(nameless).toContain('Another program has opened this project');
});

it('a project whose database was replaced while it was open names the backup of what it had; without one it is not reopened', async () => {
  const kept = await warningsOf({
    readOnly: true,
    replacedWhileOpen: { kept: '2026-01-14T093012.000Z-replaced.sqlite' },
  });
  expect(kept).toContain('is kept as the backup “2026-01-14T093012.000Z-replaced.sqlite”');
  expect(kept).toContain('Reopen');
  expect(kept).not.toContain('write-protected');
  const lost = await warningsOf({ readOnly: true, replacedWhileOpen: { kept: null } });
  expect(lost).toContain('Export the project before you close this window.');
  expect(lost).not.toContain('Reopen');
});

it('conflict copies of a sync service are reported, with a link to merge them', async () => {
  asked.copies = [{ name: 'project.sync-conflict-20260114-093012-ABCDEFG.sqlite' }];
  const told = await warningsOf({});
  asked.copies = [];
  expect(told).toContain('project.sync-conflict-20260114-093012-ABCDEFG.sqlite');
  expect(told).toContain('Show copy');
});

it('a different key under a confirmed name is reported on every screen', async () => {
  asked.people = [
    { name: 'T. Abliz', trust: 'new' },
    { name: 'J. Moreau', trust: 'changed' },
  ];
  const told = await warningsOf({});
  asked.people = [];
  expect(told).toContain('J. Moreau is signing with a different key from the one you confirmed.');
  expect(told).not.toContain('T. Abliz');
});

it('someone else under the acting person’s name is reported as that', async () => {
  const own = 'B60E 4BE1 7E74 5BCE 804A 1ED7 7278 FE54';
  asked.people = [
    { name: 'R. Silva', trust: 'me', isMe: true, fingerprint: own },
    { name: 'R. Silva', trust: 'changed', isMe: false, fingerprint: '1FA7', confirmedFingerprint: own },
  ];
  const told = await warningsOf({});
  asked.people = [];
  expect(told).toContain('Someone is signing as you, R. Silva, with a key that isn’t yours.');
});
