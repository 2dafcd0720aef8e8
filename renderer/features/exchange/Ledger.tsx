import type { ExchangeLedger, LedgerLine, NotCarried } from '../../../shared/contract/exchange.ts';
import { formatNumber, formatShare } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Progress } from '../../ui/Progress.tsx';
import { useExchange } from './exchange-state.ts';

/** The number of records that the import adds. */
export const addedIn = ({ lines }: ExchangeLedger): number => lines.reduce((sum, { added }) => sum + added, 0);

/** Whether the project already has everything that the file contains. */
export const isAllHere = ({ lines, notCarried }: ExchangeLedger): boolean =>
  lines.length > 0 && notCarried.length === 0 && lines.every(({ found, here }) => here === found);

/** A table with a line for each kind of record in a file: its name and count there, the kind and count it becomes here, and how. */
export function Ledger({ ledger, isDone }: { ledger: ExchangeLedger; isDone: boolean }) {
  const { t } = useTranslation();
  if (ledger.lines.length === 0) return <p className="exchange-text mid">{t('exchange.in.empty')}</p>;
  return (
    <table className="exchange-table">
      <caption className="unseen">{t('exchange.in.preview')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('exchange.in.inFile')}</th>
          <th scope="col" className="exchange-number">
            <span className="unseen">{t('exchange.in.countInFile')}</span>
          </th>
          <th scope="col">{t('exchange.in.becomes')}</th>
          <th scope="col" className="exchange-number">
            <span className="unseen">{t('exchange.in.countHere')}</span>
          </th>
          <th scope="col">{t('exchange.in.how')}</th>
        </tr>
      </thead>
      <tbody>
        {ledger.lines.map((line) => (
          <tr key={line.inFile}>
            <th scope="row">{line.inFile}</th>
            <td className="exchange-number">{formatNumber(line.found)}</td>
            <td>{t(`exchange.in.kinds.${line.becomes}`)}</td>
            <td className="exchange-number strong">{formatNumber(line.added + line.here)}</td>
            <td className="exchange-how">
              <How line={line} isDone={isDone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function How({ line: { found, added, here, asked, how }, isDone }: { line: LedgerLine; isDone: boolean }) {
  const { t } = useTranslation();
  const left = found - added - here - asked;
  const parts = [
    ...(added === 0 ? [] : [t(isDone ? 'exchange.in.added' : 'exchange.in.new', { count: added })]),
    ...(here === 0 ? [] : [t('exchange.in.here', { count: here })]),
  ];
  return (
    <>
      {parts.join(', ')}
      {asked === 0 ? null : (
        <>
          {parts.length === 0 ? null : ', '}
          <span className="warn strong">{t('exchange.in.asked', { count: asked })}</span>
        </>
      )}
      {left <= 0 ? null : (
        <>
          {parts.length === 0 && asked === 0 ? null : ', '}
          <span className="warn strong">{t('exchange.in.left', { count: left })}</span>
        </>
      )}
      {how.map((sentence) => (
        <p key={sentence} className="dim">
          {sentence}
        </p>
      ))}
    </>
  );
}

/** What is not imported, by kind with count and reason, and the sources whose files are missing. */
export function LedgerNotes({
  ledger: { notCarried, missing },
  isDone,
}: {
  ledger: ExchangeLedger;
  /** Missing sources are listed only after the import: before it, the questions ask for them. */
  isDone: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      {notCarried.length === 0 ? null : <NotCarriedList title={t('exchange.notCarried')} list={notCarried} />}
      {missing.length === 0 || !isDone ? null : (
        <section className="exchange-part">
          <h3>{t('exchange.in.missing', { count: missing.length })}</h3>
          <ul className="exchange-list">
            {missing.map(({ id, name, selections, asText }) => (
              <li key={id} className="line" data-wrap>
                <span className="grow">
                  <bdi>{name}</bdi>
                </span>
                <span className="dim">
                  {t(asText ? 'exchange.in.asText' : 'exchange.in.absent')}
                  {selections === 0 ? null : ` ${t('exchange.in.selections', { count: selections })}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

export function NotCarriedList({ title, list }: { title: string; list: readonly NotCarried[] }) {
  const { t } = useTranslation();
  const count = list.reduce((sum, one) => sum + one.count, 0);
  return (
    <section className="exchange-part">
      <h3>
        {title}{' '}
        <span className="dim">
          {t('exchange.things', { count, kinds: t('exchange.kinds', { count: list.length }) })}
        </span>
      </h3>
      <table className="exchange-table">
        <caption className="unseen">{title}</caption>
        <tbody>
          {list.map(({ kind, count: many, why }) => (
            <tr key={`${kind} ${why}`}>
              <th scope="row">{kind}</th>
              <td className="exchange-number">{formatNumber(many)}</td>
              <td className="exchange-how">{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The progress of reading or importing a file. */
export function ExchangeWork({ at }: { at: 'reading' | 'importing' }) {
  const { t } = useTranslation();
  const { progress } = useExchange();
  const label = t(`exchange.in.stages.${at}`);
  const max = progress === null || progress.total === 0 ? null : progress.total;
  const phase = progress === null ? label : t(`exchange.in.phases.${progress.phase}`);
  const text =
    progress === null || max === null
      ? phase
      : t('exchange.in.share', { phase, share: formatShare(progress.done / max) });
  return (
    <div className="exchange-work" role="status">
      <span>{text}</span>
      <Progress label={label} value={progress?.done ?? 0} max={max} text={text} />
    </div>
  );
}
