import { formatShare } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import type { MatrixCategory } from './matrix-cells.ts';
import type { Pair } from './matrix-pairs.ts';
import { openDrawer } from './state.ts';

/** At most this many pairs are listed; the matrix has all. */
const LISTED = 12;

/** The pairs of categories that are tagged together most often, each with its share of the rarer category’s passages. */
export function MostTogether({ pairs }: { pairs: readonly Pair[] }) {
  const { t } = useTranslation();
  if (pairs.length === 0) return null;
  const hasFew = pairs.slice(0, LISTED).some(({ share }) => share === null);
  return (
    <section className="evidence-together">
      <h2>{t('evidence.together.title')}</h2>
      <ol>
        {pairs.slice(0, LISTED).map(({ cell, one, other, rarer, share }) => (
          <li key={cell.key}>
            <button
              type="button"
              className="line"
              title={cell.title}
              onClick={() => openDrawer({ title: cell.title, marks: cell.marks })}
            >
              <Sign category={other.category} />
              <Sign category={one.category} />
              <span className="grow" />
              <span className="number">{cell.count}</span>
            </button>
            <span className="dim number">
              {share === null
                ? t('evidence.together.few', { count: rarer.counts.total, code: rarer.category.code })
                : t('evidence.together.share', {
                    share: formatShare(share),
                    count: rarer.counts.total,
                    code: rarer.category.code,
                  })}
            </span>
          </li>
        ))}
      </ol>
      <p className="hint">
        {t('evidence.together.note')} {hasFew ? t('evidence.together.fewNote') : ''}
      </p>
    </section>
  );
}

function Sign({ category: { code, colour, name } }: { category: MatrixCategory }) {
  return (
    <span className="line evidence-code">
      <FamilySign code={code} colour={colour} />
      <span className="code" aria-hidden>
        {restOf(code)}
      </span>
      <span className="unseen">{name}</span>
    </span>
  );
}
