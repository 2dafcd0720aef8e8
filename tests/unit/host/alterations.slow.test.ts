import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appState } from '../../../shared/contract/app.ts';
import { testHost, type TestHost } from '../../support/host.ts';
import { openFor, somebody } from '../../support/project.ts';

const call = (host: TestHost, name: string, input: unknown = {}) => host.gate.call('main-1', name, input);
async function stateOf(host: TestHost) {
  const answer = await call(host, 'app.state');
  return appState.parse(answer.ok ? answer.value : null);
}

/** A project folder of another installation, closed. */
async function fromElsewhere(): Promise<string> {
  const elsewhere = testHost();
  await call(elsewhere, 'app.newProject', { title: 'County', codebook: 'xinjiang-labour' });
  await call(elsewhere, 'project.rename', { title: 'County reports' });
  await call(elsewhere, 'app.closeProject');
  return join(elsewhere.folder, 'new.sourcebook');
}

/** What another program does to the tables: the log and its triggers stay as they are. */
function alter(folder: string, sql: string): void {
  const db = new Database(join(folder, 'project.sqlite'));
  db.exec(sql);
  db.close();
}
const RETITLED = "UPDATE p_project SET title = 'County, altered'";

/** Opens it, and waits until it was compared with its history. */
async function openAndCompare(host: TestHost, folder: string) {
  await host.workspace.openPath('main-1', folder);
  await expect
    .poll(
      async () => {
        const open = await host.workspace.project('main-1');
        const isCompared = open !== null && (await host.home.seen.isCompared(open.folder, open.engine));
        return isCompared || (await stateOf(host)).altered !== null;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  return stateOf(host);
}

test('a folder from elsewhere whose tables were altered is named after it is opened, and rebuilt from its history', async () => {
  const folder = await fromElsewhere();
  alter(folder, RETITLED);
  const host = testHost();
  const state = await openAndCompare(host, folder);
  expect(state.project?.title).toBe('County, altered');
  expect(state.altered).toBe(1);
  const engine = (await host.workspace.project('main-1'))?.engine;
  expect((await engine?.call('project.verifyDatabase', {}))?.failures).toMatchObject([
    {
      kind: 'projection',
      message: 'The tables differ from the history in project (title). Rebuild the project from its history.',
    },
  ]);
  expect(host.told.filter(({ event }) => event === 'project.altered')).toHaveLength(1);

  // It is still altered, and said again, when it is opened once more.
  await call(host, 'app.closeProject');
  expect((await openAndCompare(host, folder)).altered).toBe(1);

  expect(await call(host, 'app.rebuildProject')).toMatchObject({ ok: true, value: { opened: true } });
  expect(await stateOf(host)).toMatchObject({ altered: null, project: { title: 'County reports' } });
  await call(host, 'app.closeProject');
  expect(await openAndCompare(host, folder)).toMatchObject({ altered: null, project: { title: 'County reports' } });
}, 180_000);

test('an edit that was altered in the log is named too, and a whole project is no alarm', async () => {
  const folder = await fromElsewhere();
  const host = testHost();
  const told = () => host.told.filter(({ event }) => event === 'project.altered');
  expect((await openAndCompare(host, folder)).altered).toBeNull();
  await call(host, 'project.rename', { title: 'Renamed here' });
  await call(host, 'app.closeProject');
  expect(told()).toEqual([]);
  // Left as it is by this installation: it is not compared again.
  await host.workspace.openPath('main-1', folder);
  const open = await host.workspace.project('main-1');
  expect(open && (await host.home.seen.isCompared(open.folder, open.engine))).toBe(true);
  await call(host, 'app.closeProject');

  const altered = await fromElsewhere();
  const db = new Database(join(altered, 'project.sqlite'));
  const triggers = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
  db.exec(`UPDATE change_ SET value = '"County, altered"' WHERE value = '"County reports"'; ${RETITLED}`);
  for (const { sql } of triggers) db.exec(sql);
  db.close();
  expect((await openAndCompare(host, altered)).altered).toBe(1);
  await call(host, 'app.closeProject');
}, 180_000);

test('what another installation wrote in a folder that was left here is compared as well', async () => {
  const host = testHost();
  const folder = await fromElsewhere();
  await openAndCompare(host, folder);
  await call(host, 'app.closeProject');
  const other = testHost();
  await other.workspace.openPath('main-1', folder);
  await call(other, 'project.rename', { title: 'Renamed elsewhere' });
  await call(other, 'app.closeProject');
  alter(folder, RETITLED);
  expect((await openAndCompare(host, folder)).altered).toBe(1);
  await call(host, 'app.closeProject');
}, 180_000);

test('a project that is open elsewhere, and so read-only here, is compared', async () => {
  const folder = await fromElsewhere();
  alter(folder, RETITLED);
  const other = await openFor(folder, somebody('Ben'));
  const host = testHost();
  expect((await openAndCompare(host, folder)).altered).toBe(1);
  expect(await call(host, 'app.rebuildProject')).toMatchObject({ ok: false, error: { code: 'PROJECT_LOCKED' } });
  await other.close();
  expect(await call(host, 'app.rebuildProject')).toMatchObject({ ok: true });
  await call(host, 'app.closeProject');
}, 180_000);
