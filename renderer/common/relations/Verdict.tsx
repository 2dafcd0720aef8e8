import type { RelationCard, RelationChecked } from '../../../shared/contract/relations.ts';
import { useTranslation, type Words } from '../strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';
import { type Look, lookOf } from './verdicts.ts';
import { signOf } from './words.ts';

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
  const sign = look === 'waiting' && check.verdict === 'exact' ? '=' : undefined;
  return <VerdictSign look={look} sign={sign} words={verdictWords(look, check, t)} />;
}

/** The shape and sign of a verdict beside its words. */
export function VerdictSign({
  look,
  words,
  sign = look === 'warned' ? undefined : SIGNS[look],
}: {
  look: Look;
  words: string;
  sign?: string | undefined;
}) {
  return (
    <span className="verdict" data-look={look}>
      {sign === undefined ? <Icon name="alert" size="small" /> : <i aria-hidden="true">{sign}</i>}
      {words}
    </span>
  );
}

function verdictWords(look: Look, { verdict, off }: RelationChecked, t: Words): string {
  if (look === 'warned' || look === 'waiting')
    return t(`relations.verdict.${look}.${verdict === 'exact' ? 'exact' : 'rounds'}`);
  return look === 'fails' && off !== null
    ? t('relations.verdict.failsBy', { count: off })
    : t(`relations.verdict.${look}`);
}

/** A relation as screen readers say it: its figures, its verdict, and its position among `count`. */
export const spokenRelation = (relation: RelationCard, number: number, count: number, t: Words): string =>
  t('relations.spoken', {
    figures: relation.inputs.map(({ text }) => text).join(` ${signOf(relation.operation)} `),
    kind: t(`relations.kind.${relation.kind}`),
    verdict: verdictWords(lookOf(relation), relation.check, t),
    position: t('relations.position', { number, count }),
  });
