import type { CSSProperties } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openDrawer } from './state.ts';

type Answer = CallOutput<'evidence.places'>;
/** More provinces and units are not drawn; those with the fewest passages are left out. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 40;

/** Passages that name both a unit of Xinjiang and another province. The area of a dot is their number, which stands beside it. */
export function PlacePairs({ data, level }: { data: Answer; level: 'county' | 'prefecture' }) {
  const { t } = useTranslation();
  const names = new Map(data.places.map((place) => [place.place, place]));
  const nameOf = (id: string): string => names.get(id)?.name ?? id;
  const from = ranked(data.pairs.map(({ from: one, count }) => [one, count]));
  const to = ranked(data.pairs.map(({ to: one, count }) => [one, count]));
  const counts = new Map(data.pairs.map((pair) => [`${pair.from} ${pair.to}`, pair.count]));
  const most = Math.max(1, ...data.pairs.map(({ count }) => count));
  const [rows, columns] = [from.slice(0, MOST_ROWS), to.slice(0, MOST_COLUMNS)];
  return (
    <>
      <h2>{t(`evidence.places.pairs.${level}`)}</h2>
      <p className="hint">{t('evidence.places.pairs.note')}</p>
      {rows.length === 0 ? (
        <p className="mid">{t('evidence.places.pairs.none')}</p>
      ) : (
        <table className="evidence-pairs">
          <thead>
            <tr>
              <th scope="col">{t('evidence.places.place')}</th>
              {columns.map((id) => (
                <th key={id} scope="col">
                  <bdi>{nameOf(id)}</bdi>
                  <span className="dim" lang="zh-Hans">
                    {names.get(id)?.chinese}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">
                  <bdi>{nameOf(row)}</bdi>
                </th>
                {columns.map((column) => {
                  const count = counts.get(`${row} ${column}`) ?? 0;
                  const title = `${nameOf(row)}, ${nameOf(column)}`;
                  return (
                    <td key={column}>
                      {count === 0 ? (
                        <span className="dim">{t('evidence.noneHere')}</span>
                      ) : (
                        <button
                          type="button"
                          aria-label={`${title}: ${String(count)}`}
                          onClick={() =>
                            openDrawer({ title, marks: [{ by: 'pair', value: `${level} ${row} ${column}` }] })
                          }
                        >
                          <span
                            className="evidence-dot"
                            style={{ '--share': Math.sqrt(count / most) } as CSSProperties}
                          />
                          {count}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {from.length + to.length > rows.length + columns.length ? (
        <p className="hint">
          {t('evidence.places.pairs.more', { from: from.length - rows.length, to: to.length - columns.length })}
        </p>
      ) : null}
    </>
  );
}

/** Those with the most passages first. */
function ranked(counts: readonly (readonly [string, number])[]): string[] {
  const sums = new Map<string, number>();
  for (const [id, count] of counts) sums.set(id, (sums.get(id) ?? 0) + count);
  return [...sums].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([id]) => id);
}
