import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { IconButton } from '../../ui/Button.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { useKeyed } from './PinnedCategories.tsx';

export interface CodebookRailProps {
  readonly onTag: ((category: CategoryId) => void) | null;
  readonly onChoose: (category: CategoryId) => void;
  readonly onUnfold: () => void;
}

const NO_CATEGORIES: readonly never[] = [];

/** The codebook folded to its pinned codes, where the frame has no room for more. */
export function CodebookRail({ onTag, onChoose, onUnfold }: CodebookRailProps) {
  const { t } = useTranslation();
  const categories = useCall('codebook.get', {}).data?.categories ?? NO_CATEGORIES;
  const pinned = useKeyed(categories);
  return (
    <aside className="rail" aria-label={t('codebook.title')}>
      <IconButton label={t('codebook.show')} icon="paneStart" onPress={onUnfold} />
      {pinned.map(({ key, category }) => (
        <Tip key={key} text={`${category.code} ${category.name}`}>
          <AriaButton className="rail-pin" onPress={() => (onTag ?? onChoose)(category.id)}>
            <FamilySign code={category.code} colour={category.colour} />{' '}
            <span className="code cut">{restOf(category.code)}</span>
            <span className="unseen">{category.name}</span>
          </AriaButton>
        </Tip>
      ))}
    </aside>
  );
}
