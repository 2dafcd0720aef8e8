import type { Page } from 'playwright-core';
import type { z } from 'zod';
import {
  contract,
  events,
  type CallOutput,
  type EventName,
  type EventPayload,
  type RendererCallName,
} from '../../../shared/contract/index.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/contract/settings.ts';
import { fail, Fault, ok, type Result } from '../../../shared/errors.ts';
import {
  fakeCodebook,
  fakeHits,
  fakePassages,
  fakeRemoved,
  fakeSources,
  PERSON,
  PROJECT,
  RECENTS,
} from './fixtures.ts';
import { FakeReview } from './review.ts';

/** The state of the fake host's machine. */
export interface Scene {
  readonly project: boolean;
  readonly sources: number;
  /** Text size of the interface, in percent. */
  readonly textSize: number;
  /** No project was ever opened here. */
  readonly firstRun: boolean;
  /** The trash is empty. */
  readonly emptyTrash: boolean;
  /** Passages in review. */
  readonly reviewed: number;
}

export const USUAL: Scene = {
  project: true,
  sources: 9,
  textSize: 100,
  firstRun: false,
  emptyTrash: false,
  reviewed: 8,
};
const UNDONE = 'Edit details of Work report of Liuquan county';

export type Answers = { readonly [N in RendererCallName]?: (input: Record<string, unknown>) => CallOutput<N> };

/**
 * A fake host: answers the shell's calls from fixtures, so that every screen can be shown in every state. Its answers and
 * events are checked against the contract, and a mismatch fails the test, so the fixtures stay valid.
 */
export class FakeHost {
  readonly complaints: string[] = [];
  readonly #codebook = fakeCodebook();
  readonly #view = new Map<string, CallOutput<'view.get'>['value']>();
  #scene: Scene = USUAL;
  #settings: Settings = DEFAULT_SETTINGS;
  #answers: Answers = {};
  #review: FakeReview | null = null;

  constructor() {
    this.set(USUAL);
  }

  /** What the review in the current scene received and returns. */
  get review(): FakeReview {
    if (this.#review === null) throw new Error('There is no scene yet.');
    return this.#review;
  }

  /** Another state, for the next page that is loaded. */
  set(scene: Scene): void {
    this.#scene = scene;
    this.#settings = { ...DEFAULT_SETTINGS, personName: PERSON.name, textSize: scene.textSize };
    this.#view.clear();
    this.#answers = this.#make();
  }

  /** Answers for one part of the interface, until the next scene. An answer can throw a Fault. */
  add(answers: Answers): void {
    this.#answers = { ...this.#answers, ...answers };
  }

  /** Installs the bridge on a page, before its own scripts run. */
  async install(page: Page): Promise<void> {
    await page.exposeFunction('fakeCall', (name: RendererCallName, input: Record<string, unknown>) =>
      this.answer(name, input),
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

  /** Sends an event of the host to the page. */
  async tell<N extends EventName>(page: Page, event: N, payload: EventPayload<N>): Promise<void> {
    this.#hold(events[event], payload, event);
    await page.evaluate(
      (message) => (window as unknown as { fakeTell: (message: unknown) => void }).fakeTell(message),
      {
        event,
        payload,
      },
    );
  }

  /** As a bridge would. */
  answer(name: RendererCallName, input: Record<string, unknown>): Result<unknown> {
    const answer = this.#answers[name];
    if (answer === undefined) {
      this.complaints.push(`The fake host has no ${name}.`);
      return fail('UNSUPPORTED', `The fake host has no ${name}.`);
    }
    this.#hold(contract[name].input, input, `what ${name} is asked`);
    const { refuse } = this.review;
    if (refuse?.name === name) {
      this.review.refuse = null;
      return fail(refuse.code, refuse.message);
    }
    const value = answered(() => answer(input));
    if (value instanceof Fault) return { ok: false, error: value.data };
    this.#hold(contract[name].output, value, `what ${name} answers`);
    return ok(value);
  }

  #hold(schema: z.ZodType, value: unknown, what: string): void {
    const { error } = schema.safeParse(value);
    if (error !== undefined) this.complaints.push(`${what}: ${error.message.slice(0, 400)}`);
  }

  #make(): Answers {
    return {
      ...this.#ofProgram(),
      ...this.#ofProject(),
      ...this.#ofSources(),
      ...this.#ofCodebook(),
      ...this.#ofReview(),
    };
  }

  #ofProgram(): Answers {
    const { project, firstRun } = this.#scene;
    return {
      'app.state': () => ({
        host: 'electron',
        version: '0.1.0',
        platform: 'linux',
        project: project ? PROJECT : null,
        showing: project ? 1 : 0,
        damaged: null,
        refused: null,
        person: PERSON,
        needsName: false,
        key: { protection: 'plain', hasStore: false },
        locked: false,
        older: null,
        altered: null,
        settings: this.#settings,
        recents: firstRun ? [] : RECENTS,
        nativeDialogs: true,
        projectsPlace: 'Documents',
        dataPlace: '.local/share/Sourcebook',
      }),
      'app.settings': (input) => {
        this.#settings = contract['app.settings'].output.parse({ ...this.#settings, ...input });
        return this.#settings;
      },
      'app.waitingFile': () => ({ offer: null }),
      'app.active': () => ({}),
      'app.people': () => ({ people: [] }),
      'app.trustedRoots': () => ({ roots: [] }),
      'app.lacking': () => ({ lacking: null }),
      'view.get': (input) => ({ value: this.#view.get(String(input['key'])) ?? null }),
      'view.set': (input) => {
        this.#view.set(String(input['key']), contract['view.get'].output.shape.value.parse(input['value']));
        return {};
      },
    };
  }

  #ofProject(): Answers {
    const { sources, emptyTrash } = this.#scene;
    const removed = emptyTrash ? [] : fakeRemoved();
    return {
      'project.info': () => ({
        ...PROJECT,
        person: PERSON,
        key: { protection: 'plain', hasStore: false },
        locked: false,
        people: [PERSON],
        sources,
        passages: 151,
        bytes: 1.3e9,
        head: null,
        verified: sources === 0 ? null : { at: Date.now(), ok: true, failures: 0 },
        codebook: { title: 'Coercive labour policy', version: '0.1.0' },
        syncedBy: null,
        backupProblem: null,
        readOnly: false,
        diskFull: false,
        holder: null,
        replacedWhileOpen: null,
      }),
      'app.conflictCopies': () => ({ copies: [] }),
      'merge.conflicts': () => ({ conflicts: [], total: 0, next: null }),
      'assignments.list': () => ({ assignments: [], blind: null, removed: [] }),
      'project.backups': () => ({
        backups: [1, 2, 3].map((n) => ({
          name: `b${String(n)}`,
          at: Date.now() - n * 86_400_000,
          bytes: 4.2e6,
          reason: 'daily',
        })),
      }),
      'project.verify': () => ({
        ok: false,
        checked: { originals: 214, layers: 220, commits: 1290, changes: 10_233, passages: 151 },
        failures: [
          {
            kind: 'original',
            id: 'originals/5f/5f3a9c02',
            message: 'The original of “Sewing course” does not match its hash.',
          },
        ],
        remarks: [],
      }),
      'history.state': () => ({ undo: UNDONE, redo: null }),
      'history.undo': () => ({ label: UNDONE, left: [] }),
      'memos.list': () => ({ memos: [] }),
      'passages.visibility': () => ({ checked: true, hidden: [] }),
      'passages.movedTags': () => ({ moved: [] }),
      'passages.foundBy': () => ({ query: null, accepted: [] }),
      'versions.list': () => ({ versions: [] }),
      'versions.figures': () => ({ figures: [] }),
      'trash.list': () => ({ removed }),
      'claims.list': () => ({ claims: [] }),
      'relations.across': () => ({ blind: false, relations: [], more: false }),
      'relations.recorded': () => ({ blind: false, relations: [] }),
      'relations.ofSource': () => ({ blind: false, relations: [], unpaired: [] }),
      'dossiers.list': () => ({ dossiers: [] }),
      'drafts.list': () => ({ drafts: [] }),
      'masks.list': () => ({ masks: [], open: [] }),
      'projectFile.masks': () => ({ masks: 0, leftOut: 0, unmasked: 0 }),
      'figures.ofSource': () => ({
        layer: null,
        blind: false,
        figures: [],
        larger: [],
        lost: [],
        relations: [],
        unpaired: [],
        leftOut: [],
        more: 0,
      }),
    };
  }

  #ofSources(): Answers {
    const sources = fakeSources(this.#scene.sources);
    const passages = fakePassages(this.#codebook.categories, sources, sources.length === 0 ? 0 : 40);
    const known = (id: unknown) => {
      const source = sources.find((one) => one.id === id);
      if (source === undefined) throw new Error(`The fake host has no source ${String(id)}.`);
      return source;
    };
    return {
      'import.running': () => ({ jobs: [] }),
      'import.lastReport': () => ({ report: null }),
      'import.closeReport': () => ({}),
      'sources.list': () => ({ sources }),
      'collections.list': () => ({ collections: [] }),
      'copies.list': () => ({
        groups: [],
        offers: [],
        more: 0,
        looked: null,
        unread: 0,
        running: null,
        apart: 0,
        unlike: [],
      }),
      'copies.groups': () => ({ groups: [] }),
      'sources.readBy': () => ({ read: sources.map(({ id }) => id) }),
      'sources.suggestions': () => ({ suggestions: [] }),
      'sources.get': ({ id }) => known(id),
      'exchange.annotations': ({ source }) => ({
        format: 'pdf',
        name: known(source).fileName,
        program: null,
        lines: [],
        notCarried: [],
        missing: [],
        questions: [],
      }),
      'sources.verify': ({ id }) => ({ ok: true, sha256: known(id).sha256, found: known(id).sha256, at: Date.now() }),
      'layers.get': ({ id }) => {
        const source = sources.find(({ layer }) => layer === id) ?? known(id);
        return contract['layers.get'].output.parse({
          id,
          source: source.id,
          engine: source.kind === 'page' ? 'frozen-page' : 'pdfium',
          version: '2.15.1+1',
          sha256: source.sha256,
          frozen: null,
          length: 18_204,
          hasText: true,
          pages: [],
          notes: source.kind === 'page' ? ['Not in the capture: 3 pictures.', 'Left out: one film.'] : [],
          charset: null,
        });
      },
      'layers.check': () => ({ broken: null }),
      'layers.text': () => ({ text: '赴对口援疆省市就业386人。' }),
      'passages.list': (input) => {
        const own = passages.filter(({ source }) => input['source'] === undefined || source === input['source']);
        return { passages: own, total: own.length };
      },
      'search.prepare': () => ({ done: 1, total: 1, failed: 0 }),
      'search.query': (input) => fakeHits(passages, String(input['query'])),
    };
  }

  #ofCodebook(): Answers {
    const counts = this.#codebook.categories.map(({ id, passages, deepPassages }) => ({ id, passages, deepPassages }));
    return {
      'codebook.get': () => this.#codebook,
      'codebook.counts': () => ({ counts }),
    };
  }

  #ofReview(): Answers {
    const review = new FakeReview(this.#codebook.categories, fakeSources(this.#scene.sources), this.#scene.reviewed);
    this.#review = review;
    return {
      'people.list': () => ({ people: review.people() }),
      'app.people': () => ({
        people: review.people().map((one, n) => ({
          ...one,
          trust: (['me', 'confirmed', 'new'] as const)[n] ?? 'confirmed',
          confirmedFingerprint: null,
          age: null,
        })),
      }),
      'review.queue': (input) => review.queue(input),
      'review.get': ({ passage }) => review.get(passage),
      'review.move': (input) => review.move(input),
      'translations.set': (input) => review.translate(input),
      'comments.add': (input) => review.comment(input),
      'comments.edit': (input) => {
        const { comments } = review.change('comments.edit', input);
        const found = comments.find(({ id }) => id === input['id']);
        if (found === undefined) throw new Error('It was there.');
        return found;
      },
      'comments.remove': (input) => {
        review.change('comments.remove', input);
        return {};
      },
      'comments.resolve': (input) => {
        review.change('comments.resolve', input);
        return {};
      },
    };
  }
}

function answered(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}
