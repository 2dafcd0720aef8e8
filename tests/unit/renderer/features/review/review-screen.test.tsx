// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi, makeQueryClient } from '../../../../../renderer/api/index.ts';
import { App } from '../../../../../renderer/shell/App.tsx';
import { canRun, runCommand, useCommandList } from '../../../../../renderer/common/commands/registry.ts';
import { useDrafts } from '../../../../../renderer/common/drafts/drafts.ts';
import { useReviewing } from '../../../../../renderer/common/review/state.ts';
import { useWorkbench } from '../../../../../renderer/common/workbench/workbench.ts';
import { answered, untilSeen } from '../../../../support/shell/answered.ts';
import { FakeHost, USUAL, type Scene } from '../../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';
import { TEAM } from '../../../../support/shell/review.ts';

// Above `renderedInJsdom`, to run after the screen was unmounted.
afterEach(() => useDrafts.setState({ drafts: new Map() }));
const screen = renderedInJsdom();
let place: HTMLElement;
let host: FakeHost;
let client = makeQueryClient();
let tell: (message: { event: string; payload: unknown }) => void;

beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
  document.documentElement.style.cssText = 'font-size: 16px; --row: 1.625rem';
  place = screen.place();
});
/** Renders the review screen of a project; writes are reported back as commits, as the host does. */
async function begin(scene: Partial<Scene> = {}): Promise<void> {
  host = new FakeHost();
  client = makeQueryClient();
  host.set({ ...USUAL, ...scene });
  const writes = /^(?:review\.move|translations\.|comments\.)/;
  const api = createApi(
    {
      call: (name, input) => {
        const answer = host.answer(name, Object(input));
        if (writes.test(name) && answer.ok)
          queueMicrotask(() =>
            tell({
              event: 'project.changed',
              payload: { entities: ['review', 'translation', 'comment'], label: name },
            }),
          );
        return Promise.resolve(answer);
      },
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: (hear) => {
        tell = hear;
        return () => undefined;
      },
    },
    false,
  );
  await screen.render(api, <App />, client);
  await until(() => useCommandList.getState().commands.some(({ id }) => id === 'review'));
  await act(async () => void runCommand('review'));
  await until(() => title() !== null || place.querySelector('.empty-state') !== null);
}
const until = (holds: () => boolean): Promise<void> =>
  act(async () => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 3000 }));
const title = (): string | null => place.querySelector('.review-head h2')?.textContent ?? null;
const quote = (): string => place.querySelector('.review-original')?.textContent ?? '';
const said = (): string => place.textContent;

async function press(key: string, init: KeyboardEventInit = {}): Promise<void> {
  await act(async () => {
    const target = document.activeElement ?? document.body;
    const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
    target.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...init }));
  });
  await answered(client);
}
async function type(text: string): Promise<void> {
  await act(async () => {
    const area = document.activeElement;
    if (!(area instanceof HTMLTextAreaElement)) throw new Error('One is in no field.');
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, text);
    area.setSelectionRange(text.length, text.length);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
const look = (): Promise<void> => untilSeen(place);
const asked = (name: string): Record<string, unknown>[] =>
  host.review.asked.filter((one) => one.name === name).map(({ input }) => input);

describe('a checker at the keyboard', () => {
  it('checks one passage after the other with A, each based on the state they saw', async () => {
    await begin();
    expect(title()).toBe('Check translation');
    const first = quote();
    await look();
    await press('a');
    await until(() => quote() !== first && quote() !== '');
    expect(asked('review.move')).toMatchObject([{ to: 'checked', base: 'translated', comment: '' }]);
    // It stays in its place, marked, until the next item.
    expect(useReviewing.getState().justDone?.state).toBe('checked');
    expect(said()).toContain('1 done now');
    await press('j');
    expect(useReviewing.getState().justDone).toBeNull();
    expect(host.complaints).toEqual([]);
  });

  it('reaches the end, which says what was done and where there is more', async () => {
    await begin();
    for (let n = 0; n < 4; n += 1) {
      const before = quote();
      await look();
      await press('a');
      await until(() => quote() !== before);
    }
    expect(said()).toContain('All done');
    expect(said()).toContain('You reviewed 4 passages.');
    expect(said()).toContain('Go to “');
  });

  it('sees why they may not take a step, and no call is made', async () => {
    await begin();
    await press('5');
    await until(() => title() === 'Approve');
    expect(place.querySelector('.review-who')?.textContent).toContain('You checked this.');
    await look();
    await press('a');
    expect(place.querySelector('.review-acts [role="alert"]')?.textContent).toContain('Someone else must approve it');
    expect(document.querySelector('[role="alertdialog"], [role="dialog"]')).toBeNull();
    expect(asked('review.move')).toEqual([]);
  });

  it('sees why the engine refused, and stays on the passage', async () => {
    await begin();
    const before = quote();
    host.review.refuse = { name: 'review.move', code: 'EXISTS', message: 'It has been moved meanwhile. Look again.' };
    await look();
    await press('a');
    await until(() => said().includes('It has been moved meanwhile.'));
    expect(quote()).toBe(before);
  });

  it('returns it with a comment: Enter sends, Escape keeps the draft, and an empty comment is not sent', async () => {
    await begin();
    const before = quote();
    await press('r');
    await press('Enter');
    expect(said()).toContain('Add a comment: say what should change.');
    await type('“tight” is a literal reading');
    await press('Escape');
    expect(place.querySelector('.review-returning')).toBeNull();
    await press('j');
    await press('k');
    await until(() => quote() === before);
    await press('r');
    expect(document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value).toBe(
      '“tight” is a literal reading',
    );
    await press('Enter');
    await until(() => quote() !== before);
    expect(asked('review.move')).toMatchObject([{ to: 'returned', comment: '“tight” is a literal reading' }]);
    expect(useDrafts.getState().drafts.size).toBe(0);
  });

  it('opens the page with O and returns to the same passage with O', async () => {
    await begin();
    await press('j');
    await press('j');
    await until(() => title() === 'Check coding');
    const here = quote();
    await press('o');
    expect(useWorkbench.getState()).toMatchObject({ place: 'read', passage: useReviewing.getState().current });
    await until(() => said().includes('Back to review'));
    await press('o');
    expect(useWorkbench.getState().place).toBe('review');
    await until(() => quote() === here);
  });

  it('first sees why and by whom a passage was returned', async () => {
    await begin();
    await press('7');
    await until(() => place.querySelector('.review-returned') !== null);
    const why = place.querySelector('.review-returned');
    expect(why?.textContent).toContain('Returned by H. Okada');
    expect(why?.querySelector('bdi')?.textContent).toBe('@coder');
  });

  it('sees what changed in a reopened passage, and checks it again', async () => {
    await begin();
    await press('j');
    await press('j');
    await until(() => place.querySelector('.review-reopened') !== null);
    const shown = place.querySelector('.review-reopened');
    expect(shown?.textContent).toContain('Changed since A. Lindqvist checked it');
    expect(shown?.querySelector('ins')?.textContent).toContain('规模');
    expect(shown?.textContent).toContain('TRF.PAIR');
    expect(said()).toContain('Check again');
  });
});

describe('the translation', () => {
  const field = (): HTMLTextAreaElement | null => place.querySelector('.translation-box textarea');

  it('is written beside its original, kept while other screens are open, and saved based on the text it started from', async () => {
    await begin();
    await press('e');
    await until(() => field() !== null);
    const stored = field()?.value ?? '';
    await type(`${stored} And back.`);
    await press('Escape');
    await press('j');
    await press('k');
    await until(() => field() !== null);
    expect(field()?.value).toBe(`${stored} And back.`);
    expect(said()).toContain('Not saved yet');
    // An open draft does not take the focus: the queue's keys work.
    expect(document.activeElement).not.toBe(field());
    // The unsaved text is not what would be approved.
    await look();
    await press('a');
    expect(place.querySelector('.review-acts [role="alert"]')?.textContent).toContain('unsaved translation');
    expect(asked('review.move')).toEqual([]);
    await press('e');
    await until(() => document.activeElement === field());
    await press('Enter', { ctrlKey: true });
    await until(() => field() === null);
    expect(asked('translations.set')).toMatchObject([
      { text: `${stored} And back.`, base: stored, language: 'en', method: 'human' },
    ]);
    expect(useDrafts.getState().drafts.size).toBe(0);
  });

  it('leaves the passage open when saving removes it from the queue', async () => {
    await begin();
    await press('3');
    await until(() => title() === 'Translate');
    const here = quote();
    await press('e');
    await until(() => field() !== null);
    await type('Freed from the land: more than 3,200');
    await press('Enter', { ctrlKey: true });
    await until(() => field() === null && asked('translations.set').length === 1);
    expect(useReviewing.getState().order).toHaveLength(1);
    expect(quote()).toBe(here);
    await look();
    await press('a');
    await until(() => asked('review.move').length === 1);
    expect(asked('review.move')).toMatchObject([{ to: 'translated' }]);
    await until(() => said().includes('All done'));
  });

  it('that changed since is shown beside the unsaved one, and neither is lost', async () => {
    await begin();
    await press('e');
    await until(() => field() !== null);
    const mine = `${field()?.value ?? ''} Mine.`;
    await type(mine);
    const [id = ''] = host.review.details.keys();
    await act(async () => {
      host.review.translate({ passage: id, text: 'Theirs, of another window.', language: 'en', method: 'human' });
      tell({ event: 'project.changed', payload: { entities: ['translation'], label: 'Translate' } });
    });
    await until(() => said().includes('This translation has changed since you opened it.'));
    expect(said()).toContain('Theirs, of another window.');
    expect(field()?.value).toBe(mine);
    await press('Enter', { ctrlKey: true });
    await until(() => field() === null);
    expect(asked('translations.set').at(-1)).toMatchObject({ text: mine, base: 'Theirs, of another window.' });
  });

  it('that cannot be saved stays in the field, with the reason', async () => {
    await begin();
    await press('e');
    await until(() => field() !== null);
    await type('Not to be lost');
    host.review.refuse = {
      name: 'translations.set',
      code: 'PROJECT_READ_ONLY',
      message: 'This project can only be read.',
    };
    await press('Enter', { ctrlKey: true });
    await until(() => said().includes('This project can only be read.'));
    expect(field()?.value).toBe('Not to be lost');
  });
});

describe('the thread', () => {
  it('has the focus before the next key, so that no letter typed at once is lost or runs a command', async () => {
    await begin();
    vi.stubGlobal('requestAnimationFrame', () => 0);
    await press('c');
    expect(document.activeElement).toBeInstanceOf(HTMLTextAreaElement);
    await type('a');
    expect(asked('review.move')).toEqual([]);
    const [reply] = [...place.querySelectorAll('button')].filter(({ textContent }) => textContent === 'Reply');
    await act(async () => reply?.click());
    expect(document.activeElement).toBeInstanceOf(HTMLTextAreaElement);
  });

  it('takes a comment that mentions a role, chosen by a few letters', async () => {
    await begin();
    await press('c');
    await until(() => document.activeElement instanceof HTMLTextAreaElement);
    await type('Please look @edi');
    await until(() => place.querySelector('[role="listbox"] .comment-call') !== null);
    await press('Enter');
    await press('Enter', { ctrlKey: true });
    await until(() => asked('comments.add').length === 1);
    expect(asked('comments.add')).toMatchObject([{ text: 'Please look @editor', mentions: ['editor'] }]);
  });

  it('leaves the caret behind what is typed right after a name was chosen', async () => {
    await begin();
    await press('c');
    await until(() => document.activeElement instanceof HTMLTextAreaElement);
    await type('@edi');
    await until(() => place.querySelector('[role="listbox"] .comment-call') !== null);
    // On a busy machine the next frame comes only after what is typed on.
    const frames: FrameRequestCallback[] = [];
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
    await press('Enter');
    await type('@editor please look');
    await act(async () => frames.forEach((frame) => frame(0)));
    const area = document.activeElement;
    expect(area instanceof HTMLTextAreaElement ? area.selectionStart : null).toBe('@editor please look'.length);
  });

  it('marks comments that are new to the reader once, and never their own', async () => {
    await begin();
    const fresh = (): number => place.querySelectorAll('.comment[data-new]').length;
    await until(() => fresh() === 3);
    await press('j');
    await press('k');
    await until(() => place.querySelectorAll('.comment').length === 4);
    expect(fresh()).toBe(0);
  });

  it('is resolved and reopened; resolved, its answers are folded', async () => {
    await begin();
    const click = async (name: string): Promise<void> => {
      await act(async () => {
        [...place.querySelectorAll('.thread-acts button')]
          .find((one) => one.textContent === name)
          ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      });
      await answered(client);
    };
    await click('Resolve');
    await until(() => place.querySelectorAll('.comment').length === 1);
    expect(said()).toContain('0 open, 4 in total');
    await click('3 replies');
    expect(place.querySelectorAll('.comment')).toHaveLength(4);
    await click('Reopen');
    await until(() => said().includes('1 open, 4 in total'));
    expect(asked('comments.resolve').map(({ resolved }) => resolved)).toEqual([true, false]);
  });

  it('lets people remove only their own comments', async () => {
    await begin();
    const own = [...place.querySelectorAll('.comment')].filter((one) => one.textContent.startsWith('ALA. Lindqvist'));
    expect(place.querySelectorAll('.comment')).toHaveLength(4);
    expect(place.querySelectorAll('.comment [aria-label="Comment actions"]')).toHaveLength(own.length);
    expect(TEAM.me.name).toBe('A. Lindqvist');
  });
});

describe('commands of the review', () => {
  it('have titles, and no key has two commands', async () => {
    await begin();
    const runnable = useCommandList.getState().commands.filter(canRun);
    const byKey = new Map<string, Set<string>>();
    for (const { id, keys = [] } of runnable)
      for (const key of keys) byKey.set(key, (byKey.get(key) ?? new Set()).add(id));
    expect([...byKey].filter(([, ids]) => ids.size > 1)).toEqual([]);
    expect(runnable.filter(({ title: words }) => /^[a-z]+(?:[A-Z][a-z]*)*\.\S+$/.test(words))).toEqual([]);
  });
});
