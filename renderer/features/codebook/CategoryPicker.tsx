import { useEffect, useRef, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { formatNumber } from '../../common/format.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { Marked } from '../../ui/Marked.tsx';
import { matchCategory } from './tree.ts';

export interface CategoryPickerProps {
  readonly label: string;
  /** Those one can choose, in their order. */
  readonly categories: readonly Category[];
  readonly chosen: readonly CategoryId[];
  readonly several?: boolean;
  readonly onChoose: (categories: CategoryId[]) => void;
}

/** Categories to choose from, narrowed by what one types: name, code or term. */
export function CategoryPicker({ label, categories, chosen, several = false, onChoose }: CategoryPickerProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  // Who opens it types at once.
  useEffect(() => input.current?.focus(), []);
  const shown = categories.flatMap((category) => {
    const match = matchCategory(category, filter);
    return match === null ? [] : [{ id: category.id, category, match }];
  });
  const hidden = chosen.filter((id) => !shown.some((one) => one.id === id));
  return (
    <div className="stack category-picker">
      <FilterField
        label={t('codebook.filter')}
        value={filter}
        onChange={setFilter}
        inputRef={input}
        onLeave={() => list.current?.focus()}
        onEnter={() => {
          const [first] = shown;
          if (first !== undefined && filter.trim() !== '')
            onChoose(several ? [...new Set([...chosen, first.id])] : [first.id]);
        }}
      />
      <ListBox
        ref={list}
        aria-label={label}
        className="scroll picker-list"
        items={shown}
        selectionMode={several ? 'multiple' : 'single'}
        disallowEmptySelection={!several}
        selectedKeys={chosen}
        onSelectionChange={(keys) => {
          const now = shown.map(({ id }) => id).filter((id) => keys === 'all' || keys.has(id));
          onChoose(several ? [...hidden, ...now] : now);
        }}
        renderEmptyState={() => <p className="hint picker-none">{t('codebook.noMatch')}</p>}
        dependencies={[filter, chosen]}
      >
        {({ category, match }) => (
          <ListBoxItem id={category.id} textValue={`${category.name} ${category.code}`} className="picker-row">
            <FamilySign code={category.code} colour={category.colour} />
            <span className="code cut">{restOf(category.code)}</span>
            <bdi className="grow cut">
              <Marked text={category.name} from={match.name?.from ?? 0} to={match.name?.to ?? 0} />
            </bdi>
            {match.term === null ? null : <bdi className="hint cut">{match.term.text}</bdi>}
            <span className="number">{formatNumber(category.passages)}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}
