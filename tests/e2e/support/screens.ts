import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../../support/served-program.ts';
import { overflowOf, violationsOf } from '../../support/shell/shell.ts';

const PICTURES = join(ROOT, 'out/screens');

/**
 * Looks at screens: each is held against what a machine can say of it, and photographed into out/screens for people to look
 * at. Screens differ in little but colour from one theme to the other, so they take turns; `SCREENS` (a pattern of names)
 * has both themes of those it names. What is wrong is gathered, so that one run tells of all screens.
 */
export class Screens {
  readonly wrong: string[] = [];
  readonly #page: Page;
  #at = '';
  #turn: 'light' | 'dark' = 'light';

  constructor(page: Page) {
    this.#page = page;
    mkdirSync(PICTURES, { recursive: true });
    page.on('console', (message) => {
      if (message.type() === 'error') this.wrong.push(`${this.#at}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.wrong.push(`${this.#at}: ${error.message}`));
  }

  /** From now on it is this screen that is looked at. */
  begin(name: string): void {
    this.#at = name;
  }

  /** The screen as it is now. */
  async look(name: string): Promise<void> {
    this.begin(name);
    const page = this.#page;
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    for (const theme of process.env['SCREENS'] === undefined ? [this.#turn] : (['dark', 'light'] as const)) {
      await page.emulateMedia({ colorScheme: theme });
      await page.screenshot({ path: join(PICTURES, `${name}-${theme}.png`) });
      for (const line of await violationsOf(page)) this.wrong.push(`${name} ${theme}: ${line}`);
    }
    this.#turn = this.#turn === 'light' ? 'dark' : 'light';
    for (const line of await overflowOf(page)) this.wrong.push(`${name}: out of reach: ${line}`);
  }
}
