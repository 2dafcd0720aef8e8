import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { formatMoment, formatWhen } from '../../common/format.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { Initials } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { useLanguages } from './differences.ts';
import { FinalForm } from './FinalForm.tsx';

interface Props {
  readonly difference: Disagreement;
  readonly onDecided: () => void;
}

/** One unit: the text, what each coder gave, and what is final, with its reason. */
export function Decision({ difference, onDecided }: Props) {
  const { t } = useTranslation();
  const { source, sourceTitle, page, text, before, after, coders, passage, decided } = difference;
  const language = useLanguages().get(source);
  const [now] = useState(() => Date.now());
  return (
    <article className="coding-unit" aria-label={t('coding.differences.where', { source: sourceTitle, page })}>
      <div className="line">
        <bdi className="hint grow cut">{t('coding.differences.where', { source: sourceTitle, page })}</bdi>
        <Button size="small" kind="quiet" keys={['O']} onPress={() => openPassage({ source, passage })}>
          {t('coding.differences.open')}
        </Button>
      </div>
      <blockquote className="team-context source-words" lang={language} dir="auto">
        <span className="dim">{shown(before)}</span>
        <mark className="team-quote f-aim">{shown(text)}</mark>
        <span className="dim">{shown(after)}</span>
      </blockquote>
      <div className="coding-columns">
        {coders.map(({ person, name, categories }) => (
          <section key={person} aria-label={name}>
            <h3 className="line hint">
              <Initials name={name} size="small" />
              <bdi>{name}</bdi>
            </h3>
            <Given categories={categories} />
          </section>
        ))}
      </div>
      {decided === null ? null : (
        <p className="hint" title={formatMoment(decided.at)}>
          {t('coding.differences.decidedAt', { when: formatWhen(decided.at, now) })} <bdi>{decided.reason}</bdi>
        </p>
      )}
      <FinalForm difference={difference} onDecided={onDecided} />
    </article>
  );
}

/** Lines of a text as they run on here. */
const shown = (text: string): string => quotedWords(text, 'pdf');

function Given({ categories }: { categories: readonly CategoryId[] }) {
  const { t } = useTranslation();
  const all = useCategories();
  if (categories.length === 0) return <p className="mid">{t('coding.differences.nothing')}</p>;
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
