import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEngine } from '../../electron/engine/client.ts';
import { openHome } from '../../electron/host/home.ts';
import { PASSWORD, QUOTES, writeSources } from '../fixtures/sources.ts';
import { ROOT, startServe, stop } from '../support/served-program.ts';
import { Journey } from '../e2e/support/journey.ts';
import { browserHost, electronBinary, electronHost, isRealElectron, launchElectron } from '../e2e/support/hosts.ts';

const hosts = [
  { host: electronHost, title: isRealElectron ? 'Electron' : 'Electron’s bundles on the stand-in' },
  { host: browserHost, title: 'a browser' },
];

describe.each(hosts)('in $title', ({ host }) => {
  test('a project too damaged to be opened is restored from the start screen', async () => {
    const journey = new Journey(host);
    await journey.start();
    await journey.newProject('County');
    await journey.quit();
    const folder = journey.project('County');
    const database = join(folder, 'project.sqlite');
    truncateSync(database, statSync(database).size - 8192);

    await journey.start(folder);
    await journey.page.getByRole('alert').getByText('database is damaged').waitFor();
    await journey.page.getByRole('button', { name: 'Restore backup' }).waitFor();
    await journey.inspect('start-damaged', 'this host');
    await journey.quit();

    await journey.start();
    await journey.page.getByRole('button', { name: /^County/ }).click();
    await journey.page.getByRole('button', { name: 'Restore backup' }).waitFor();
    await expect.poll(() => journey.page.getByRole('alert').count()).toBe(1);
    await journey.page.getByRole('button', { name: 'Restore backup' }).click();
    const dialog = journey.page.getByRole('dialog', { name: 'Backups' });
    await dialog.getByRole('button', { name: /^Restore backup from/ }).click();
    await dialog.getByRole('button', { name: 'Restore backup', exact: true }).click();
    await journey.page.getByRole('heading', { name: 'Import your first sources' }).waitFor();
  });

  test('from an empty folder to evidence that is still there the next day', async () => {
    const journey = new Journey(host);
    const files = await writeSources(journey.folder);
    await journey.start();
    await journey.page.getByRole('heading', { name: 'Recent projects' }).waitFor();
    await journey.inspect('start', 'this host');
    await journey.newProject('柳泉县 2023');
    await journey.inspect('library-empty');

    await journey.choose([files.report, files.broken], () =>
      journey.page.getByRole('button', { name: 'Choose files' }).click(),
    );
    const report = journey.page.getByRole('dialog', { name: 'Import report' });
    await report.waitFor();
    await expect.poll(() => report.getByRole('listitem').count()).toBe(2);
    await report.getByText('broken.pdf').waitFor();
    await journey.inspect('import-report');
    await report.getByRole('button', { name: 'Close report' }).click();

    await journey.drop([files.page, files.notice]);
    await journey.page.getByRole('row', { name: /page\.html/ }).waitFor();
    await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
    // The window has read the page’s styles: its image is kept.
    const { sources } = await journey.call('sources.list', {});
    expect(sources.find(({ fileName }) => fileName === 'page.html')?.picture).toBeTypeOf('string');
    await journey.inspect('library');

    await journey.open(/report\.pdf/);
    await journey.mark(QUOTES.report);
    await journey.tag('cluster');
    await journey.inspect('reader-pdf');
    await journey.page.keyboard.press('Control+KeyZ');
    await expect.poll(() => journey.passages()).toEqual([]);
    await journey.page.keyboard.press('Control+Shift+KeyZ');
    await expect.poll(() => journey.passages()).toEqual([{ exact: QUOTES.report, tags: 1 }]);

    await journey.library();
    await journey.open(/page\.html/);
    await journey.mark(QUOTES.page);
    await journey.tag('quota');
    await journey.mark(QUOTES.pageUyghur);
    await journey.tag('org');
    await journey.inspect('reader-page');
    const before = await journey.passages();
    expect(before.map(({ exact }) => exact)).toEqual([QUOTES.report, QUOTES.page, QUOTES.pageUyghur]);
    expect(journey.inConsole).toEqual([]);

    await journey.quit();
    await journey.startAgain('柳泉县 2023');
    await expect.poll(() => journey.passages()).toEqual(before);

    // At once, while the page that was left open is still loading in its frame.
    const file = await journey.save('柳泉县 2023.sbk', () => journey.page.keyboard.press('Control+Shift+KeyE'));
    await journey.page.getByText(/^Exported|exported/).waitFor();
    await journey.quit();
    const colleague = new Journey(host);
    await colleague.start();
    await colleague.openProjectFile(file);
    await expect.poll(() => colleague.passages()).toEqual(before);
    expect(await colleague.call('project.verify', {})).toMatchObject({ ok: true, failures: [] });
  });

  test('a PDF behind a password asks for it, says when it is wrong, and opens with the right one', async () => {
    const journey = new Journey(host);
    const files = await writeSources(journey.folder);
    await journey.start();
    await journey.newProject('Locked files');
    await journey.choose([files.locked], () => journey.page.getByRole('button', { name: 'Choose files' }).click());
    const asking = journey.page.getByRole('dialog', { name: 'This file needs a password' });
    await asking.waitFor();
    await journey.inspect('password');
    await asking.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await journey.page.keyboard.press('Enter');
    await asking.getByText('Incorrect password').waitFor();
    await asking.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await journey.page.keyboard.press('Enter');
    await journey.page.getByRole('row', { name: /locked\.pdf/ }).waitFor();
  });

  test('a project open elsewhere opens read-only, says who has it, and can be edited once it is free', async () => {
    const journey = new Journey(host);
    await journey.start();
    await journey.newProject('Shared');
    await journey.quit();
    const folder = journey.project('Shared');
    const { engine, close } = await openElsewhere(folder, journey.home);
    await journey.start();
    // Electron has opened it already.
    if (host.name === 'browser') await journey.page.getByRole('button', { name: /^Shared/ }).click();
    await journey.page.getByText(/Nour has this project open elsewhere/).waitFor();
    await journey.inspect('project-locked');
    expect((await engine.call('project.info', {})).title).toBe('Shared');
    await close();
    await journey.page.getByRole('button', { name: 'Reopen' }).click();
    await journey.page.getByText(/has this project open elsewhere/).waitFor({ state: 'detached' });
    await journey.page.getByRole('heading', { name: 'Import your first sources' }).waitFor();
    await expect.poll(() => journey.page.evaluate(() => document.activeElement?.localName)).not.toBe('body');
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a project in a write-protected folder can be read, and says that it cannot be changed (skipped as root, who may write everywhere)',
    async () => {
      const journey = new Journey(host);
      await journey.start();
      await journey.newProject('Archive');
      await journey.quit();
      chmodSync(journey.project('Archive'), 0o500);
      await journey.startAgain('Archive');
      await journey.page.getByText('This project is read-only: its folder is write-protected').waitFor();
      await journey.inspect('project-read-only');
    },
  );

  test('the sample opens, and every part of the workbench works', async () => {
    const journey = new Journey(host);
    await journey.start();
    await journey.openSample();
    await journey.inspect('sample-library');
    await journey.open(/notice\.pdf/);
    await journey.page
      .getByRole('button', { name: /^(GRP|AIM|TRF|MAN|GRA)\b/ })
      .first()
      .waitFor();
    await journey.page.keyboard.press('j');
    await journey.page.getByRole('complementary', { name: 'Passage' }).getByText('Rural surplus labourers').waitFor();
    await journey.inspect('sample-reader');
    await journey.page.keyboard.press('Control+Comma');
    const settings = journey.page.getByRole('dialog', { name: 'Settings' });
    // Who made the gazetteer has to be named, in a browser too.
    await settings.getByText(/GeoNames \(geonames\.org\), CC BY 4\.0/).waitFor();
    await journey.inspect('settings');
    await journey.page.keyboard.press('Escape');
    expect((await journey.passages()).length).toBeGreaterThanOrEqual(30);
  });

  test('without a mouse: from the start to a tagged passage', async () => {
    const journey = new Journey(host);
    const { notice } = await writeSources(journey.folder);
    await journey.start();
    await journey.tabTo('button', /^New project/);
    await journey.page.keyboard.press('Enter');
    await journey.page.getByRole('textbox', { name: 'Title' }).waitFor();
    await journey.page.keyboard.type('By keyboard');
    await journey.page.keyboard.press('Enter');
    await journey.page.getByRole('heading', { name: 'Import your first sources' }).waitFor();
    await journey.tabTo('button', /^Choose files/);
    await journey.choose([notice], () => journey.page.keyboard.press('Enter'));
    await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
    await journey.tabTo('grid', /^Sources/);
    await journey.page.keyboard.press('ArrowDown');
    await journey.page.keyboard.press('Enter');
    await journey.front.waitFor();
    await journey.tabTo('document', /notice\.txt/);
    await journey.page.keyboard.press('Control+KeyA');
    await journey.tag('quota');
    await expect.poll(() => journey.passages()).toMatchObject([{ tags: 1 }]);
  });
});

describe(hosts[0]?.title ?? '', () => {
  test('an unusable data folder ends the program with a sentence', async () => {
    const env = { ...process.env, SOURCEBOOK_HOME: join(ROOT, 'package.json', 'home') };
    const child = spawn(electronBinary(), [ROOT], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(said).toContain('Set SOURCEBOOK_HOME to a folder you can write to.');
  });

  test('a second launch passes its project to the first', async () => {
    const journey = new Journey(electronHost);
    await journey.start();
    await journey.newProject('Handed over');
    await journey.call('app.closeProject', {});
    await journey.quit();
    const app = await launchElectron(journey.home);
    onTestFinished(() => app.close());
    const first = await app.firstWindow();
    await first.getByRole('heading', { name: 'Recent projects' }).waitFor();
    const second = spawn(electronBinary(), [ROOT, journey.project('Handed over')], {
      env: { ...process.env, SOURCEBOOK_HOME: journey.home },
      stdio: 'inherit',
    });
    expect((await once(second, 'exit'))[0]).toBe(0);
    await first.getByRole('heading', { name: 'Import your first sources' }).waitFor();
    expect(app.windows()).toHaveLength(1);
  });

  test('the menu runs commands of the page', async () => {
    const journey = new Journey(electronHost);
    await journey.start();
    await journey.quit();
    const app = await launchElectron(journey.home);
    onTestFinished(() => app.close());
    const page = await app.firstWindow();
    await page.getByRole('heading', { name: 'Recent projects' }).waitFor();
    await clickMenu(app, 'settings');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    // Where one types, undo is the field's own.
    const name = settings.getByRole('textbox').first();
    const before = await name.inputValue();
    await name.pressSequentially('x');
    await clickMenu(app, 'undo');
    await expect.poll(() => name.inputValue()).toBe(before);
    await clickMenu(app, 'redo');
    await expect.poll(() => name.inputValue()).not.toBe(before);
  });

  test('a page has the bridge and nothing else, opens nothing, and navigates nowhere', async () => {
    const journey = new Journey(electronHost);
    await journey.start();
    const { page } = journey;
    const seen = await page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(window, 'sourcebook') as object).toSorted(),
      frozen: Object.isFrozen(Reflect.get(window, 'sourcebook')),
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      secure: isSecureContext,
    }));
    expect(seen).toEqual({ bridge: ['call', 'offer', 'on'], frozen: true, node: [], secure: true });

    const address = page.url();
    for (const to of ['https://evil.example/', 'file:///etc/passwd', 'data:text/html,x', '/elsewhere']) {
      await page.evaluate((href) => {
        const link = document.createElement('a');
        link.href = href;
        document.body.append(link);
        link.click();
      }, to);
    }
    // The stand-in answers `window.open` while the page stands still; Chromium does not hold it with navigations under way.
    const opens = () => page.evaluate(() => window.open('https://evil.example/') === null).catch(() => false);
    await expect.poll(opens, { timeout: 5000 }).toBe(true);
    // A call to the host and back, sent after them: what any of them began has come by then.
    await journey.call('app.state', {});
    expect(page.url()).toBe(address);
    expect(page.context().pages()).toHaveLength(1);
    const fetched = await page.evaluate(() =>
      Promise.all(
        ['https://evil.example/', 'http://127.0.0.1:1/'].map((url) =>
          fetch(url).then(
            () => 'reached',
            () => 'refused',
          ),
        ),
      ),
    );
    expect(fetched).toEqual(['refused', 'refused']);
    journey.takeRequests();
  });

  test('calls from a frame, and calls of the program, are rejected by the gate', async () => {
    const journey = new Journey(electronHost);
    await journey.start();
    const answers = await journey.page.evaluate(async () => {
      const { call } = Reflect.get(window, 'sourcebook') as {
        call: (name: string, input: unknown) => Promise<unknown>;
      };
      return Promise.all([
        call('import.run', { job: 'a', paths: ['/etc/passwd'] }),
        call('nothing', {}),
        call('app.settings', { theme: 7 }),
      ]);
    });
    expect(answers).toMatchObject([
      { ok: false, error: { code: 'NOT_ALLOWED' } },
      { ok: false, error: { code: 'NOT_ALLOWED' } },
      { ok: false, error: { code: 'BAD_INPUT' } },
    ]);
  });
});

describe('serve', () => {
  test('prints one line, the address with its key, and ends cleanly when stopped', async () => {
    const journey = new Journey(browserHost);
    await journey.start();
    await journey.newProject('Served');
    await journey.quit();
    const folder = journey.project('Served');
    const served = await startServe(journey.home, [folder, '--port', '0']);
    expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]+\/\?key=[\w-]+$/);
    await expect(openElsewhere(folder, journey.home)).rejects.toMatchObject({ data: { code: 'PROJECT_LOCKED' } });
    expect(await stop(served.process)).toBe(0);
    expect(served.lines).toHaveLength(1);
    const { close } = await openElsewhere(folder, journey.home);
    await close();
  });
});

/** The project as another program would open it. */
async function openElsewhere(folder: string, home: string) {
  const owner = openHome({ SOURCEBOOK_HOME: home });
  const engine = await startEngine({ folder, person: owner.person(), installation: owner.installation() });
  return { engine, close: () => engine.close() };
}

const clickMenu = (app: ElectronApplication, id: string): Promise<void> =>
  app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
