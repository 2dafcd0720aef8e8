import type { ClaimRelation } from '../../../shared/model/index.ts';
import type { IconName } from '../../ui/Icon.tsx';

/** The letter that links what is in hand, as shown. */
export const LINK_LETTERS: Readonly<Record<ClaimRelation, string>> = { supports: 'S', limits: 'Q', contradicts: 'X' };
export const RELATION_SIGNS: Readonly<Record<ClaimRelation, IconName>> = {
  supports: 'check',
  limits: 'half',
  contradicts: 'close',
};

/** How a key links what is in hand; undefined: it does not. */
export function relationOfKey(key: string): ClaimRelation | undefined {
  switch (key.toLowerCase()) {
    case 's':
      return 'supports';
    case 'q':
      return 'limits';
    case 'x':
      return 'contradicts';
    default:
      return undefined;
  }
}
