import { useCallback, useMemo } from 'react';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { openRelations, startRelating } from '../../common/relations/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { BLOCK, closeFigures, type TableInput, useFigures } from './state.ts';

/** A function that begins a relation with the figure the keyboard is on, in Relations; null: nothing may be written. */
export function useRelate(input: TableInput): (() => void) | null {
  const { t } = useTranslation();
  const ask = useAsk();
  const isReadOnly = useReadOnly();
  const relate = useCallback((): void => {
    const begin = async (): Promise<void> => {
      const { at } = useFigures.getState();
      const from = Math.floor(at / BLOCK) * BLOCK;
      const row = (await ask('figures.table', { ...input, from, count: BLOCK })).rows[at - from];
      if (row === undefined) return;
      const { figures } = await ask('figures.ofSource', { source: row.source });
      closeFigures();
      openRelations();
      startRelating({ source: row.source, figures: figures.filter(({ id }) => id === row.id), instead: null });
    };
    begin().catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  }, [ask, input]);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'relate',
          title: t('relations.relate'),
          group: 'library',
          icon: 'link',
          keys: keysOf('relate'),
          when: () => !isReadOnly,
          run: relate,
        },
      ],
      [t, isReadOnly, relate],
    ),
  );
  return isReadOnly ? null : relate;
}
