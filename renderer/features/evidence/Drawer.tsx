import { useEffect, useRef, useState } from 'react';
import type { EvidenceRow } from '../../../shared/contract/evidence.ts';
import { useCall } from '../../api/index.ts';
import { useFields } from '../../common/query/field-choices.tsx';
import { useFormOfQuery } from '../../common/query/query-form.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { CategoriesCell, QuoteCell } from './cells.tsx';
import { inFilter } from './mark-conditions.ts';
import { addToFilter, narrowTo, openDrawer, setQuery, useAsked, useEvidence, type Marked } from './state.ts';
import { UnreadTerms } from './UnreadTerms.tsx';

/** The drawer lists at most this many passages; the table has all. */
const LISTED = 200;

/** The passages that a mark of a chart counts, with the number of their sources and their words. Enter opens a passage in the reader. */
export function Drawer({ marked }: { marked: Marked }) {
  const { t } = useTranslation();
  const asked = useAsked();
  const [current, setCurrent] = useState<string | null>(null);
  const within = [...asked.within, ...marked.marks];
  const { data, error } = useCall('evidence.rows', { ...asked, within, count: LISTED });
  const { pane, close } = useFocusWithin(data !== undefined);
  return (
    <aside ref={pane} className="pane evidence-drawer" aria-label={t('evidence.drawer')}>
      <header className="pane-head">
        <h2 className="grow cut">
          <bdi>{marked.title}</bdi>
        </h2>
        <IconButton icon="close" label={t('evidence.closeDrawer')} onPress={close} />
      </header>
      {error === null ? null : <p className="pane-section">{error.message}</p>}
      {data === undefined ? (
        <div className="grow" aria-busy="true" />
      ) : (
        <>
          <p className="evidence-rests">
            <span>{t('evidence.passages', { count: data.total })}</span>
            <span>{t('evidence.sources', { count: data.sources })}</span>
            {data.origins === data.sources ? null : <span>{t('evidence.origins', { count: data.origins })}</span>}
            <span>{t('evidence.publishers', { count: data.publishers })}</span>
          </p>
          <VirtualList
            label={t('evidence.drawerList')}
            rows={data.rows}
            keyOf={keyOfRow}
            current={current}
            onCurrent={setCurrent}
            onOpen={({ source, passage }) => openPassage({ source, passage })}
            onKey={(key) => {
              if (key !== 'Escape') return false;
              close();
              return true;
            }}
          >
            {(row) => <DrawerRow row={row} />}
          </VirtualList>
          {data.total > LISTED ? (
            <p className="pane-section hint">{t('evidence.listed', { shown: LISTED, count: data.total })}</p>
          ) : null}
        </>
      )}
      <footer className="pane-foot">
        <Button size="small" kind="primary" onPress={() => narrowTo(marked)}>
          {t('evidence.openAsTable')}
        </Button>
        <AddToFilter marked={marked} />
        <UnreadTerms marked={marked} />
      </footer>
    </aside>
  );
}

/** Adds the mark to the filter as conditions. If the filter has no such condition, the mark narrows the table beside the filter. */
function AddToFilter({ marked }: { marked: Marked }) {
  const { t } = useTranslation();
  const query = useEvidence((state) => state.query);
  const { form, setForm, isCurrent } = useFormOfQuery(query, setQuery);
  const fields = useFields();
  const add = (): void => {
    const next = isCurrent ? inFilter(form, marked.marks, fields) : null;
    if (next === null) addToFilter(marked);
    else {
      openDrawer(null);
      setForm(next);
    }
  };
  return (
    <Button size="small" onPress={add}>
      {t('evidence.addToFilter')}
    </Button>
  );
}

/** Moves the focus to the passages once they are read. Closing returns it to the mark that was opened. */
function useFocusWithin(isReady: boolean) {
  const pane = useRef<HTMLElement>(null);
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    if (isReady) pane.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  }, [isReady]);
  const close = (): void => {
    openDrawer(null);
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
  return { pane, close };
}

const keyOfRow = (row: EvidenceRow): string => row.passage;

function DrawerRow({ row }: { row: EvidenceRow }) {
  const { t } = useTranslation();
  return (
    <div className="evidence-drawer-row">
      <QuoteCell row={row} />
      <span className="line">
        <CategoriesCell categories={row.categories} />
        <bdi className="cut dim grow">
          {row.sourceTitle}, {t('evidence.page', { page: row.page })}
        </bdi>
        {row.dates.act === null ? null : <DateEdtf edtf={row.dates.act} />}
      </span>
    </div>
  );
}
