import { useMemo, useState } from 'react';
import type { CategoryId } from '../../../shared/model/index.ts';
import type { Opens } from './category-acts.ts';

/** What is open in the codebook pane besides the tree; one thing at a time. */
export type Opened =
  | { readonly kind: 'add'; readonly parent: CategoryId | null }
  | { readonly kind: 'rename' | 'edit' | 'merge' | 'split'; readonly category: CategoryId }
  | { readonly kind: 'title' | 'values' };

export interface PaneOpens extends Opens {
  readonly title: () => void;
  readonly values: () => void;
}

export function useOpened(onChoose: (category: CategoryId | null) => void): {
  readonly opened: Opened | null;
  readonly opens: PaneOpens;
  readonly close: () => void;
} {
  const [opened, setOpened] = useState<Opened | null>(null);
  const opens = useMemo<PaneOpens>(
    () => ({
      addBelow: (parent) => setOpened({ kind: 'add', parent }),
      rename: (category) => setOpened({ kind: 'rename', category }),
      edit: (category) => {
        onChoose(category);
        setOpened({ kind: 'edit', category });
      },
      merge: (category) => setOpened({ kind: 'merge', category }),
      split: (category) => setOpened({ kind: 'split', category }),
      title: () => setOpened({ kind: 'title' }),
      values: () => setOpened({ kind: 'values' }),
    }),
    [onChoose],
  );
  return { opened, opens, close: () => setOpened(null) };
}
