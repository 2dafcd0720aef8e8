import type { Claim } from '../../../shared/contract/claims.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';

/** At most this many blocks of a kind are drawn; the words beside them give the numbers. */
const MOST = 8;

/** A solid block for each origin that supports a claim, dotted for copies, half for limits, crossed for contradictions. Shapes need no colour. */
export function Balance({ claim }: { claim: Pick<Claim, 'supports' | 'limits' | 'contradicts'> }) {
  const { t } = useTranslation();
  const { supports, limits, contradicts } = claim;
  const copies = supports.passages - supports.origins;
  const blocks = [
    ...blocksOf('support', supports.origins),
    ...blocksOf('copy', copies),
    ...blocksOf('limit', limits.passages),
    ...blocksOf('contradiction', contradicts.passages),
  ];
  const words = {
    support: t('claims.balanceParts.support', { count: supports.origins }),
    copies: t('claims.balanceParts.copies', { count: copies }),
    limit: t('claims.balanceParts.limit', { count: limits.passages }),
    contradict: t('claims.balanceParts.contradict', { count: contradicts.passages }),
  };
  return (
    <span className="claim-balance" role="img" aria-label={t('claims.balance', words)}>
      {blocks.map(({ kind, at }) => (
        <i key={`${kind} ${at}`} data-kind={kind} data-first={at === 0 || undefined} />
      ))}
    </span>
  );
}

const blocksOf = (kind: string, count: number): { kind: string; at: number }[] =>
  Array.from({ length: Math.min(MOST, Math.max(0, count)) }, (_, at) => ({ kind, at }));
