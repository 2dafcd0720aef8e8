import { useMemo, useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { IconToggle } from '../../ui/Button.tsx';
import { FilterField } from '../../ui/Field.tsx';

export interface CodebookFilterProps {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly onlyHere: boolean;
  /** Null while no source is in front. */
  readonly onOnlyHere: ((onlyHere: boolean) => void) | null;
  /** Into the tree. */
  readonly onLeave: () => void;
}

/** Narrows the tree: to what one types, to what is used in the source in front. */
export function CodebookFilter({ filter, onFilter, onlyHere, onOnlyHere, onLeave }: CodebookFilterProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'filterCategories',
          title: t('codebook.filterCommand'),
          group: 'codebook',
          keys: ['[Shift]+/'],
          run: () => input.current?.focus(),
        },
      ],
      [t],
    ),
  );
  return (
    <div className="codebook-filter line">
      <FilterField
        label={t('codebook.filter')}
        value={filter}
        onChange={onFilter}
        keys="/"
        inputRef={input}
        onLeave={onLeave}
      />
      <IconToggle
        label={t('codebook.onlyHere')}
        icon="filter"
        selected={onlyHere}
        onChange={(next) => onOnlyHere?.(next)}
        isDisabled={onOnlyHere === null}
      />
    </div>
  );
}
