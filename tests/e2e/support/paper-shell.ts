import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { sharedChromium } from '../../support/browser.ts';
import { FakeHost } from '../../support/shell/fake-bridge.ts';
import { serveShell, type Shell } from '../../support/shell/shell.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { Screens } from './screens.ts';

/** A state of a screen that is looked at. */
export interface Shot {
  readonly name: string;
  readonly width?: number;
  readonly forcedColours?: boolean;
  /** What one does to come to the screen; what it waits for is there when it is looked at. */
  readonly act?: (page: Page, host: FakeHost) => Promise<void>;
}

/** Many screens in one go take their time on a busy machine, ms. */
export const LOOKING = 300_000;

/** How one comes to the screen that the shots of a file are states of. */
interface Way<S extends Shot> {
  /** Sets the scene on the host of paper; the page is loaded after it. */
  readonly set: (host: FakeHost, shot: S) => void;
  /** Settles once the screen has all it asked for. */
  readonly arrive: (page: Page, shot: S) => Promise<void>;
}

/** `SCREENS=team-preview npx vitest …` looks at those screens only. */
const wanted = ({ name }: Shot): boolean => new RegExp(process.env['SCREENS'] ?? '').test(name);

/** The built renderer over a host of paper, for all tests of a file. */
export class PaperShell {
  #shell: Shell | null = null;

  constructor() {
    beforeAll(async () => {
      this.#shell = await serveShell('out/renderer');
    });
    afterAll(async () => {
      this.#shell?.close();
    });
  }

  /** A window of its own, where nothing moves. */
  async newPage(): Promise<Page> {
    const page = await (
      await sharedChromium()
    ).newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(PATIENCE_MS);
    return page;
  }

  /** What is wrong with the screenshots. Each is taken in a newly loaded page. */
  async look<S extends Shot>(shots: readonly S[], { set, arrive }: Way<S>): Promise<string[]> {
    const page = await this.newPage();
    const host = new FakeHost();
    await host.install(page);
    const screens = new Screens(page);
    for (const shot of shots.filter(wanted)) {
      const { name, width = 1440, forcedColours = false, act } = shot;
      screens.begin(name);
      set(host, shot);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ forcedColors: forcedColours ? 'active' : 'none' });
      await page.goto(this.#shell?.address ?? '');
      await arrive(page, shot)
        .then(() => act?.(page, host))
        .catch((thrown: unknown) => screens.wrong.push(`${name}: ${String(thrown)}`));
      await screens.look(name);
    }
    await page.close();
    return [...screens.wrong, ...host.complaints];
  }
}
