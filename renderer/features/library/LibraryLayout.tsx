import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useViewState } from '../../app/state/view-state.ts';
import { Panes, type Pane } from '../../ui/Panes.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';

export interface LibraryLayoutProps {
  readonly width: FrameWidth;
  readonly shelves: ReactNode;
  readonly table: ReactNode;
  /** The record of the one source that is chosen, or null. */
  readonly record: ReactNode | null;
}

const layoutSchema = z.record(z.string(), z.number());
const NONE: Record<string, number> = {};

/** The library's panes, at every width of the frame. */
export function LibraryLayout({ width, shelves, table, record }: LibraryLayoutProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<'table' | 'record'>('table');
  const hasRecord = record !== null;
  const layout = useViewState(`panes.library.${width}.${hasRecord ? 'record' : 'table'}`, layoutSchema, NONE);

  if (width === 'one') {
    return (
      <div className="one-pane">
        <nav aria-label={t('app.panes')}>
          <button
            type="button"
            className="frame-place"
            aria-current={shown === 'table' || !hasRecord ? 'true' : undefined}
            onClick={() => setShown('table')}
          >
            {t('library.sources')}
          </button>
          {hasRecord ? (
            <button
              type="button"
              className="frame-place"
              aria-current={shown === 'record' ? 'true' : undefined}
              onClick={() => setShown('record')}
            >
              {t('record.title')}
            </button>
          ) : null}
        </nav>
        {hasRecord && shown === 'record' ? record : table}
      </div>
    );
  }

  const panes: Pane[] = [
    ...(width === 'wide'
      ? [{ id: 'shelves', label: t('library.title'), content: shelves, width: '--pane-start' as const }]
      : []),
    { id: 'table', label: t('library.sources'), content: table, main: true },
    ...(hasRecord ? [{ id: 'record', label: t('record.title'), content: record, width: '--pane-end' as const }] : []),
  ];
  return (
    <Panes
      key={panes.map(({ id }) => id).join()}
      id="library"
      panes={panes}
      layout={layout.value}
      onLayout={layout.set}
      edgeLabel={(pane) => t('app.resize', { pane })}
    />
  );
}
