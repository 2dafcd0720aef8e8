import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine, type Engine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import type { PassageId, Role } from '../../shared/model/index.ts';
import { categoriesOf, mark, newFolder } from '../support/project.ts';
import { browserHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';
import { Screens } from '../e2e/support/screens.ts';

const [ANALYST, TRANSLATOR, CHECKER, EDITOR] = ['A. Lindqvist', 'T. Abliz', 'J. Moreau', 'H. Okada'] as const;
const ROLES: Readonly<Record<string, Role[]>> = {
  [ANALYST]: ['analyst', 'coder'],
  [TRANSLATOR]: ['translator'],
  [CHECKER]: ['checker'],
  [EDITOR]: ['editor'],
};
const UYGHUR = 'ناھىيىمىز 2023-يىلى 386 ئادەمنى ئۆلكە ھالقىپ ئىشقا ئورۇنلاشتۇردى';
const CHINESE = '全年实现农村富余劳动力转移就业1.26万人次';
const LAND = '全县流转土地4.8万亩';
const NEWS = `سۆگەتبۇلاق خەۋەرلىرى\n\n${UYGHUR}. خىزمەت ئەترىتى ئۆيمۇ-ئۆي كىرىپ ئەھۋال ئىگىلەپ تىزىملىدى.\n`;
const REPORT = `柳泉县2023年政府工作报告\n\n（一）有组织转移就业。${CHINESE}，同比增加6.3%。\n\n（三）推进土地流转。${LAND}，成立农民专业合作社37家。\n`;

/** A team that works on one project, each with a key of their own; one of them sits before the screen. */
class Team extends Journey {
  readonly ids: Record<string, PassageId> = {};
  #folder = '';

  constructor() {
    super(browserHost);
  }
  get #home() {
    return openHome({ SOURCEBOOK_HOME: this.home });
  }

  /** Someone opens the project elsewhere, does something and closes it. */
  async as(name: string, act: (engine: Engine) => Promise<unknown>): Promise<void> {
    const engine = await openEngine({
      folder: this.#folder,
      person: this.#home.person(name),
      installation: name,
      workers: 1,
    });
    try {
      await act(engine);
    } finally {
      await engine.close();
    }
  }

  /** From now on it is this person who sits before the screen, with the project open. */
  async sits(name: string): Promise<void> {
    this.#home.changeSettings({ personName: name });
    // On a computer of their own: keys of one installation count as one person.
    rmSync(join(this.home, 'installation.json'), { force: true });
    await this.start(this.#folder);
    await this.page.getByRole('button', { name: 'Library', exact: true }).waitFor();
  }

  /** Three passages coded by the analyst; two of them translated. */
  async prepare(): Promise<void> {
    const home = this.#home;
    this.#folder = newFolder({ person: home.person(ANALYST), at: this.desktop });
    const [news, report] = [join(this.folder, 'news.txt'), join(this.folder, 'report.txt')];
    writeFileSync(news, NEWS);
    writeFileSync(report, REPORT);
    await this.as(ANALYST, async (engine) => {
      await engine.call('import.run', { job: 'review', paths: [news, report] });
      const { sources } = await engine.call('sources.list', {});
      const categories = await categoriesOf(engine, 'TRF.ORG', 'FIG.ACT');
      for (const [file, language, exact] of [
        ['news.txt', 'ug', UYGHUR],
        ['report.txt', 'zh-Hans', CHINESE],
        ['report.txt', 'zh-Hans', LAND],
      ] as const) {
        const source = sources.find(({ fileName }) => fileName === file);
        if (source === undefined) throw new Error(`${file} is not there.`);
        await engine.call('sources.edit', { id: source.id, patch: { language } });
        const { id } = await mark(engine, source.id, exact, { categories });
        this.ids[exact] = id;
        await engine.call('review.move', { passage: id, to: 'coded' });
      }
    });
    await this.as(TRANSLATOR, async (engine) => {
      for (const [exact, text] of [
        [UYGHUR, 'In 2023 our county placed 386 persons in jobs across provinces'],
        [CHINESE, 'Over the year, transfer employment of surplus rural labour reached 12,600 person-times'],
      ] as const) {
        const passage = this.idOf(exact);
        await engine.call('translations.set', { passage, text });
        await engine.call('review.move', { passage, to: 'translated' });
      }
    });
    for (const name of [ANALYST, TRANSLATOR, CHECKER, EDITOR]) {
      const { id } = home.person(name);
      await this.as(name, async (engine) => {
        // A person is known in a project once they have edited it.
        const { sources } = await engine.call('sources.list', {});
        const target = { kind: 'source' as const, id: sources[0]?.id ?? '' };
        await engine.call('memos.set', { target, text: `${name} has read it.` });
        await engine.call('people.setRoles', { id, roles: ROLES[name] ?? [] });
      });
    }
  }

  idOf(exact: string): PassageId {
    const id = this.ids[exact];
    if (id === undefined) throw new Error(`There is no passage “${exact}”.`);
    return id;
  }
  async stateOf(exact: string): Promise<string> {
    return (await this.call('review.get', { passage: this.idOf(exact) })).state;
  }
  key(...keys: readonly string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }
  /** The passage that is shown is this one. */
  async isOn(exact: string): Promise<void> {
    await this.page.locator('.review-original', { hasText: exact }).waitFor();
  }
  /** Until the whole passage was on screen: before that, nobody can vouch for it. */
  async look(): Promise<void> {
    await this.page.locator('.review-passage[data-looked="in full"]').waitFor();
  }
}

test('a passage goes from check to approval by keyboard alone, is reopened when it changes, and no one approves their own work', async () => {
  const team = new Team();
  await team.prepare();
  await team.sits(CHECKER);
  const { page } = team;
  const screens = new Screens(page);

  // The checker: their queue is the one they come to, and counted in the bar above.
  await page.locator('.frame-count').waitFor();
  await team.key('Alt+Digit6');
  await page.getByRole('radio', { name: /^To check/, checked: true }).waitFor();
  // The oldest comes first.
  await team.isOn(UYGHUR);
  await page.getByText('386 in both texts').waitFor();
  await screens.look('real-review-check');

  // Into the page, and back to the very passage.
  await team.key('o');
  await page.getByRole('button', { name: /^Back to review/ }).waitFor();
  await page.getByRole('complementary', { name: 'Passage', exact: true }).getByText('386').first().waitFor();
  await screens.look('real-review-away');
  await team.key('o');
  await team.isOn(UYGHUR);

  // A comment that calls the editor; then the check, after which one is on the next passage by itself.
  await team.key('c');
  await page.locator('.thread-compose textarea:focus').waitFor();
  await page.keyboard.type('Fine with me, @edi');
  await page.getByRole('option', { name: /@editor/ }).waitFor();
  await team.key('Enter');
  await page.keyboard.type('please look');
  await team.key('Control+Enter');
  await page.locator('.comment', { hasText: '@editor' }).waitFor();
  await team.key('Escape');
  await team.look();
  await team.key('a');
  await expect.poll(() => team.stateOf(UYGHUR)).toBe('checked');
  await page.locator('.review-row[data-done]').waitFor();

  // The other translation goes back with a reason.
  await team.isOn(CHINESE);
  await team.key('r');
  await page.keyboard.type('人次 is person-times: say whose.');
  await team.key('Enter');
  await expect.poll(() => team.stateOf(CHINESE)).toBe('returned');
  await team.quit();

  // The translator finds it among what is theirs, mends it, and passes it on again.
  await team.sits(TRANSLATOR);
  await team.key('Alt+Digit6');
  await team.page.getByRole('radio', { name: /^To translate/ }).waitFor();
  await team.key('7');
  await team.isOn(CHINESE);
  await team.page.getByText('say whose').first().waitFor();
  await team.key('e');
  const field = team.page.getByRole('textbox', { name: 'Translation into English' });
  await field.waitFor();
  await team.page.keyboard.type(' of the county');
  await team.key('Control+Enter');
  await field.waitFor({ state: 'detached' });
  await team.page.getByText('Draft 2 replaces draft 1').waitFor();
  await team.key('a');
  await expect.poll(() => team.stateOf(CHINESE)).toBe('translated');
  // What they translated themselves they cannot check: it is said where the step would be.
  await team.key('8');
  await team.page.locator('.review-row', { hasText: '1.26万人次' }).click();
  await team.isOn(CHINESE);
  await team.key('a');
  await team.page.locator('.review-acts [role="alert"]').waitFor();
  await expect.poll(() => team.stateOf(CHINESE)).toBe('translated');
  await team.quit();

  // The editor is called, sees it under what is theirs, and approves.
  await team.sits(EDITOR);
  await team.key('Alt+Digit6');
  await team.page.getByRole('radio', { name: /^To approve/, checked: true }).waitFor();
  await team.isOn(UYGHUR);
  await team.look();
  await team.key('a');
  await expect.poll(() => team.stateOf(UYGHUR)).toBe('approved');
  // Undone as anything is, and done again.
  await team.key('Control+z');
  await expect.poll(() => team.stateOf(UYGHUR)).toBe('checked');
  await team.key('Control+Shift+z');
  await expect.poll(() => team.stateOf(UYGHUR)).toBe('approved');
  await team.quit();

  // The analyst tags it otherwise: what was approved is open again, with what is otherwise, and who did it.
  await team.as(ANALYST, async (engine) => {
    const add = await categoriesOf(engine, 'TRF.XPROV');
    await engine.call('tags.change', { passages: [team.idOf(UYGHUR)], add, remove: [] });
  });
  await team.sits(CHECKER);
  await team.key('Alt+Digit6', '8');
  await team.page.locator('.review-row', { hasText: 'Reopened' }).click();
  const reopened = team.page.locator('.review-reopened');
  await reopened.getByText('Tags').waitFor();
  await expect.poll(() => reopened.textContent()).toContain(ANALYST);
  const again = new Screens(team.page);
  await again.look('real-review-reopened');
  await team.page.getByRole('button', { name: /^Check again/ }).waitFor();
  await team.look();
  await team.key('a');
  await expect.poll(() => team.stateOf(UYGHUR)).toBe('checked');
  expect([...screens.wrong, ...again.wrong]).toEqual([]);
});

test('while reading, a passage is translated, commented on and opened in review by keys', async () => {
  const team = new Team();
  await team.prepare();
  await team.sits(CHECKER);
  const { page } = team;
  const screens = new Screens(page);
  await team.open(/report/);
  await page.locator('.text-view').focus();
  await team.key('j', 'j');
  const inspector = page.getByRole('complementary', { name: 'Passage', exact: true });
  await inspector.getByText(LAND).waitFor();
  await inspector.getByText('Coded', { exact: true }).waitFor();
  await team.key('e');
  await page.keyboard.type('In the whole county 480,000 mu of land were transferred');
  await inspector.getByText('not in the original').waitFor();
  await screens.look('real-reader-translating');
  await team.key('Control+Enter');
  await inspector.getByText('English, by hand, not checked').waitFor();
  await page.locator('.text-view').focus();
  await team.key('c');
  await page.locator('.thread-compose textarea:focus').waitFor();
  await page.keyboard.type('48,000, surely?');
  await team.key('Control+Enter');
  await inspector.locator('.comment', { hasText: '48,000, surely?' }).waitFor();
  await screens.look('real-reader-commented');
  // One's own step can be undone, and redone.
  await inspector.getByRole('button', { name: 'Comment actions' }).click();
  await page.getByRole('menuitem', { name: 'Remove comment' }).click();
  await inspector.locator('.comment').waitFor({ state: 'detached' });
  await page.locator('.text-view').focus();
  await team.key('Control+z');
  await inspector.locator('.comment', { hasText: '48,000, surely?' }).waitFor();
  await team.key('g');
  await team.isOn(LAND);
  await page.locator('.comment', { hasText: '48,000, surely?' }).waitFor();
  expect(screens.wrong).toEqual([]);
});
