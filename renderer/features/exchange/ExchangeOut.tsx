import { useState, type ReactNode } from 'react';
import type { SignedPdf } from '../../../shared/contract/exchange.ts';
import type { Selection } from '../../../shared/contract/export.ts';
import {
  CARRIED,
  FORMAT_NAMES,
  FORMATS,
  isOutgoing,
  type FormatName,
  type Keeping,
  type OutgoingFormat,
} from '../../../shared/model/exchange-formats.ts';
import { useCall } from '../../api/index.ts';
import { PartChoice } from '../../common/choices/PartChoice.tsx';
import { LastMade } from '../../common/files/LastMade.tsx';
import { formatBytes, formatNumber } from '../../common/format.ts';
import { useShowUnmasked } from '../../common/masks/unmasked.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openDialog } from '../../common/workbench/workbench.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError } from '../../ui/Note.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { NotCarriedList } from './Ledger.tsx';
import { useSendOut } from './useSendOut.ts';

const ALL: Selection = { sources: [], categories: [], people: [], states: [] };
const OUT = FORMAT_NAMES.filter((name) => FORMATS[name].out !== null);

/** All formats with what each keeps. Before the file is written, it names what the chosen format cannot carry of this project. */
export function ExchangeOut({ head, width }: { head: ReactNode; width: FrameWidth }) {
  const { t } = useTranslation();
  const [format, choose] = useState<FormatName>('qdpx');
  const [only, setOnly] = useState<Selection>(ALL);
  const [pseudonyms, setPseudonyms] = useState(false);
  return (
    <div className="exchange-out" data-width={width}>
      <section className="exchange-main" aria-label={t('exchange.out.formats')}>
        <div className="bar">{head}</div>
        <div className="exchange-legend">
          {(['all', 'part', 'none'] as const).map((keeping) => (
            <span key={keeping} className="line">
              <Keep keeping={keeping} />
              {t(`exchange.out.keeping.${keeping}`)}
            </span>
          ))}
        </div>
        <div className="scroll">
          <FormatTable format={format} onChoose={choose} />
        </div>
      </section>
      <aside className="pane" aria-label={t(`exchange.formats.${format}.name`)}>
        <header className="bar">
          <h2 className="strong grow">{t(`exchange.formats.${format}.name`)}</h2>
          <LastMade asked={[format, only, pseudonyms && format === 'pdf']} />
        </header>
        <div className="scroll">
          <div className="pane-section">
            <p>{t(`exchange.formats.${format}.for`)}</p>
          </div>
          {FORMATS[format].out === 'share' ? null : (
            <div className="pane-section stack">
              <PartChoice only={only} onChange={setOnly} />
              {format === 'pdf' ? (
                <Check label={t('exchange.out.pseudonyms')} selected={pseudonyms} onChange={setPseudonyms} />
              ) : null}
            </div>
          )}
          {isOutgoing(format) ? <Outline format={format} only={only} /> : null}
        </div>
        <SendFoot format={format} only={only} pseudonyms={pseudonyms} />
      </aside>
    </div>
  );
}

function FormatTable({ format, onChoose }: { format: FormatName; onChoose: (format: FormatName) => void }) {
  const { t } = useTranslation();
  return (
    <table className="exchange-table exchange-formats">
      <caption className="unseen">{t('exchange.out.formats')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('exchange.out.format')}</th>
          {CARRIED.map((what) => (
            <th key={what} scope="col" className="exchange-middle">
              {t(`exchange.out.carried.${what}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {OUT.map((name) => (
          <FormatRow key={name} name={name} isOn={name === format} onChoose={onChoose} />
        ))}
      </tbody>
    </table>
  );
}

function FormatRow({
  name,
  isOn,
  onChoose,
}: {
  name: FormatName;
  isOn: boolean;
  onChoose: (format: FormatName) => void;
}) {
  const { t } = useTranslation();
  const { ending, carries } = FORMATS[name];
  const called = t('exchange.out.named', { name: t(`exchange.formats.${name}.name`), ending });
  return (
    <tr data-on={isOn || undefined}>
      <th scope="row" aria-label={called}>
        <button type="button" className="two-lines" aria-pressed={isOn} onClick={() => onChoose(name)}>
          <span>{called}</span>
          <span className="cut">{t(`exchange.formats.${name}.short`)}</span>
        </button>
      </th>
      {CARRIED.map((what) => (
        <td key={what} className="exchange-middle">
          <Keep keeping={carries[what]} label={t(`exchange.out.keeping.${carries[what]}`)} />
        </td>
      ))}
    </tr>
  );
}

/** How well a format keeps something, as a disc, half a disc or a dash. Shapes can be told apart without colours. */
function Keep({ keeping, label }: { keeping: Keeping; label?: string }) {
  return (
    <span
      className="exchange-keep"
      data-keeping={keeping}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}

/** What the file would contain, and what would be missing from it. */
function Outline({ format, only }: { format: OutgoingFormat; only: Selection }) {
  const { t } = useTranslation();
  const outline = useCall('exchange.outline', { format, only });
  const showUnmasked = useShowUnmasked();
  if (outline.isError)
    return (
      <div className="pane-section">
        <InlineError
          message={outline.error.message}
          action={
            outline.error.code === 'UNMASKED' ? (
              <LinkButton onPress={() => void showUnmasked()}>{t('masks.showUnmasked')}</LinkButton>
            ) : null
          }
        />
      </div>
    );
  if (outline.data === undefined) return null;
  const { notCarried, signed = [], originals = 0, ...counts } = outline.data;
  const kept = (['sources', 'passages', 'categories', 'tags', 'notes'] as const).filter((what) => counts[what] > 0);
  return (
    <>
      <section className="pane-section">
        <h3>{t('exchange.out.keeps')}</h3>
        <ul className="exchange-list">
          {kept.map((what) => (
            <li key={what} className="line">
              <Icon name="check" size="small" />
              {t(`exchange.out.counts.${what}`, { count: counts[what], number: formatNumber(counts[what]) })}
            </li>
          ))}
          {originals === 0 ? null : (
            <li className="line">
              <Icon name="check" size="small" />
              {t('exchange.out.originals', { size: formatBytes(originals) })}
            </li>
          )}
        </ul>
      </section>
      {notCarried.length === 0 ? (
        <section className="pane-section">
          <p className="mid">{t('exchange.out.allCarried')}</p>
        </section>
      ) : (
        <NotCarriedList title={t('exchange.out.drops')} list={notCarried} />
      )}
      {signed.length === 0 ? null : <SignedList signed={signed} />}
    </>
  );
}

/** PDFs that have a digital signature, and what the copy means for that signature. It is shown before the file is written. */
function SignedList({ signed }: { signed: readonly SignedPdf[] }) {
  const { t } = useTranslation();
  return (
    <section className="pane-section">
      <h3>{t('exchange.out.signed', { count: signed.length })}</h3>
      {[...Map.groupBy(signed, ({ copy }) => copy)].map(([copy, some]) => (
        <div key={copy} className="exchange-signed">
          <ul className="exchange-list">
            {some.map(({ title }, n) => (
              <li key={n}>
                <bdi>{title}</bdi>
              </li>
            ))}
          </ul>
          <p className="dim">{t(`exchange.out.signature.${copy}`)}</p>
        </div>
      ))}
    </section>
  );
}

function SendFoot({ format, only, pseudonyms }: { format: FormatName; only: Selection; pseudonyms: boolean }) {
  const { t } = useTranslation();
  const { start, stop, isPending, error } = useSendOut();
  const outline = useCall('exchange.outline', { format: isOutgoing(format) ? format : 'qdpx', only });
  const isEmpty = isOutgoing(format) && outline.isError;
  const isZip = format === 'pdf' && (outline.data?.sources ?? 0) > 1;
  const ending = isZip ? '.zip' : FORMATS[format].ending;
  return (
    <>
      {error === null ? null : <InlineError message={error} />}
      <footer className="exchange-foot">
        {FORMATS[format].out === 'share' ? (
          <Button kind="primary" icon="export" onPress={() => openDialog('share')}>
            {t('exchange.out.share')}
          </Button>
        ) : (
          <Button
            kind="primary"
            icon="export"
            isPending={isPending}
            isDisabled={isEmpty}
            onPress={() => start(format, only, pseudonyms)}
          >
            {t('exchange.out.start', { ending })}
          </Button>
        )}
        {isPending ? <Button onPress={stop}>{t('exchange.stop')}</Button> : null}
        <span className="hint grow" role="status">
          {isPending ? t('exchange.out.writing') : t('exchange.out.unchanged')}
        </span>
      </footer>
    </>
  );
}
