import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { createDialogDrafts } from '../../common/drafts/dialog-drafts.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { CategoryPicker } from './CategoryPicker.tsx';
import { useCodebookActs } from './useCodebookActs.ts';

export interface MergeDialogProps {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly onClose: () => void;
  readonly onMerged: (into: CategoryId) => void;
}

/** What is chosen so far; it stays when Escape closes the dialog. */
interface Work {
  readonly into: CategoryId | null;
  readonly more: readonly CategoryId[];
}
const NOTHING_YET: Work = { into: null, more: [] };
const merges = createDialogDrafts<Work>();

/** Which category takes over the passages of this one, and what that means for whose work. */
export function MergeDialog({ category, categories, onClose, onMerged }: MergeDialogProps) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const work = merges.use(category.id);
  const { into, more: chosen } = work ?? NOTHING_YET;
  const [isAdding, setAdding] = useState(false);
  const living = categories.filter(({ archived, deleted }) => !archived && !deleted);
  const more = chosen.filter((id) => living.some((one) => one.id === id));
  const giveUp = (): void => {
    merges.drop(category.id);
    onClose();
  };
  const target = living.find(({ id }) => id === into);
  const from = [category.id, ...more.filter((id) => id !== into)];
  const merge = async (): Promise<void> => {
    if (target === undefined) return;
    const done = await acts.merge({ ids: from, into: target.id });
    if (done === null) return;
    giveUp();
    onMerged(target.id);
  };
  return (
    <Dialog
      title={t('codebook.merge.title', { name: category.name })}
      isOpen
      onClose={onClose}
      isHeld={work !== null}
      size="wide"
      feet={
        <>
          <Button onPress={giveUp}>{t('app.cancel')}</Button>
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
            categories={living.filter(({ id }) => id !== category.id && id !== into)}
            chosen={more}
            several
            onChoose={(next) => merges.keep(category.id, { into, more: next })}
          />
        ) : (
          <CategoryPicker
            label={t('codebook.merge.into')}
            categories={living.filter(({ id }) => !from.includes(id))}
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

/** How many passages will carry the target, by whom, and what was there already. */
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
          <Use key={person} name={people.get(person) ?? '?'} count={count} />
        ))}
      </dl>
    </section>
  );
}

function Use({ name, count }: { name: string; count: number }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{t('codebook.merge.passages', { count })}</dd>
    </>
  );
}
