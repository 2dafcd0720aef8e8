import type { Command } from '../../../common/commands/registry.ts';
import type { PassageActs } from '../../../common/passages/passage-acts.ts';
import { openPalette, type OpenPalette, type TagTarget } from '../../../common/reader/reading-state.ts';
import { setPassage, useWorkbench } from '../../../common/workbench/workbench.ts';
import type { ScreenBox } from '../../../viewer/types.ts';
import { markedNow, tagTarget } from './target.ts';
import type { InFront, Now, Translate } from './useReaderCommands.ts';

/** Making, tagging and removing passages. */
export function markingCommands(t: Translate, acts: PassageActs, now: Now): Command[] {
  const palette = (mode: OpenPalette['mode']): void => {
    const target = tagTarget();
    if (target !== null) showPalette(mode, target, now());
  };
  const hasTarget = (): boolean => tagTarget() !== null;
  return [
    {
      id: 'highlight',
      title: t('reader.highlight'),
      group: 'selecting',
      keys: ['KeyH'],
      when: () => markedNow() !== null,
      run: () => {
        const span = markedNow();
        if (span !== null) void acts.create(span);
      },
    },
    {
      id: 'tag',
      title: t('reader.tag'),
      group: 'tagging',
      keys: ['KeyT'],
      when: hasTarget,
      run: () => palette('tags'),
    },
    {
      id: 'dimensions',
      title: t('reader.setDimensions'),
      group: 'tagging',
      keys: ['Shift+KeyT'],
      when: hasTarget,
      run: () => palette('dimensions'),
    },
    {
      id: 'removePassage',
      title: t('reader.removePassage'),
      group: 'tagging',
      keys: ['Delete', 'Backspace'],
      when: () => useWorkbench.getState().passage !== null,
      run: () => {
        const { passage } = useWorkbench.getState();
        if (passage === null) return;
        setPassage(null);
        void acts.remove(passage);
      },
    },
  ];
}

/** Opens the palette below its passage, which is brought into view first if it is not. */
function showPalette(mode: OpenPalette['mode'], target: TagTarget, { views, desk }: InFront): void {
  const id = target.kind === 'passage' ? target.passage : null;
  const box = views.boxOf(id);
  if (box !== null) {
    openPalette({ mode, target, box });
    return;
  }
  if (id !== null) views.reveal(id);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => openPalette({ mode, target, box: views.boxOf(id) ?? topOf(desk.current) })),
  );
}

function topOf(desk: HTMLElement | null): ScreenBox {
  const { left, top, right } = desk?.getBoundingClientRect() ?? new DOMRect();
  return { left, top, right, bottom: top };
}
