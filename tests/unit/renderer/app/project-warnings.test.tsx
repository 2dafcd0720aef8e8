// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startI18n } from '../../../../renderer/app/strings/i18n.ts';
import { ProjectWarnings } from '../../../../renderer/app/ProjectWarnings.tsx';

const asked = vi.hoisted(() => ({ info: {} }));
vi.mock('../../../../renderer/api/index.ts', () => ({ useCall: () => ({ data: asked.info }) }));

beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  startI18n();
});
afterEach(() => document.body.replaceChildren());

async function warningsOf(info: object): Promise<string> {
  asked.info = { syncedBy: null, backupProblem: null, readOnly: false, ...info };
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  await act(async () => root.render(<ProjectWarnings />));
  const text = place.textContent ?? '';
  await act(async () => root.unmount());
  return text;
}

it('a project that is well has no warning', async () => {
  expect(await warningsOf({})).toBe('');
});

it('a backup that could not be made is told, with why', async () => {
  const told = await warningsOf({
    backupProblem: { code: 'DISK_FULL', message: 'The disk is full. Free some space.' },
  });
  expect(told).toContain('backup of this project could not be made. The disk is full. Free some space.');
});

it('so are a folder that a service copies, and one that cannot be written', async () => {
  expect(await warningsOf({ syncedBy: 'Dropbox' })).toContain('Dropbox');
  expect(await warningsOf({ readOnly: true })).toContain('write-protected');
});
