import type { RelationCard, RelationChecked } from '../../../shared/contract/relations.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';
import { type Look, lookOf } from './verdicts.ts';

const SIGNS: Readonly<Record<Exclude<Look, 'warned'>, string>> = {
  exact: '=',
  rounds: '≈',
  waiting: '≈',
  truncates: '⌊',
  within: '∩',
  wide: '∩',
  fails: '≠',
  unknown: '?',
};

/** The verdict of a relation: a shape, a sign and a word. */
export function Verdict({ relation, check = relation.check }: { relation: RelationCard; check?: RelationChecked }) {
  const { t } = useTranslation();
  const look = lookOf({ check, warnings: relation.warnings });
  if (look === 'warned')
    return (
      <span className="verdict" data-look="warned">
        <Icon name="alert" size="small" />
        {t(`relations.verdict.warned.${check.verdict === 'exact' ? 'exact' : 'rounds'}`)}
      </span>
    );
  const sign = look === 'waiting' && check.verdict === 'exact' ? '=' : SIGNS[look];
  return (
    <span className="verdict" data-look={look}>
      <i aria-hidden="true">{sign}</i>
      {look === 'fails' && check.off !== null
        ? t('relations.verdict.failsBy', { steps: check.off })
        : look === 'waiting'
          ? t(`relations.verdict.waiting.${check.verdict === 'exact' ? 'exact' : 'rounds'}`)
          : t(`relations.verdict.${look}`)}
    </span>
  );
}
