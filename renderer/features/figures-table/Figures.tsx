import { useMemo } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useAnswer } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { ReadingFigures } from '../../common/figures/ReadingFigures.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { Compare } from './Compare.tsx';
import { Conversions } from './Conversions.tsx';
import { ColumnsFlyout } from './FigureColumns.tsx';
import { FigureConditions } from './FigureConditions.tsx';
import { FigureViewHead } from './FigureViews.tsx';
import { FigureRows } from './FigureRows.tsx';
import { References } from './References.tsx';
import {
  type Asked,
  BLOCK,
  chooseNone,
  clearWhere,
  closeFigures,
  openTable,
  type TableInput,
  useFigures,
} from './state.ts';
import { useExportFigures } from './useExportFigures.ts';
import { useRelate } from './useRelate.ts';

/** All figures of the project as a table, or compared side by side. `asked`: the evidence’s filter, used unless a saved view has its own. */
export function Figures({ width, asked: ofEvidence }: { width: FrameWidth; asked: Asked }) {
  const { t } = useTranslation();
  const { where, sort, group, dialog, view, chosen } = useFigures();
  const query = view?.query ?? null;
  const asked = useMemo(() => (query === null ? ofEvidence : { query, within: [] }), [query, ofEvidence]);
  const input = useMemo(() => ({ ...asked, where, sort, group }), [asked, where, sort, group]);
  // The old table stays while the new one is read, because it has the focus.
  const { data, of: shown, error, isOld } = useAnswer('figures.table', { ...input, count: BLOCK });
  const { start, isWriting } = useExportFigures(input);
  const relate = useRelate(input);
  const counted =
    data === undefined
      ? undefined
      : t('figuresTable.count', {
          total: data.total,
          count: data.of,
          sources: t('figuresTable.sources', { count: data.sources }),
        });
  return (
    <div className="figures-page">
      <div className="bar figures-head">
        <IconButton icon="back" label={t('claims.back')} onPress={closeFigures} />
        <FigureViewHead asked={asked} />
        <span className="dim grow cut" role="status" title={counted}>
          {counted}
        </span>
        {relate === null || (data?.total ?? 0) === 0 ? null : (
          <Button size="small" kind="quiet" icon="link" keys={shownKeysOf('relate')} onPress={relate}>
            {chosen.length === 0 ? t('relations.relate') : t('figuresTable.relateChosen', { count: chosen.length })}
          </Button>
        )}
        {chosen.length === 0 ? null : (
          <IconButton size="small" icon="close" label={t('figuresTable.chooseNone')} onPress={chooseNone} />
        )}
        {(data?.of ?? 0) === 0 ? null : <ColumnsFlyout />}
        <Button size="small" kind="quiet" onPress={() => openTable('conversions')}>
          {t('figuresTable.conversions.open')}
        </Button>
        <Button size="small" kind="quiet" onPress={() => openTable('references')}>
          {t('figuresTable.references.open')}
        </Button>
        <Button
          size="small"
          icon="export"
          isDisabled={isWriting || (data?.total ?? 0) === 0}
          onPress={() => start('csv')}
        >
          {t('figuresTable.export', { count: data?.total ?? 0 })}
        </Button>
        <Button
          size="small"
          kind="quiet"
          isDisabled={isWriting || (data?.total ?? 0) === 0}
          onPress={() => start('xlsx')}
        >
          {t('figuresTable.exportExcel')}
        </Button>
      </div>
      <FigureConditions data={data} />
      {asked.query.trim() === '' && asked.within.length === 0 ? null : (
        <div className="bar figures-within">
          <span className="dim">{t('figuresTable.within')}</span>
          <bdi className="strong cut">{asked.query}</bdi>
        </div>
      )}
      {error === null ? null : <InlineError message={error.message} />}
      <Body data={data} input={shown} isOld={isOld} width={width} isFailed={error !== null} />
      {dialog === 'conversions' ? <Conversions onClose={() => openTable(null)} /> : null}
      {dialog === 'references' ? <References onClose={() => openTable(null)} /> : null}
    </div>
  );
}

interface BodyProps {
  readonly data: CallOutput<'figures.table'> | undefined;
  /** The question that `data` answers. */
  readonly input: TableInput;
  /** The new query is loading; `data` is the previous answer. */
  readonly isOld: boolean;
  readonly width: FrameWidth;
  readonly isFailed: boolean;
}

function Body({ data, input, isOld, width, isFailed }: BodyProps) {
  const { t } = useTranslation();
  if (data === undefined)
    return isFailed ? null : (
      <div className="figures-reading">
        <ReadingFigures />
      </div>
    );
  if (data.blind) return <EmptyState title={t('figuresTable.blind.title')} text={t('figuresTable.blind.text')} />;
  if (data.faults.length > 0)
    return <EmptyState title={t('figuresTable.fault')} text={data.faults[0]?.sentence ?? ''} />;
  if (data.of === 0) return <EmptyState title={t('figuresTable.empty.title')} text={t('figuresTable.empty.text')} />;
  if (data.total === 0)
    return (
      <EmptyState title={t('figuresTable.none.title')} text={t('figuresTable.none.text', { count: data.of })}>
        <Button onPress={clearWhere}>{t('figuresTable.none.all')}</Button>
      </EmptyState>
    );
  return (
    <>
      {data.unread === 0 && !data.more ? null : (
        <p className="hint figures-note">
          {[
            data.unread === 0 ? '' : t('figuresTable.unread', { count: data.unread }),
            data.more ? t('figuresTable.more') : '',
          ].join(' ')}
        </p>
      )}
      <FigureRows input={input} first={data} isOld={isOld} width={width} />
      <Compare input={input} data={data} />
    </>
  );
}
