import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from '../../app/strings/use-translation.ts';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { FilterChoice } from '../../app/choices/FilterChoice.tsx';
import { useCategoryChoices } from '../../app/choices/choices.tsx';
import { formatMoment } from '../../app/format.ts';
import { announce } from '../../app/state/notices.ts';
import { useCategories } from '../../app/state/source-passages.ts';
import { openPassage } from '../../app/state/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { firstChoice } from './differences.ts';

/** One unit: the text, what each coder gave, and what is final, with its reason. */
export function Decision({ difference }: { difference: Disagreement }) {
  const { t } = useTranslation();
  const { source, sourceTitle, page, text, before, after, coders, passage, decided } = difference;
  const language = useCall('sources.list', {}).data?.sources.find(({ id }) => id === source)?.language ?? undefined;
  return (
    <article className="coding-unit" aria-label={t('coding.differences.where', { source: sourceTitle, page })}>
      <div className="line">
        <bdi className="hint grow cut">{t('coding.differences.where', { source: sourceTitle, page })}</bdi>
        <Button size="small" kind="quiet" keys={['O']} onPress={() => openPassage({ source, passage })}>
          {t('coding.differences.open')}
        </Button>
      </div>
      <blockquote className="src coding-text" lang={language} dir="auto">
        <span className="dim">{before}</span>
        <mark>{text}</mark>
        <span className="dim">{after}</span>
      </blockquote>
      <div className="coding-columns">
        {coders.map(({ person, name, categories }) => (
          <section key={person} aria-label={name}>
            <h4 className="hint">
              <bdi>{name}</bdi>
            </h4>
            <Given categories={categories} />
          </section>
        ))}
      </div>
      {decided === null ? null : (
        <p className="hint">
          {t('coding.differences.decidedAt', { when: formatMoment(decided.at), reason: decided.reason })}
        </p>
      )}
      <Final difference={difference} />
    </article>
  );
}

function Given({ categories }: { categories: readonly CategoryId[] }) {
  const { t } = useTranslation();
  const all = useCategories();
  if (categories.length === 0) return <p className="unset">{t('coding.differences.nothing')}</p>;
  return (
    <div className="line" data-wrap>
      {categories.map((id) => {
        const category = all.get(id);
        return category === undefined ? null : (
          <Chip key={id} code={category.code} name={category.name} colour={category.colour} />
        );
      })}
    </div>
  );
}

function Final({ difference }: { difference: Disagreement }) {
  const { t } = useTranslation();
  const all = useCategories();
  const [chosen, setChosen] = useState<CategoryId[]>(() => firstChoice(difference));
  const [reason, setReason] = useState(difference.decided?.reason ?? '');
  const decide = useWrite('adjudications.decide');
  const isReady = reason.trim() !== '' && !decide.isPending;
  const send = (): void => {
    if (!isReady) return;
    decide.mutate(
      { passage: difference.passage, categories: chosen, reason: reason.trim() },
      { onSuccess: () => announce(t('coding.differences.saved')) },
    );
  };
  return (
    <Form
      className="coding-final"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="line" data-wrap>
        <h4 className="strong">{t('coding.differences.final')}</h4>
        {difference.coders.map(({ person, name, categories }) => (
          <Button key={person} size="small" onPress={() => setChosen([...categories])}>
            {t('coding.differences.as', { name })}
          </Button>
        ))}
        <FilterChoice label={t('search.category')} all={useCategoryChoices()} chosen={chosen} onChange={setChosen} />
      </div>
      <div className="line" data-wrap>
        {chosen.length === 0 ? <span className="unset">{t('coding.differences.nothing')}</span> : null}
        {chosen.map((id) => {
          const category = all.get(id);
          return category === undefined ? null : (
            <Chip
              key={id}
              code={category.code}
              name={category.name}
              colour={category.colour}
              removeLabel={t('coding.differences.without', { name: category.name })}
              onRemove={() => setChosen(chosen.filter((one) => one !== id))}
            />
          );
        })}
      </div>
      <Field
        label={t('coding.differences.reason')}
        value={reason}
        onChange={setReason}
        lines={2}
        dir="auto"
        maxLength={20_000}
      />
      {decide.error === null ? null : <InlineError message={decide.error.message} />}
      <div className="line">
        <Button kind="primary" type="submit" isDisabled={reason.trim() === ''} isPending={decide.isPending}>
          {t('coding.differences.decide')}
        </Button>
        <span className="hint">{t('coding.differences.stays')}</span>
      </div>
    </Form>
  );
}
