import { useRef, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { AskedPages } from '../../../shared/contract/sources.ts';
import { useWrite } from '../../api/index.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { ArchiveHead } from './ArchiveHead.tsx';
import { answerPages } from './import-store.ts';
import { PageTable } from './PageTable.tsx';
import { usePageList, type PageList } from './usePageList.ts';

/** Asks which pages of an archive become sources. Escape skips the archive; once pages are ticked, only the second one does. */
export function PagesDialog({ asked, left }: { asked: AskedPages; left: number }) {
  const { t } = useTranslation();
  const { job, path, archive, pages } = asked;
  const list = usePageList(pages);
  const chosen = list.selection.selected;
  /** How many were ticked when it was to be closed. */
  const [leaving, setLeaving] = useState(0);
  const answer = useWrite('import.choose');
  const send = (keys: readonly string[] | null): void =>
    answer.mutate({ job, path, pages: keys === null ? null : [...keys] }, { onSuccess: () => answerPages(job, path) });
  // In the archive's order, however they were sorted and ticked.
  const bringIn = (): void => send(list.all.map(({ key }) => key).filter((key) => chosen.has(key)));
  return (
    <Dialog
      title={t('archive.title')}
      isOpen
      onClose={() => (chosen.size === leaving ? send(null) : setLeaving(chosen.size))}
      isHeld={chosen.size > 0}
      size="sheet"
      feet={
        <>
          <span className="grow mid" role="status">
            {t('archive.chosen', { count: chosen.size, total: pages.length })}
            {left === 0 ? null : ` · ${t('archive.more', { count: left })}`}
          </span>
          <Button onPress={() => send(null)}>{t('archive.skip')}</Button>
          <Button kind="primary" isDisabled={chosen.size === 0} isPending={answer.isPending} onPress={bringIn}>
            {t('archive.bringIn', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <ArchiveHead path={path} archive={archive} />
      <PageChoice list={list} onEnter={(key) => (chosen.size > 0 ? bringIn() : list.tick([key]))} />
      {leaving > 0 && leaving === chosen.size ? (
        <Note tone="warn" role="alert">
          {t('archive.leaving', { count: chosen.size })}
        </Note>
      ) : null}
      {answer.error === null ? null : <InlineError message={answer.error.message} />}
    </Dialog>
  );
}

/** The filter, the table, and ticks for many at once. */
function PageChoice({ list, onEnter }: { list: PageList; onEnter: (key: string) => void }) {
  const { t } = useTranslation();
  const { all, rows, selection, tick } = list;
  const table = useRef<HTMLDivElement>(null);
  const hasList = all.some(({ listed }) => listed) && all.some(({ listed }) => !listed);
  return (
    <>
      <div className="line" data-wrap>
        <FilterField
          label={t('archive.filter')}
          value={list.wanted}
          onChange={list.setWanted}
          onLeave={() => table.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()}
        />
        <span className="grow" />
        <LinkButton onPress={() => tick([...selection.selected, ...rows.map(({ key }) => key)])}>
          {rows.length === all.length ? t('archive.all') : t('archive.allShown', { count: rows.length })}
        </LinkButton>
        <LinkButton isDisabled={selection.selected.size === 0} onPress={() => tick([])}>
          {t('archive.none')}
        </LinkButton>
      </div>
      <div ref={table} className="pages-table">
        {rows.length === 0 ? (
          <p className="hint">{t('archive.noMatch')}</p>
        ) : (
          <PageTable
            rows={rows}
            hasList={hasList}
            selection={selection}
            onSelection={list.setSelection}
            sort={list.sort}
            onSort={list.setSort}
            onEnter={onEnter}
          />
        )}
      </div>
    </>
  );
}
