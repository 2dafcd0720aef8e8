import type { SourceKind } from '../../../shared/model/index.ts';
import type { IconName } from '../../ui/Icon.tsx';

/** One sign for each kind of source, wherever it is listed. */
export const KIND_ICONS: Record<SourceKind, IconName> = {
  pdf: 'file',
  page: 'page',
  text: 'text',
  image: 'picture',
};
