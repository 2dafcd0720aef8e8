import { useState, type ReactNode } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { KeptPanes } from '../../common/workbench/KeptPanes.tsx';
import type { Pane } from '../../ui/Panes.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';

export interface LibraryLayoutProps {
  readonly width: FrameWidth;
  readonly shelves: ReactNode;
  readonly table: ReactNode;
  /** The record of the one source that is chosen, or null. */
  readonly record: ReactNode | null;
}

/** The library's panes, at every width of the frame. */
export function LibraryLayout({ width, shelves, table, record }: LibraryLayoutProps) {
  const { t } = useTranslation();
  if (width === 'one') return <OneOfTwo table={table} record={record} />;
  const panes: Pane[] = [{ id: 'table', label: t('library.sources'), content: table, main: true }];
  if (width === 'wide')
    panes.unshift({ id: 'shelves', label: t('library.title'), content: shelves, width: '--pane-start' });
  if (record !== null) panes.push({ id: 'record', label: t('record.title'), content: record, width: '--pane-end' });
  return <KeptPanes key={width} id={`library-${width}`} panes={panes} />;
}

/** The table, or the record of what is chosen in it. */
function OneOfTwo({ table, record }: { table: ReactNode; record: ReactNode | null }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<'table' | 'record'>('table');
  const names = { table: t('library.sources'), record: t('record.title') };
  if (record === null) return table;
  return (
    <div className="one-pane">
      <nav aria-label={t('app.panes')}>
        {(['table', 'record'] as const).map((name) => (
          <button
            key={name}
            type="button"
            className="frame-place"
            aria-current={shown === name ? 'true' : undefined}
            onClick={() => setShown(name)}
          >
            {names[name]}
          </button>
        ))}
      </nav>
      {shown === 'record' ? record : table}
    </div>
  );
}
