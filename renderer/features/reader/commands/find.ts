import type { Command } from '../../../common/commands/registry.ts';
import type { Now, Translate } from './useReaderCommands.ts';

/** Finding in the source in front. */
export function findCommands(t: Translate, now: Now): Command[] {
  const group = 'reading' as const;
  // Of a picture there is nothing to be found: its page has to be turned over first.
  const hasText = (): boolean => now().source.hasText && now().views.shown.kind !== 'picture';
  const common = { group, inFields: true, when: hasText };
  return [
    { ...common, id: 'find', title: t('find.command'), keys: ['$mod+KeyF'], run: () => now().find.open() },
    { ...common, id: 'findNext', title: t('find.next'), keys: ['F3'], repeats: true, run: () => now().find.go(1) },
    {
      ...common,
      id: 'findPrevious',
      title: t('find.previous'),
      keys: ['Shift+F3'],
      repeats: true,
      run: () => now().find.go(-1),
    },
    {
      id: 'findClose',
      title: t('find.close'),
      group,
      keys: ['Escape'],
      when: () => now().find.isOpen,
      run: () => now().find.close(),
    },
  ];
}
