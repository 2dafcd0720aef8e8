import { useMemo } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { useCommands, type Command } from '../commands/registry.ts';
import { showPane } from '../workbench/side-panes.ts';
import { openDialog, setPassage, showShelf, useWorkbench } from '../workbench/workbench.ts';
import { memoCommand } from './MemoSection.tsx';
import { wishForMemo } from './wish.ts';

const now = useWorkbench.getState;

/** Memos on the passage, the category and the source one is on, and on the project, from anywhere: what they stand in is shown first. */
export function useMemoCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(() => {
      const reads = (): boolean => now().place === 'read';
      return [
        {
          ...memoCommand(t, 'passage', () => {
            showPane('end');
            wishForMemo('passage');
          }),
          when: () => reads() && now().passage !== null,
        },
        {
          ...memoCommand(t, 'category', () => {
            showShelf('codebook');
            wishForMemo('category');
          }),
          when: () => reads() && now().category !== null,
        },
        {
          ...memoCommand(t, 'source', () => {
            // The memo on the source stands where a passage's would be.
            setPassage(null);
            showPane('end');
            wishForMemo('source');
          }),
          when: () => reads() && now().source !== null,
        },
        memoCommand(t, 'project', () => {
          openDialog('project');
          wishForMemo('project');
        }),
      ];
    }, [t]),
  );
}
