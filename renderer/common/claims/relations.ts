import type { ClaimRelation } from '../../../shared/model/index.ts';
import type { IconName } from '../../ui/Icon.tsx';

/** The letter key of each relation, as shown. */
export const LINK_LETTERS: Readonly<Record<ClaimRelation, string>> = { supports: 'S', limits: 'Q', contradicts: 'X' };
export const RELATION_SIGNS: Readonly<Record<ClaimRelation, IconName>> = {
  supports: 'check',
  limits: 'half',
  contradicts: 'close',
};

/** The relation that a key stands for; undefined if it is none of these keys. */
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
