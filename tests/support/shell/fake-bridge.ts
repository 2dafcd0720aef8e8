import type { Page } from 'playwright-core';
import type { RendererCallName } from '../../../shared/contract/index.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { fakeCodebook, fakeHits, fakePassages, fakeSources, PERSON, PROJECT, RECENTS } from './fixtures.ts';

export interface FakeOptions {
  readonly project: boolean;
  readonly sources: number;
  readonly codebook: string;
  /** Text of the interface, in percent. */
  readonly textSize?: number;
}

/**
 * A host of paper: answers reads of the shell from fixtures, so that its screens can be looked at before there is an
 * engine. For pictures only; nothing is tested against it.
 */
export class FakeHost {
  readonly #view = new Map<string, unknown>();
  readonly #options: FakeOptions;
  readonly #sources;
  readonly #codebook;
  readonly #passages;
  #settings;

  constructor(options: FakeOptions) {
    this.#options = options;
    this.#settings = { ...DEFAULT_SETTINGS, personName: PERSON.name, textSize: options.textSize ?? 100 };
    this.#sources = fakeSources(options.sources);
    this.#codebook = fakeCodebook(options.codebook);
    this.#passages = fakePassages(this.#codebook.categories, this.#sources, this.#sources.length === 0 ? 0 : 40);
  }

  /** Puts the bridge on a page, before its own scripts run. */
  async install(page: Page): Promise<void> {
    await page.exposeFunction('fakeCall', (name: RendererCallName, input: Record<string, unknown>) =>
      this.#answer(name, input),
    );
    await page.addInitScript(() => {
      const listeners: ((event: unknown) => void)[] = [];
      const page = window as unknown as Record<string, unknown>;
      page['fakeTell'] = (event: unknown) => listeners.forEach((listener) => listener(event));
      page['sourcebook'] = {
        call: page['fakeCall'],
        offer: () => Promise.resolve({ ok: true, value: [] }),
        on: (listener: (event: unknown) => void) => {
          listeners.push(listener);
          return () => listeners.splice(listeners.indexOf(listener), 1);
        },
      };
    });
  }

  #answer(name: RendererCallName, input: Record<string, unknown>): Result<unknown> {
    const { project } = this.#options;
    switch (name) {
      case 'app.state':
        return ok({
          host: 'electron',
          version: '0.1.0',
          platform: 'linux',
          project: project ? PROJECT : null,
          damaged: null,
          refused: null,
          person: PERSON,
          settings: this.#settings,
          recents: RECENTS,
          nativeDialogs: true,
          projectsPlace: 'Documents',
          dataPlace: '.local/share/Sourcebook',
        });
      case 'app.settings':
        this.#settings = { ...this.#settings, ...input };
        return ok(this.#settings);
      case 'project.info':
        return ok({
          id: PROJECT.id,
          title: PROJECT.title,
          person: PERSON,
          people: [PERSON],
          sources: this.#sources.length,
          passages: 151,
          bytes: 1.3e9,
          head: null,
          verified: this.#sources.length === 0 ? null : { at: Date.now(), ok: true, failures: 0 },
          codebook: { title: '', version: '0.1.0' },
          syncedBy: null,
          backupProblem: null,
          readOnly: false,
        });
      case 'import.running':
        return ok({ jobs: [] });
      case 'sources.list':
        return ok({ sources: this.#sources });
      case 'sources.get':
        return ok(this.#sources.find(({ id }) => id === input['id']));
      case 'sources.verify':
        return ok({ ok: true, sha256: this.#sources[0]?.sha256, found: this.#sources[0]?.sha256, at: Date.now() });
      case 'layers.get':
        return ok({
          id: input['id'],
          source: this.#sources[1]?.id,
          engine: 'pdfium',
          version: '2.15.1+1',
          sha256: this.#sources[0]?.sha256,
          frozen: null,
          length: 18_204,
          hasText: true,
          pages: [],
          notes: [],
        });
      case 'codebook.get':
        return ok(this.#codebook);
      case 'passages.list': {
        const passages = this.#passages.filter(
          (passage) => input['source'] === undefined || passage.source === input['source'],
        );
        return ok({ passages, total: passages.length });
      }
      case 'history.state':
        return ok({ undo: 'Set grade: Work report of Liuquan county', redo: null });
      case 'memos.list':
        return ok({ memos: [] });
      case 'search.prepare':
        return ok({ done: 1, total: 1, failed: 0 });
      case 'search.query':
        return ok(fakeHits(this.#passages, String(input['query'])));
      case 'history.undo':
        return ok({ label: 'Set grade: Work report of Liuquan county', left: [] });
      case 'view.get':
        return ok({ value: this.#view.get(String(input['key'])) ?? null });
      case 'view.set':
        this.#view.set(String(input['key']), input['value']);
        return ok({});
      case 'project.backups':
        return ok({
          backups: [1, 2, 3].map((n) => ({
            name: `b${String(n)}`,
            at: Date.now() - n * 86_400_000,
            bytes: 4.2e6,
            reason: 'daily',
          })),
        });
      case 'project.verify':
        return ok({
          ok: false,
          checked: { originals: 214, layers: 220, commits: 1290, changes: 10_233, passages: 151 },
          failures: [
            {
              kind: 'original',
              id: 'originals/5f/5f3a9c02',
              message: 'The original of “Sewing course” does not match its hash.',
            },
          ],
        });
      default:
        return fail('UNSUPPORTED', `The fake host has no ${name}.`);
    }
  }
}
