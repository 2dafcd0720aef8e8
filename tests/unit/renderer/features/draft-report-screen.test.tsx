// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newId } from '../../../../electron/db/index.ts';
import { createApi } from '../../../../renderer/api/index.ts';
import { runCommand } from '../../../../renderer/common/commands/registry.ts';
import { useAnnouncements } from '../../../../renderer/common/notices/notices.ts';
import { Drafts } from '../../../../renderer/features/drafts/Drafts.tsx';
import { resetDesk, showSentence, useDesk, warningsOf } from '../../../../renderer/features/drafts/state.ts';
import type { Draft, DraftDesk, DraftFinding, DraftSentence } from '../../../../shared/contract/drafts.ts';
import { draftId, sha256 } from '../../../../shared/model/index.ts';
import { FakeHost } from '../../../support/shell/fake-bridge.ts';
import { PERSON } from '../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const asked: string[] = [];
let desk: DraftDesk;

const uncited = (key: string, change: Partial<Extract<DraftFinding, { kind: 'uncited' }>> = {}): DraftFinding => ({
  kind: 'uncited',
  key,
  weight: 'warning',
  start: 0,
  end: 1,
  text: '',
  remedy: null,
  what: 'figure',
  ...change,
});
const sentence = (number: number, state: DraftSentence['state'], findings: DraftFinding[] = []): DraftSentence => ({
  number,
  nth: 0,
  isHeading: false,
  text: `Sentence ${String(number)} of it.`,
  start: 0,
  end: 17,
  lang: 'en',
  heading: null,
  paragraph: 0,
  state,
  by: [],
  marks: [],
  before: [],
  findings,
  links: [],
  refused: null,
});
const draft: Draft = {
  id: draftId.parse(newId()),
  title: 'The quota',
  fileName: 'quota.md',
  sha256: sha256.parse('a'.repeat(64)),
  bytes: 1,
  published: '2024-06-03',
  author: 'A. Lindqvist',
  writer: null,
  style: 'publisher-date',
  replaces: null,
  version: 1,
  newest: true,
  createdAt: 0,
  sentences: 4,
  open: 2,
  released: null,
  damaged: false,
};

beforeEach(() => {
  asked.length = 0;
  resetDesk();
  useAnnouncements.setState({ latest: [] });
  Element.prototype.scrollIntoView = () => undefined;
  desk = {
    draft,
    text: '',
    headings: [],
    gone: [],
    sentences: [
      sentence(1, 'accepted'),
      sentence(2, 'open', [uncited('a')]),
      sentence(3, 'nothing'),
      sentence(4, 'fails', [uncited('b', { weight: 'error' }), uncited('c')]),
    ],
    counts: { accepted: 1, once: 0, open: 1, returned: 0, fails: 1, nothing: 1 },
    looked: { sources: 4, failed: 1, figuresLeftOut: 0, leftOutIn: [] },
    refused: [
      { kind: 'fails', sentences: [4], message: '1 sentence fails.', hint: 'An error stays one.', claim: null },
      { kind: 'original', sentences: [], message: 'The draft’s original is missing.', hint: '', claim: null },
    ],
    barred: null,
  };
});
afterEach(() => Reflect.deleteProperty(Element.prototype, 'scrollIntoView'));

/** Opens the report by its command, with a sentence in hand. */
async function show(inHand: number): Promise<void> {
  const host = new FakeHost();
  host.add({
    'drafts.list': () => ({ drafts: [desk.draft] }),
    'drafts.desk': () => desk,
    'drafts.report': () => ({ html: '<!doctype html><html><head></head><body></body></html>' }),
    'drafts.release': () => {
      asked.push('release');
      desk = { ...desk, draft: { ...draft, released: { person: PERSON.id, at: 0 } } };
      return {};
    },
  });
  await screen.render(
    createApi(
      {
        call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      true,
    ),
    <Drafts width="wide" />,
  );
  await vi.waitFor(() => expect(document.querySelector('.drafting-sentences')).not.toBeNull());
  await act(async () => {
    showSentence(inHand);
    runCommand('deskReport');
  });
  await vi.waitFor(() => expect(document.querySelector('iframe.own-page')).not.toBeNull());
}
const list = (): HTMLElement => {
  const found = document.querySelector<HTMLElement>('.drafting-parted');
  if (found === null) throw new Error('There is no list.');
  return found;
};
const chosen = (): string | undefined => list().querySelector('[aria-selected="true"] .code')?.textContent;
const press = (key: string): Promise<void> =>
  act(async () => void list().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent.includes(name));
  if (found === undefined) throw new Error(`There is no button “${name}”.`);
  return found;
};

it('has every sentence once, what fails first, and Enter goes to the one walked to', async () => {
  await show(2);
  expect([...list().querySelectorAll('.code')].map((one) => one.textContent)).toEqual(['4', '2', '1', '3']);
  expect([...list().querySelectorAll('[role="group"]')].map((one) => one.ariaLabel)).toEqual([
    'What fails',
    'What is open',
    'What stands',
    'What claims nothing',
  ]);
  expect(document.activeElement).toBe(list());
  expect(chosen()).toBe('2');
  expect(useAnnouncements.getState().latest.at(-1)?.text).toBe('Report. Fail: 1. Open: 1. Stand: 1.');
  await press('ArrowDown');
  expect(chosen()).toBe('1');
  await act(async () => void runCommand('deskPrevious'));
  await act(async () => void runCommand('deskPrevious'));
  expect(chosen()).toBe('4');
  await press('Enter');
  expect(useDesk.getState()).toMatchObject({ isReport: false, sentence: 4 });
  expect(document.activeElement).toBe(document.querySelector('.drafting-sentences'));
});

it('comes back to the sentence that was in hand, wherever one walked', async () => {
  for (const back of ['deskBack', 'deskReport']) {
    await show(2);
    await press('End');
    expect(chosen()).toBe('3');
    await act(async () => void runCommand(back));
    expect(useDesk.getState()).toMatchObject({ isReport: false, sentence: 2 });
    expect(document.activeElement).toBe(document.querySelector('.drafting-sentences'));
    await screen.unmount();
  }
});

it('says in the engine’s words why a release is refused, with the way there, and what would pass', async () => {
  await show(1);
  const pane = document.querySelector('.drafting-release')?.textContent ?? '';
  for (const words of ['Refused', '1 sentence fails.', 'The draft’s original is missing.', 'Looked through 4 sources.'])
    expect(pane).toContain(words);
  expect(pane).toContain('Nothing goes out that must be masked');
  expect(pane).not.toContain('The draft’s original is unchanged');
  expect(button('Release version 1').disabled).toBe(true);
  await act(async () => button('Go to 4').click());
  expect(useDesk.getState()).toMatchObject({ isReport: false, sentence: 4 });
});

it('releases what nothing stands against, and says so', async () => {
  desk = { ...desk, refused: [] };
  await show(1);
  await act(async () => button('Release version 1').click());
  await vi.waitFor(() => expect(asked).toEqual(['release']));
  await vi.waitFor(() => expect(useAnnouncements.getState().latest.at(-1)?.text).toBe('Version 1 released'));
});

it('counts each warning that nobody answered, by its kind', () => {
  const kept = uncited('k', { remedy: { remedy: 'keep', reason: '', person: null } });
  const sentences = [sentence(1, 'open', [uncited('a'), uncited('b')]), sentence(2, 'open', [kept]), ...desk.sentences];
  expect([...warningsOf(sentences)]).toEqual([['uncited', [1, 1, 2, 4]]]);
});
