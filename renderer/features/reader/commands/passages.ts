import type { Anchor, Category, Passage } from '../../../../shared/model/index.ts';
import { linkPassages, openLinkDialog } from '../../../common/claims/link-dialog.ts';
import { holdKeys } from '../../../common/commands/held-keys.ts';
import type { Command } from '../../../common/commands/registry.ts';
import { announce, dismissNews, notify, useNotice } from '../../../common/notices/notices.ts';
import type { PassageActs } from '../../../common/passages/passage-acts.ts';
import { spoken } from '../../../common/passages/spoken.ts';
import { openPalette, type OpenPalette, type TagTarget, useReading } from '../../../common/reader/reading-state.ts';
import { setPassage, useWorkbench } from '../../../common/workbench/workbench.ts';
import type { ScreenBox, EdgeStep, SourceView } from '../../../viewer/types.ts';
import { markedNow, tagTarget, type InFront, type Now, type Translate, passageBeside } from './target.ts';
import { keysOf } from '../../../common/commands/command-keys.ts';

/** Commands that create, tag and remove passages. */
export function passageCommands(t: Translate, acts: PassageActs, now: Now): Command[] {
  const palette = (mode: OpenPalette['mode']): void => {
    const target = tagTarget();
    if (target !== null) showPalette(mode, target, now());
  };
  const hasTarget = (): boolean => tagTarget() !== null;
  return [
    {
      id: 'highlight',
      writes: true,
      title: t('reader.highlight'),
      group: 'selecting',
      keys: keysOf('highlight'),
      when: () => markedNow() !== null,
      run: () => {
        const span = markedNow();
        if (span !== null) void acts.create(span);
      },
    },
    {
      id: 'tag',
      writes: true,
      title: t('reader.tag'),
      group: 'tagging',
      keys: keysOf('tag'),
      when: hasTarget,
      run: () => palette('tags'),
    },
    {
      id: 'dimensions',
      writes: true,
      title: t('reader.setDimensions'),
      group: 'tagging',
      keys: keysOf('dimensions'),
      when: hasTarget,
      run: () => palette('dimensions'),
    },
    {
      id: 'linkToClaim',
      writes: true,
      title: t('claims.linkTo'),
      group: 'tagging',
      icon: 'link',
      keys: keysOf('linkToClaim'),
      when: hasTarget,
      run: () => {
        const target = tagTarget();
        if (target?.kind === 'passage') linkPassages([target.passage]);
        else if (target !== null) openLinkDialog(target);
      },
    },
    {
      id: 'removePassage',
      writes: true,
      title: t('reader.removePassage'),
      group: 'tagging',
      keys: keysOf('removePassage'),
      when: () => tagTarget()?.kind === 'passage',
      run: () => {
        const target = tagTarget();
        if (target?.kind !== 'passage') return;
        setPassage(null);
        void acts.remove(target.passage);
      },
    },
  ];
}

/** Opens the palette below its passage; scrolls to the passage first if it is not visible. */
function showPalette(mode: OpenPalette['mode'], target: TagTarget, { views, viewer }: InFront): void {
  const id = target.kind === 'passage' ? target.passage : null;
  const box = views.boxOf(id);
  if (box !== null) {
    openPalette({ mode, target, box });
    return;
  }
  if (id !== null) views.reveal(id);
  // The letters that follow are for the palette's field.
  void holdKeys(
    new Promise<void>((resolve) =>
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          openPalette({ mode, target, box: views.boxOf(id) ?? topOf(viewer.current) });
          resolve();
        }),
      ),
    ),
  );
}

function topOf(viewer: HTMLElement | null): ScreenBox {
  const { left, top, right } = viewer?.getBoundingClientRect() ?? new DOMRect();
  return { left, top, right, bottom: top };
}

type TextAnchor = Extract<Anchor, { kind: 'text' }>;
type Edge = 'start' | 'end';

/**
 * The two bracket keys move the two edges: alone outwards, with Shift inwards, with Alt by a word. Bound by key
 * position, so that they are neighbours on every keyboard layout.
 */
const MOVES = [
  { edge: 'start', by: 'character', way: 'back' },
  { edge: 'start', by: 'character', way: 'on' },
  { edge: 'end', by: 'character', way: 'on' },
  { edge: 'end', by: 'character', way: 'back' },
  { edge: 'start', by: 'word', way: 'back' },
  { edge: 'start', by: 'word', way: 'on' },
  { edge: 'end', by: 'word', way: 'on' },
  { edge: 'end', by: 'word', way: 'back' },
] as const satisfies readonly { edge: Edge; by: EdgeStep; way: 'on' | 'back' }[];

/** The range after moving one edge one step; null if it would be empty or unchanged. */
function stepped(
  { start, end }: { readonly start: number; readonly end: number },
  edge: Edge,
  by: EdgeStep,
  forward: boolean,
  step: SourceView['step'],
): { start: number; end: number } | null {
  const to = step(edge === 'start' ? start : end, by, forward);
  const next = edge === 'start' ? { start: to, end } : { start, end: to };
  const stays = next.start === start && next.end === end;
  return stays || next.start >= next.end ? null : next;
}

/** Commands that move the edges of the current passage. A series of steps is one commit. */
export function edgeCommands(t: Translate, acts: PassageActs, now: Now): Command[] {
  const current = (): (Passage & { anchor: TextAnchor }) | null => {
    const { passage: id } = useWorkbench.getState();
    const passage = now().passages.find((one) => one.id === id);
    return passage !== undefined && isOfText(passage) ? passage : null;
  };
  const step = (edge: Edge, by: EdgeStep, forward: boolean): void => {
    const passage = current();
    const { view } = now().views;
    if (passage === null || view === null) return;
    const to = stepped(passage.anchor, edge, by, forward, (offset, how, forward) => view.step(offset, how, forward));
    if (to === null) return;
    acts.reshape(passage.id, { kind: 'text', ...to }, true);
    const moved = edge === 'start' ? to.start : to.end - 1;
    view.scrollTo(moved, moved + 1);
  };
  return MOVES.map(({ edge, by, way }): Command => ({
    id: `edge.${edge}.${by}.${way}`,
    title: t(`edges.${edge}.${way}.${by}`),
    group: 'selecting',
    keys: keysOf(`edge.${edge}.${by}.${way}`),
    repeats: true,
    writes: true,
    when: () => useReading.getState().selected === null && current() !== null,
    run: () => step(edge, by, way === 'on'),
  }));
}

const isOfText = (passage: Passage): passage is Passage & { anchor: TextAnchor } => passage.anchor.kind === 'text';

/** Whether its place can be seen, also after it was moved to the trash. */
const isInView = (passage: Passage, { view, place }: InFront['views']): boolean =>
  isOfText(passage) ? (view?.boxOf(passage.anchor) ?? null) !== null : passage.anchor.page === place.page;

/** Runs a step now, or once the passages of the source in front are read. */
export type WhenRead = (step: () => void) => void;

/** Commands that go to the next and the previous passage. */
export function nextPassageCommands(
  t: Translate,
  now: Now,
  categories: () => readonly Category[],
  whenRead: WhenRead,
): Command[] {
  const go = (forward: boolean): void => {
    const { views, passages, last } = now();
    const before = last.current;
    const marked = useReading.getState().selected?.marked;
    const goingOn = {
      page: views.place.page,
      selected: marked?.kind === 'text' ? marked.start : null,
      last: before !== null && isInView(before.passage, views) ? before : null,
    };
    const next = passageBeside(passages, useWorkbench.getState().passage, goingOn, forward);
    if (next === null) {
      // Shown once, not again while a key is held down.
      const text = t(forward ? 'reader.noPassageOn' : 'reader.noPassageBack');
      if (useNotice.getState().notice?.text !== text) notify('plain', text);
      return;
    }
    dismissNews();
    setPassage(next.id);
    views.reveal(next.id);
    announce(spoken(t, next, categories(), passages.indexOf(next) + 1, passages.length));
  };
  const group = 'reading' as const;
  return [
    {
      id: 'nextPassage',
      title: t('reader.nextPassage'),
      group,
      keys: keysOf('nextPassage'),
      repeats: true,
      run: () => whenRead(() => go(true)),
    },
    {
      id: 'previousPassage',
      title: t('reader.previousPassage'),
      group,
      keys: keysOf('previousPassage'),
      repeats: true,
      run: () => whenRead(() => go(false)),
    },
  ];
}
