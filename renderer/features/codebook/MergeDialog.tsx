import { useState, useEffect, useRef } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Category, CategoryId, PersonId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { createFormDrafts } from '../../common/drafts/drafts.ts';
import { formatNumber } from '../../common/format.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { Marked } from '../../ui/Marked.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { NoMatch } from './CategoryTree.tsx';
import { matchCategory } from './tree.ts';
import { useCodebookActs } from './useCodebookActs.ts';

interface MergeDialogProps {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly onClose: () => void;
  readonly onMerged: (into: CategoryId) => void;
}

/** The choices so far; kept when Escape closes the dialog. */
interface Work {
  readonly into: CategoryId | null;
  readonly more: readonly CategoryId[];
}
const NO_CHOICES: Work = { into: null, more: [] };
const merges = createFormDrafts<Work>();

/** Chooses the category to merge this one into, and shows whose tags that changes. */
export function MergeDialog({ category, categories, onClose, onMerged }: MergeDialogProps) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const work = merges.use(category.id);
  const { into, more: chosen } = work ?? NO_CHOICES;
  const [isAdding, setAdding] = useState(false);
  const active = categories.filter(({ archived, deleted }) => !archived && !deleted);
  const more = chosen.filter((id) => active.some((one) => one.id === id));
  const discard = (): void => {
    merges.drop(category.id);
    onClose();
  };
  const target = active.find(({ id }) => id === into);
  const from = [category.id, ...more.filter((id) => id !== into)];
  const merge = async (): Promise<void> => {
    if (target === undefined) return;
    const done = await acts.merge({ ids: from, into: target.id });
    if (done === null) return;
    discard();
    onMerged(target.id);
  };
  return (
    <Dialog
      title={t('codebook.merge.title', { name: category.name })}
      isOpen
      onClose={onClose}
      ignoresOutside={work !== null}
      size="wide"
      footer={
        <>
          <Button onPress={discard}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={target === undefined} onPress={() => void merge()}>
            {target === undefined ? t('codebook.merge.act') : t('codebook.merge.actInto', { name: target.name })}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t('codebook.merge.meaning')}</p>
        {isAdding ? (
          <CategoryPicker
            label={t('codebook.merge.also')}
            categories={active.filter(({ id }) => id !== category.id && id !== into)}
            chosen={more}
            several
            onChoose={(next) => merges.keep(category.id, { into, more: next })}
          />
        ) : (
          <CategoryPicker
            label={t('codebook.merge.into')}
            categories={active.filter(({ id }) => !from.includes(id))}
            chosen={into === null ? [] : [into]}
            onChoose={([first]) => merges.keep(category.id, { into: first ?? into, more })}
          />
        )}
        <div className="line" data-wrap>
          <Button size="small" onPress={() => setAdding(!isAdding)}>
            {t(isAdding ? 'codebook.merge.chooseTarget' : 'codebook.merge.chooseMore')}
          </Button>
          <span className="hint">{t('codebook.merge.sources', { count: from.length })}</span>
        </div>
        {target === undefined ? null : <MergeUse from={from} target={target} />}
      </div>
    </Dialog>
  );
}

/** How many passages will be tagged with the target, by person, and how many are already. */
function MergeUse({ from, target }: { from: readonly CategoryId[]; target: Category }) {
  const { t } = useTranslation();
  const after = useCall('categories.use', { ids: [...from, target.id] });
  const before = useCall('categories.use', { ids: [target.id] });
  const people = new Map((useCall('project.info', {}).data?.people ?? []).map((one) => [one.id, one.name]));
  if (after.error !== null) return <InlineError message={after.error.message} />;
  if (after.data === undefined || before.data === undefined) return null;
  const { passages } = after.data;
  return (
    <section className="stack merge-use" aria-live="polite">
      <p>
        <strong>{t('codebook.merge.will', { count: passages, name: target.name })}</strong>{' '}
        {t('codebook.merge.already', { count: before.data.passages })}
      </p>
      <dl className="definitions">
        {after.data.people.map(({ person, passages: count }) => (
          <Use key={person} person={person} name={people.get(person) ?? '?'} count={count} />
        ))}
      </dl>
    </section>
  );
}

function Use({ person, name, count }: { person: PersonId; name: string; count: number }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>
        <PersonName id={person} name={name} />
      </dt>
      <dd>{t('codebook.merge.passages', { count })}</dd>
    </>
  );
}

interface CategoryPickerProps {
  readonly label: string;
  /** In the order they are shown. */
  readonly categories: readonly Category[];
  readonly chosen: readonly CategoryId[];
  readonly several?: boolean;
  readonly onChoose: (categories: CategoryId[]) => void;
}

/** A list of categories to choose from, filtered by name, code or term. */
function CategoryPicker({ label, categories, chosen, several = false, onChoose }: CategoryPickerProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
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
        renderEmptyState={() => (
          <div className="hint picker-none">
            <NoMatch text={t('codebook.noMatch')} onClear={() => setFilter('')} />
          </div>
        )}
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
