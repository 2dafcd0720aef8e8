import { useEffect, useMemo, useRef } from 'react';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { linkPassages } from '../../common/claims/link-dialog.ts';
import { openAddDialog } from '../../common/dossiers/add-dialog.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useAsked, useEvidence } from './state.ts';

/**
 * The commands that link the selected rows of the table to a claim, or add them to a dossier; the current row if none is selected.
 * `input`: how the rows are ordered.
 */
export function usePassagesCommands(input: CallInput<'evidence.rows'>): void {
  const { t } = useTranslation();
  const ask = useAsk();
  const asked = useAsked();
  const isReadOnly = useReadOnly();
  const latest = useRef<() => Promise<readonly PassageId[]>>(null);
  useEffect(() => {
    latest.current = async () => {
      const { selected, isAllSelected, leftOut, at } = useEvidence.getState();
      if (isAllSelected) {
        const { passages } = await ask('evidence.found', asked);
        return passages.filter((passage) => !leftOut.has(passage));
      }
      if (selected.size > 0) return [...selected];
      const { rows } = await ask('evidence.rows', { ...input, from: at, count: 1 });
      return rows.map(({ passage }) => passage);
    };
  });
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'linkToClaim',
          title: t('claims.linkTo'),
          group: 'tagging',
          icon: 'link',
          keys: keysOf('linkToClaim'),
          when: () => !isReadOnly && useEvidence.getState().heading === null,
          run: () => void latest.current?.().then(linkPassages, (thrown: unknown) => notifyError(errorDataOf(thrown))),
        },
        {
          id: 'addToDossier',
          title: t('addToDossier.command'),
          group: 'tagging',
          icon: 'folder',
          when: () => !isReadOnly && useEvidence.getState().heading === null,
          run: () =>
            void latest.current?.().then(
              (passages) => openAddDialog({ kind: 'passages', passages }),
              (thrown: unknown) => notifyError(errorDataOf(thrown)),
            ),
        },
      ],
      [t, isReadOnly],
    ),
  );
}
