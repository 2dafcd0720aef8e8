import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category } from '../../../shared/model/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { PIN_COUNT, usePins } from '../../common/passages/pins.ts';

/** Puts the meant category on each of the number keys, and takes it off its own. */
export function usePinCommands(meant: () => Category | null): void {
  const { t } = useTranslation();
  const { pins, pin, keyOf } = usePins();
  const taken = pins.join(' ');
  const commands = useMemo<Command[]>(() => {
    const on = (key: number): Command => ({
      id: `pinCategory${String(key)}`,
      title: t((pins[key - 1] ?? null) === null ? 'codebook.pinToFree' : 'codebook.pinToTaken', { key }),
      group: 'codebook',
      icon: 'pin',
      when: () => {
        const category = meant();
        return category !== null && !category.archived && keyOf(category.id) !== key;
      },
      run: () => {
        const category = meant();
        if (category !== null) pin(key, category.id);
      },
    });
    const off: Command = {
      id: 'unpinCategory',
      title: t('codebook.unpinChosen'),
      group: 'codebook',
      icon: 'unpin',
      when: () => {
        const category = meant();
        return category !== null && keyOf(category.id) !== null;
      },
      run: () => {
        const category = meant();
        const key = category === null ? null : keyOf(category.id);
        if (key !== null) pin(key, null);
      },
    };
    return [...Array.from({ length: PIN_COUNT }, (_, index) => on(index + 1)), off];
    // The pins are read anew at each drawing; what they say changes seldom.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [t, meant, taken]);
  useCommands(commands);
}
