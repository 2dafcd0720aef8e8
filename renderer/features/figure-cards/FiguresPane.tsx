import { useState } from 'react';
import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { formatNumber } from '../../common/format.ts';
import { useFigures, useListedFigures } from '../../common/figures/figures.ts';
import { FIGURE_FILTERS, filterFigures, fitsFilter, goToFigure, useFiguring } from '../../common/figures/mode.ts';
import { readingLine } from '../../common/figures/words.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { StateSign } from './StateSign.tsx';

const keyOf = ({ id }: FigureInText): string => id;

/** The figures of a source in reading order, and the numbers that are not figures, with reasons. */
export function FiguresPane({ source }: { source: SourceId }) {
  const { t } = useTranslation();
  const { figures, listed, error } = useFigures(source);
  const rows = useListedFigures(source);
  const { filter, current } = useFiguring();
  return (
    <aside className="pane figures-pane" aria-label={t('figureCards.title')}>
      <header className="pane-head">
        <h2 className="grow">{t('figureCards.title')}</h2>
      </header>
      <div className="figures-filter">
        <Segments
          label={t('figureCards.filter')}
          value={filter}
          options={FIGURE_FILTERS.map((value) => ({
            value,
            label: t(`figureCards.filters.${value}`, { count: figures.filter((one) => fitsFilter(one, value)).length }),
          }))}
          onChange={filterFigures}
        />
      </div>
      {error === null ? null : <InlineError message={error.message} />}
      {rows.length === 0 ? (
        <Nothing listed={listed} isFailed={error !== null} />
      ) : (
        <VirtualList
          label={t('figureCards.list')}
          rows={rows}
          keyOf={keyOf}
          current={current}
          onCurrent={goToFigure}
          onOpen={({ id }) => goToFigure(id)}
        >
          {(figure) => <Row figure={figure} />}
        </VirtualList>
      )}
      {listed === null ? null : <Rest listed={listed} />}
    </aside>
  );
}

function Nothing({ listed, isFailed }: { listed: CallOutput<'figures.ofSource'> | null; isFailed: boolean }) {
  const { t } = useTranslation();
  if (isFailed) return <div className="grow" />;
  if (listed === null)
    return (
      <p className="pane-section grow mid" role="status">
        {t('figureCards.reading')}
      </p>
    );
  const [title, text] = listed.blind
    ? (['figureCards.blind', 'figureCards.blindText'] as const)
    : listed.figures.length === 0
      ? (['figureCards.none', 'figureCards.noneText'] as const)
      : (['figureCards.noneOpen', 'figureCards.noneOpenText'] as const);
  return (
    <div className="pane-section grow">
      <p className="strong">{t(title)}</p>
      <p className="mid">{t(text)}</p>
    </div>
  );
}

function Row({ figure }: { figure: FigureInText }) {
  const { t } = useTranslation();
  return (
    <span className="figure-row">
      <StateSign state={figure.state} />
      <bdi className="source-words cut">{figure.text}</bdi>
      <span className="code dim">{t('figureCards.page', { page: figure.page })}</span>
      <span className="hint cut">{readingLine(figure, t)}</span>
    </span>
  );
}

/** What the list lacks: numbers left out, and cards whose words are no longer in the text. */
function Rest({ listed: { leftOut, lost, more } }: { listed: CallOutput<'figures.ofSource'> }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (leftOut.length === 0 && lost.length === 0 && more === 0) return null;
  return (
    <footer className="pane-foot figures-rest">
      {more === 0 ? null : <p>{t('figureCards.more', { count: more })}</p>}
      {lost.length === 0 ? null : (
        <>
          <p data-tone="warn">{t('figureCards.lost', { count: lost.length })}</p>
          <ul>
            {lost.map(({ id, text }) => (
              <li key={id}>
                <bdi className="source-words">{text}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {leftOut.length === 0 ? null : (
        <LinkButton aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t('figureCards.leftOut', { count: leftOut.length })}
        </LinkButton>
      )}
      {isOpen ? (
        // Focusable, so that it can be scrolled by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ul className="scroll" tabIndex={0} aria-label={t('figureCards.leftOut', { count: leftOut.length })}>
          {leftOut.slice(0, MOST).map(({ start, text, reason }) => (
            <li key={start}>
              <bdi className="source-words">{text}</bdi> <span className="hint">{reason}</span>
            </li>
          ))}
          {leftOut.length > MOST ? <li className="dim">{formatNumber(leftOut.length - MOST)}</li> : null}
        </ul>
      ) : null}
    </footer>
  );
}
/** At most this many left-out numbers are listed: nobody reads more. */
const MOST = 500;
