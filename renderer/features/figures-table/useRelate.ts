import { useCallback, useMemo } from 'react';
import type { FigureRow } from '../../../shared/contract/figures-table.ts';
import type { RelationFigure } from '../../../shared/contract/relations.ts';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { notify, notifyError } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { openRelations, startRelating } from '../../common/relations/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { BLOCK, chooseNone, closeFigures, type TableInput, useFigures } from './state.ts';

/** Returns a function that begins a relation in Relations with the chosen rows, or with the current row if none is chosen. Null if the project is read-only. */
export function useRelate(input: TableInput): (() => void) | null {
  const { t } = useTranslation();
  const ask = useAsk();
  const isReadOnly = useReadOnly();
  const relate = useCallback((): void => {
    const chosenRows = async (): Promise<readonly FigureRow[]> => {
      const { at, chosen } = useFigures.getState();
      if (chosen.length > 0) return chosen;
      const from = Math.floor(at / BLOCK) * BLOCK;
      return (await ask('figures.table', { ...input, from, count: BLOCK })).rows.slice(at - from, at - from + 1);
    };
    const begin = async (): Promise<void> => {
      const rows = await chosenRows();
      const [first] = rows;
      if (first === undefined) return;
      const ofSources = await Promise.all(
        [...new Set(rows.map(({ source }) => source))].map((source) => ask('figures.ofSource', { source })),
      );
      const byId = new Map(ofSources.flatMap(({ figures }) => figures.map((one) => [String(one.id), one])));
      const figures = rows.flatMap(({ id }) => byId.get(id) ?? []);
      if (figures.length < rows.length)
        notify('warn', t('figuresTable.outdated', { count: rows.length - figures.length }));
      chooseNone();
      closeFigures();
      openRelations();
      startRelating({ source: first.source, figures, instead: null, ...resultOf(figures) });
    };
    begin().catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  }, [ask, input, t]);
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

const isShare = ({ unit }: RelationFigure): boolean => unit === 'percent' || unit === 'permille' || unit === 'point';
/** The result of the relation: if exactly one of the figures is a percentage, it is probably computed from the others. */
function resultOf(figures: readonly RelationFigure[]): { readonly printed?: RelationFigure['id'] } {
  const shares = figures.filter(isShare);
  return shares.length === 1 && figures.length > 2 && shares[0] !== undefined ? { printed: shares[0].id } : {};
}
