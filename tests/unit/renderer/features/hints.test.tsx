// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { useKeyPreferences } from '../../../../renderer/common/commands/key-preferences.ts';
import { registerCommands, useCommandList } from '../../../../renderer/common/commands/registry.ts';
import { Inspector } from '../../../../renderer/features/inspector/Inspector.tsx';
import { ConflictCard } from '../../../../renderer/features/merge/ConflictCard.tsx';
import { ConflictsSection } from '../../../../renderer/features/merge/ConflictsSection.tsx';
import { MergePreviewPane } from '../../../../renderer/features/merge/MergePreviewPane.tsx';
import { useViewLabels } from '../../../../renderer/features/reader/SourceViews.tsx';
import { ActBar } from '../../../../renderer/features/review/ActBar.tsx';
import { QueueRow } from '../../../../renderer/features/review/QueuePane.tsx';
import { contract } from '../../../../shared/contract/index.ts';
import { passageId } from '../../../../shared/model/index.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { fakeCodebook, fakeSources } from '../../../support/shell/fixtures.ts';
import { fakeNothing } from '../../../support/shell/merge-preview.ts';
import { TEAM_USUAL, teamAnswers } from '../../../support/shell/merge.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

/*
 * Sentences that say what to do next.
 */

const screen = renderedInJsdom();
let place: HTMLElement;
let host: FakeHost;

beforeEach(() => {
  place = screen.place();
  host = new FakeHost();
  host.set(USUAL);
});

const show = (children: ReactNode): Promise<void> =>
  screen.render(
    createApi(
      {
        call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      false,
    ),
    children,
  );
const shows = (text: string): Promise<void> =>
  act(async () => vi.waitFor(() => expect(place.textContent).toContain(text)));

it('a merge that brings nothing offers another file', async () => {
  const world = { categories: fakeCodebook().categories, sources: fakeSources(9) };
  await show(<MergePreviewPane preview={fakeNothing(world, null)} />);
  const merge = vi.fn<() => void>();
  const end = registerCommands([{ id: 'team.merge', title: 'Merge', group: 'team', run: merge }]);
  const button = [...place.querySelectorAll('button')].find((one) => one.textContent === 'Choose another file');
  await act(async () => button?.click());
  end();
  expect(merge).toHaveBeenCalledOnce();
});

it('a file whose merge was undone is said to be in the history: not all of its edits came with that merge', async () => {
  const world = { categories: fakeCodebook().categories, sources: fakeSources(9) };
  await show(<MergePreviewPane preview={fakeNothing(world, 'm1')} />);
  await shows('All 214 edits in');
  await shows('are in the history already, but a merge that brought some of them was undone.');
});

it('a conflict of which no side is in force says so', async () => {
  const answers = teamAnswers({ categories: fakeCodebook().categories, sources: fakeSources(9) }, TEAM_USUAL);
  host.add(answers);
  const { conflicts } = contract['merge.conflicts'].output.parse(answers['merge.conflicts']?.({ limit: 50 }));
  const [first] = conflicts;
  if (first === undefined) throw new Error('There is a conflict.');
  const card = async (inForce: boolean): Promise<string> => {
    const gone = { ...first.incoming, inForce: false };
    const conflict = { ...first, mine: { ...first.mine, inForce }, incoming: gone, others: [gone] };
    await screen.unmount();
    await show(
      <ConflictCard conflict={conflict} index={0} count={1} isCurrent chosen={null} onKeep={() => undefined} />,
    );
    await shows('Keep mine');
    return place.textContent;
  };
  expect(await card(true)).not.toContain('None of these is in force now.');
  expect(await card(false)).toContain('None of these is in force now.');
});

it('a quotation is one line in the queue of a review, without the line ends of its page', async () => {
  const [first] = host.review.queue({ queue: 'to-check' }).items;
  if (first === undefined) throw new Error('Something waits to be checked.');
  const quote = '组织2600名劳动力赴外县开展季节性务\n工';
  await show(<QueueRow item={{ ...first, quote }} isDone={false} unread={0} />);
  expect(place.querySelector('.review-quote')?.textContent).toBe('组织2600名劳动力赴外县开展季节性务工');
});

it('a passage without tags says which key tags it, unless the project is read-only', async () => {
  const listed = host.answer('passages.list', {});
  const [passage] = listed.ok ? contract['passages.list'].output.parse(listed.value).passages : [];
  if (passage === undefined) throw new Error('The scene has no passage.');
  const bare = { ...passage, tags: [] };
  host.add({ 'passages.list': () => ({ passages: [bare], total: 1 }), 'passages.get': () => bare });
  const inspector = <Inspector source={passage.source} passage={passage.id} versions={null} />;
  await show(inspector);
  await shows('Press T to tag this passage.');

  const info = host.answer('project.info', {});
  host.add({ 'project.info': () => ({ ...(info.ok ? Object(info.value) : {}), readOnly: true }) });
  await screen.unmount();
  await show(inspector);
  await shows('No tags');
  expect(place.textContent).not.toContain('to tag this passage');
});

it('a passage is an item of the list of its source’s passages, with its place in it', async () => {
  const listed = host.answer('passages.list', {});
  const [passage] = listed.ok ? contract['passages.list'].output.parse(listed.value).passages : [];
  if (passage === undefined) throw new Error('The scene has no passage.');
  const at = (page: number, id = passageId.parse(`00000000-0000-7000-8000-00000000000${page}`)) => ({
    ...passage,
    id,
    anchor: { ...passage.anchor, page },
  });
  const three = [at(1), at(2, passage.id), at(3)];
  host.add({ 'passages.list': () => ({ passages: three, total: 3 }), 'passages.get': () => at(2, passage.id) });
  await show(<Inspector source={passage.source} passage={passage.id} versions={null} />);
  await shows('2 of 3');
  const item = place.querySelector('[role="list"][aria-label="Passages of this source"] > [role="listitem"]');
  expect([item?.getAttribute('aria-posinset'), item?.getAttribute('aria-setsize')]).toEqual(['2', '3']);
  expect(item?.querySelector('blockquote')).not.toBeNull();
});

it('a page that cannot be painted says that its original is safe, and how to check that', async () => {
  function Labels() {
    const { pdf, image } = useViewLabels({ title: null, fileName: 'a.pdf' });
    return [pdf.unpainted, image.unpainted].map((text) => <p key={text}>{text}</p>);
  }
  await show(<Labels />);
  const lines = [...place.querySelectorAll('p')].map(({ textContent }) => textContent);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/ The original is unchanged\. Verify the project to check it\.$/);
});

it('a passage with no next step says what can be done instead', async () => {
  await show(reviewBar());
  await shows('Comment on it, or press J for the next passage.');
});

/** The acts of a passage in review that has been looked at in full. */
function reviewBar(): ReactNode {
  const [detail] = host.review.details.values();
  if (detail === undefined) throw new Error('The scene has no passage in review.');
  const acts = { problem: null, isPending: false, showProblem: () => undefined, move: () => Promise.resolve(true) };
  const none = () => undefined;
  return (
    <ActBar
      detail={detail}
      main={null}
      own={null}
      acts={acts}
      returning={false}
      onReturn={none}
      onReturned={none}
      looked="in full"
      onMain={none}
      onStep={none}
    />
  );
}

it('a hint of review goes with its key', async () => {
  const bar = reviewBar();
  await show(bar);
  const hints = (): string[] => [...place.querySelectorAll('.review-key')].map(({ textContent }) => textContent);
  expect(hints()).toEqual(['Etranslate', 'JKnext, previous', 'Ccomment']);
  await act(async () => useKeyPreferences.setState({ keys: { reviewTranslate: '' } }));
  await screen.unmount();
  await show(bar);
  expect(hints()).toEqual(['JKnext, previous', 'Ccomment']);
  await act(async () => useKeyPreferences.setState({ keys: {} }));
});

it('the line below conflicts has the keys of the choices that the current one offers', async () => {
  const answers = teamAnswers({ categories: fakeCodebook().categories, sources: fakeSources(9) }, TEAM_USUAL);
  host.add(answers);
  const { conflicts } = contract['merge.conflicts'].output.parse(answers['merge.conflicts']?.({ limit: 50 }));
  const keysFor = async (can: { canKeepBoth: boolean; canWrite: boolean }): Promise<string> => {
    const [first] = conflicts;
    host.add({
      'merge.conflicts': () => ({ conflicts: first === undefined ? [] : [{ ...first, ...can }], total: 1, next: null }),
    });
    await screen.unmount();
    await show(<ConflictsSection />);
    await act(async () => vi.waitFor(() => expect(place.querySelector('.merge-keys-line')).not.toBeNull()));
    return [...place.querySelectorAll('.merge-keys-line kbd')].map(({ textContent }) => textContent).join(' ');
  };
  expect(await keysFor({ canKeepBoth: true, canWrite: true })).toBe('J K 1 2 3 4 O');
  expect(await keysFor({ canKeepBoth: false, canWrite: true })).toBe('J K 1 2 4 O');
  expect(await keysFor({ canKeepBoth: false, canWrite: false })).toBe('J K 1 2 O');
  // A conflict about a saved view has no place in a source or the codebook, so nothing can be opened.
  const nowhere = { passage: null, source: null, category: null };
  expect(await keysFor({ canKeepBoth: false, canWrite: false, ...nowhere })).toBe('J K 1 2');
  const opens = useCommandList.getState().commands.find(({ id }) => id === 'team.show');
  expect(opens?.when?.()).toBe(false);
});

it('a conflict about a source names it once, unless it is called otherwise here', async () => {
  const sources = fakeSources(9);
  const answers = teamAnswers({ categories: fakeCodebook().categories, sources }, TEAM_USUAL);
  host.add(answers);
  const { conflicts } = contract['merge.conflicts'].output.parse(answers['merge.conflicts']?.({ limit: 50 }));
  const [source] = sources;
  const name = source?.title ?? source?.fileName ?? '';
  const [first] = conflicts;
  if (first === undefined || source === undefined) throw new Error('There are a conflict and a source.');
  host.add({ 'sources.get': () => source });
  const headFor = async (words: string): Promise<string> => {
    const of = { kind: 'field' as const, entity: 'source', passage: null, category: null, source: source.id };
    await screen.unmount();
    await show(
      <ConflictCard
        conflict={{ ...first, ...of, about: words }}
        index={0}
        count={1}
        isCurrent
        chosen={null}
        onKeep={() => undefined}
      />,
    );
    await shows('Show source');
    return place.querySelector('header')?.textContent ?? '';
  };
  expect((await headFor(`“${name}”`)).split(name)).toHaveLength(2);
  expect((await headFor('“Another name”')).split(name)).toHaveLength(2);
});
