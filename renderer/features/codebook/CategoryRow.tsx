import { memo } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category } from '../../../shared/model/index.ts';
import { formatNumber } from '../../common/format.ts';
import { FamilySign, familyOf, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Marked } from '../../ui/Marked.tsx';
import { useLedgerRows } from './ledger-rows.ts';
import { RenameField } from './RenameField.tsx';
import { matchCategory, nearMatch, type Match, type TreeNode } from './tree.ts';

export interface CategoryRowProps {
  readonly node: TreeNode;
  readonly isExpanded: boolean;
  /** From 1. */
  readonly level: number;
}

/** One line of the ledger: key or fold, sign or code, name, counts. */
export const CategoryRow = memo(function CategoryRow({ node, isExpanded, level }: CategoryRowProps) {
  const { t } = useTranslation();
  const { filter, showHere, chosen, isDraggable, onChoose } = useLedgerRows();
  const { category, here, all } = node;
  const match = matchCategory(category, filter);
  // A category of another family at the top (moved there, or adrift) is shown with its sign as well.
  const isFamily = level === 1;
  return (
    <div
      className="ledger-row"
      data-chosen={chosen === category.id || undefined}
      data-family={isFamily || undefined}
      data-level={Math.min(level, 5)}
      data-here={here > 0 || undefined}
    >
      {!isDraggable ? null : (
        <Button
          slot="drag"
          className="ledger-grip"
          excludeFromTabOrder
          aria-label={t('codebook.drag', { name: category.name })}
        >
          <Icon name="more" size="small" />
        </Button>
      )}
      <Lead node={node} isExpanded={isExpanded} />
      {isFamily ? (
        <FamilySign code={category.code} colour={category.colour} />
      ) : (
        <span className="code cut" title={category.code}>
          <ShownCode category={category} match={match} />
        </span>
      )}
      <Name category={category} match={match} />
      <span className="number">
        {showHere ? <Count value={here} label={t('codebook.hereCount', { count: here })} /> : null}
      </span>
      <Button
        className="ledger-count number"
        excludeFromTabOrder
        aria-label={t('codebook.showPassages', { count: all, name: category.name })}
        onPress={() => onChoose(category.id)}
      >
        {all === 0 ? <span className="dim">–</span> : formatNumber(all)}
      </Button>
    </div>
  );
});

function Lead({ node, isExpanded }: Omit<CategoryRowProps, 'level'>) {
  const { t } = useTranslation();
  const { category, children } = node;
  const key = useLedgerRows().keyOf(category.id);
  return (
    <span className="ledger-lead">
      {children.length > 0 ? (
        <Button
          slot="chevron"
          className="ledger-twist"
          excludeFromTabOrder
          aria-label={t(isExpanded ? 'codebook.fold' : 'codebook.unfold', { name: category.name })}
        >
          <Icon name={isExpanded ? 'collapse' : 'expand'} size="small" />
        </Button>
      ) : key === null ? null : (
        <kbd data-recent={!key.isPinned || undefined}>{key.key}</kbd>
      )}
    </span>
  );
}

/** The last part of a code, where what stands before it is in sight above; with a filter that meets the code, all of it. */
function ShownCode({ category: { code }, match }: { category: Category; match: Match | null }) {
  const at = match?.code ?? null;
  const last = code.slice(code.lastIndexOf('.') + 1);
  if (at === null) return <>{restOf(code) === '' ? familyOf(code) : last}</>;
  const before = code.length - last.length;
  // What was looked for may lie in the part above: then the whole code is shown.
  return at.from >= before ? (
    <Marked text={last} from={at.from - before} to={at.to - before} />
  ) : (
    <Marked text={code} from={at.from} to={at.to} />
  );
}

function Name({ category, match }: { category: Category; match: Match | null }) {
  const { renaming, onRenamed } = useLedgerRows();
  const term = match?.term ?? null;
  if (renaming === category.id)
    return (
      <span className="ledger-name">
        <RenameField name={category.name} onEnd={(name, byKey) => onRenamed(category.id, name, byKey)} />
      </span>
    );
  return (
    <span className="ledger-name" title={`${category.code} ${category.name}`}>
      <bdi className="cut">
        <Marked text={category.name} from={match?.name?.from ?? 0} to={match?.name?.to ?? 0} />
      </bdi>
      {term === null ? null : (
        <bdi className="ledger-term cut" lang={/\p{Script=Han}/u.test(term.text) ? 'zh-Hans' : 'en'} title={term.text}>
          <Marked {...nearMatch(term.text, term.at)} />
        </bdi>
      )}
    </span>
  );
}

function Count({ value, label }: { value: number; label: string }) {
  return (
    <>
      <span className="unseen">{label}</span>
      <span aria-hidden className={value === 0 ? 'dim' : undefined}>
        {value === 0 ? '–' : formatNumber(value)}
      </span>
    </>
  );
}
