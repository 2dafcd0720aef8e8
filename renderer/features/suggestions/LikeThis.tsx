import type { Suggestion } from '../../../shared/contract/suggestions.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall } from '../../api/index.ts';
import { formatShare } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { measuredText } from './LearnedSection.tsx';

interface Props {
  readonly category: CategoryId;
  readonly name: string;
  readonly learned: NonNullable<Suggestion['learned']>;
}

/** Why a clause is suggested: how certain it is, how that was measured, and the most similar tagged passages. */
export function LikeThis({ category, name, learned: { sure, like } }: Props) {
  const { t } = useTranslation();
  const summary = useCall('suggestions.learned', {}).data?.learned;
  const measured = summary?.categories.find((one) => one.category === category)?.measured;
  const precision = measured?.precision ?? null;
  // If all suggestions of a category are equally certain, the measured share is the same number: do not repeat it.
  const isMeasured = precision !== null && formatShare(precision.value) === formatShare(sure / 100);
  return (
    <>
      <p className="hint">
        {t('terms.learned.why', { name })} {isMeasured ? null : t('terms.learned.whySure', { sure })}{' '}
        {measured === undefined ? null : measuredText(t, measured)}
      </p>
      {like.length === 0 ? null : (
        <ul className="suggestion-like" aria-label={t('terms.learned.like')}>
          {like.map(({ passage, source, text }) => (
            <li key={passage}>
              <LinkButton onPress={() => openPassage({ source, passage })}>
                <bdi className="source-words">{quotedWords(text, 'pdf')}</bdi>
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
