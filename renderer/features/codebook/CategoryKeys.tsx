import { useMemo } from 'react';
import type { Category } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useKeyCommands, useKeyed } from './PinnedCategories.tsx';
import { useLetterCommands } from './useCategoryCommands.ts';

const NONE: readonly Category[] = [];

/** The number and letter keys that tag. They hang on the source in front, not on the codebook: who folds it or searches still tags. */
export function CategoryKeys(): null {
  const categories = useCall('codebook.get', {}).data?.categories ?? NONE;
  const living = useMemo(() => categories.filter(({ archived }) => !archived), [categories]);
  useKeyCommands(useKeyed(living));
  useLetterCommands(categories);
  return null;
}
