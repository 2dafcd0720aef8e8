import type { CallOutput } from '../../../shared/contract/index.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { DimensionsDialog } from './DimensionsDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { SplitDialog } from './SplitDialog.tsx';
import { TitleDialog } from './TitleDialog.tsx';
import type { Opened } from './useOpened.ts';

export interface CodebookDialogsProps {
  readonly opened: Opened | null;
  readonly codebook: CallOutput<'codebook.get'> | undefined;
  readonly onClose: () => void;
  readonly onChoose: (category: CategoryId) => void;
  readonly onMerged: (from: CategoryId, into: CategoryId) => void;
}

/** What needs more room than the pane has. */
export function CodebookDialogs({ opened, codebook, onClose, onChoose, onMerged }: CodebookDialogsProps) {
  if (opened === null || codebook === undefined) return null;
  const { categories, title, version } = codebook;
  switch (opened.kind) {
    case 'title':
      return <TitleDialog title={title} version={version} onClose={onClose} />;
    case 'values':
      return <DimensionsDialog onClose={onClose} />;
    case 'merge':
    case 'split': {
      const category = categories.find(({ id }) => id === opened.category);
      if (category === undefined) return null;
      return opened.kind === 'merge' ? (
        <MergeDialog
          category={category}
          categories={categories}
          onClose={onClose}
          onMerged={(into) => {
            onMerged(category.id, into);
            onChoose(into);
          }}
        />
      ) : (
        <SplitDialog category={category} onClose={onClose} onSplit={onChoose} />
      );
    }
    default:
      return null;
  }
}
