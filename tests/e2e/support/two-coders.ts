import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { openEngine, type Engine } from '../../../electron/engine/engine.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import { openHome } from '../../../electron/host/home.ts';
import type { Assignment, Source } from '../../../shared/model/index.ts';
import { addPath, categoriesOf, newFolder, somebody } from '../../support/project.ts';
import { browserHost } from './hosts.ts';
import { Journey } from './journey.ts';

const REPORT_NAME = 'report.txt';
type Person = ReturnType<typeof somebody>;

/** Twelve sentences: every other one is about land, and every third about transfer. */
const sentence = (at: number): string =>
  `第${String(at)}件：${at % 2 === 0 ? '流转土地若干亩' : at % 3 === 0 ? '组织转移就业若干人' : '召开会议一次'}。`;
const REPORT = [0, 1, 2, 3].map((row) => [1, 2, 3].map((column) => sentence(row * 3 + column)).join('')).join('\n');

/** Who leads sits before the screen; who codes blind works on a copy elsewhere. */
export class TwoCoders extends Journey {
  readonly ben = somebody('Ben');
  readonly anne = somebody('Anne');
  study = '';
  /** Who gives out: who sits before the screen, unless that is the coder. */
  lead: Person = this.anne;
  report: Source | null = null;

  constructor() {
    super(browserHost);
  }

  /** Who sits before the screen. */
  get me(): Person {
    return openHome({ SOURCEBOOK_HOME: this.home }).person();
  }
  get main(): Locator {
    return this.page.locator('.team-main');
  }

  /** A project with a report in which the lead has tagged what is about land. */
  async prepare({ lead = this.me, report = REPORT } = {}): Promise<void> {
    this.lead = lead;
    this.study = newFolder({ person: lead, at: this.desktop });
    const path = join(this.folder, REPORT_NAME);
    writeFileSync(path, report);
    await this.at(this.study, lead, async (engine) => {
      this.report = await addPath(engine, path);
      await this.tagAll(engine, report.match(/第\d+件：流转土地若干亩。/gu) ?? [], 'LND.RIGHTS');
    });
  }

  /** A person working in a folder, until `act` ends. */
  async at<T>(folder: string, person: Person, act: (engine: Engine) => Promise<T>): Promise<T> {
    const engine = await openEngine({ folder, person, workers: 1 });
    try {
      return await act(engine);
    } finally {
      await engine.close();
    }
  }

  async tagAll(engine: Engine, quotes: readonly string[], code: string): Promise<void> {
    const categories = await categoriesOf(engine, code);
    const { sources } = await engine.call('sources.list', {});
    const source = sources.find(({ fileName }) => fileName === REPORT_NAME);
    if (source === undefined) throw new Error('There is no source.');
    for (const exact of quotes) {
      const { layer, start, end } = await engine.call('passages.find', { source: source.id, quote: { exact } });
      await engine.call('passages.create', {
        source: source.id,
        layer,
        marked: { kind: 'text', start, end },
        categories,
      });
    }
  }

  /** Ben opens the file he was sent, codes, and exports his work. Returns the path of the exported file. */
  async handsBack(sent: string, code: (engine: Engine, assignment: Assignment) => Promise<void>): Promise<string> {
    const folder = join(this.desktop, 'Copy of Ben.sourcebook');
    const back = join(this.desktop, 'from-ben.sbk');
    await importProjectFile({ file: sent, folder, person: this.ben });
    await this.at(folder, this.ben, async (engine) => {
      const { assignments, blind } = await engine.call('assignments.list', {});
      const own = assignments.find(({ id }) => id === blind);
      if (own === undefined) throw new Error('The copy names no assignment.');
      await code(engine, own);
      await engine.call('assignments.done', { id: own.id });
      await engine.call('projectFile.export', { path: back });
    });
    return back;
  }

  /** Whoever sits before the screen was sent a sample to code blind: answers the folder of their copy. */
  async receive(coder: string, sample: string): Promise<string> {
    const path = join(this.desktop, 'sent.sbk');
    const folder = join(this.desktop, 'Copy.sourcebook');
    await this.at(this.study, this.lead, (engine) => engine.call('assignments.create', { coder, sample, path }));
    await importProjectFile({ file: path, folder, person: this.me });
    return folder;
  }
}
