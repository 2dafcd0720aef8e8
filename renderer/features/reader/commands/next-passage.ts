import type { Command } from '../../../common/commands/registry.ts';
import { dismissNews, notify, useNotice } from '../../../common/notices/notices.ts';
import { setPassage, useWorkbench } from '../../../common/workbench/workbench.ts';
import { passageBeside } from './target.ts';
import type { Now, Translate } from './useReaderCommands.ts';

/** From passage to passage. */
export function movingCommands(t: Translate, now: Now): Command[] {
  const go = (on: boolean): void => {
    const { views, passages } = now();
    const next = passageBeside(passages, useWorkbench.getState().passage, views.place.page, on);
    if (next === null) {
      // A held key says so once.
      const text = t(on ? 'reader.noPassageOn' : 'reader.noPassageBack');
      if (useNotice.getState().notice?.text !== text) notify('plain', text);
      return;
    }
    dismissNews();
    setPassage(next.id);
    views.reveal(next.id);
  };
  const group = 'reading' as const;
  return [
    { id: 'nextPassage', title: t('reader.nextPassage'), group, keys: ['KeyJ'], repeats: true, run: () => go(true) },
    {
      id: 'previousPassage',
      title: t('reader.previousPassage'),
      group,
      keys: ['KeyK'],
      repeats: true,
      run: () => go(false),
    },
  ];
}
