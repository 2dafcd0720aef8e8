import { useEffect } from 'react';
import type { ImportItem } from '../../../shared/contract/sources.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useHostEvent, useWrite } from '../../api/index.ts';
import { Address } from '../../common/captures/Address.tsx';
import { PasswordDialog } from '../../common/files/PasswordForm.tsx';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openSource } from '../../common/workbench/workbench.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { PagesDialog } from './PagesDialog.tsx';
import {
  afterDone,
  afterMissedEnd,
  afterPages,
  afterPassword,
  afterProgress,
  afterReload,
  answerPassword,
  countItems,
  forgetImport,
  setReportOpen,
  useImport,
} from './import-store.ts';

/** Listens to import events, and shows the questions and the report of an import. */
export function ImportDialogs() {
  const { t } = useTranslation();
  useHostEvent('import.progress', (event) => useImport.setState((state) => afterProgress(state, event, Date.now())));
  useHostEvent('import.password', (event) => useImport.setState((state) => afterPassword(state, event)));
  useHostEvent('import.pages', (event) => useImport.setState((state) => afterPages(state, event)));
  useHostEvent('import.done', (event) => {
    useImport.setState((state) => afterDone(state, event, Date.now()));
    const counts = countItems(event.items);
    const announced = (['added', 'duplicate', 'skipped', 'failed'] as const).filter(
      (status) => status === 'added' || counts[status] > 0,
    );
    announce(announced.map((status) => t(`import.counts.${status}`, { count: counts[status] })).join(', '));
  });
  useRunningImport();
  const { passwords, archives, reportOpen } = useImport();
  const [asked] = passwords;
  const [archive] = archives;
  return (
    <>
      {asked === undefined ? null : <FilePassword key={`${asked.job}${asked.path}${String(asked.wrong)}`} {...asked} />}
      {archive === undefined || asked !== undefined ? null : (
        <PagesDialog key={`${archive.job}${archive.path}`} asked={archive} left={archives.length - 1} />
      )}
      <ReportDialog isOpen={reportOpen && asked === undefined && archive === undefined} />
    </>
  );
}

/**
 * Asks for the progress and open questions of a running import, which goes on when the page that started it is reloaded, and
 * for the report of one that has ended.
 */
function useRunningImport(): void {
  const api = useApi();
  useEffect(() => {
    let isMounted = true;
    const restore = async (): Promise<void> => {
      // In this order: an import that ends in between is in the report.
      const { jobs } = await api.call('import.running', {});
      const { report } = await api.call('import.lastReport', {});
      if (isMounted) useImport.setState((state) => afterMissedEnd(afterReload(state, jobs), report, Date.now()));
    };
    restore().catch((thrown: unknown) => {
      if (isMounted) notifyError(errorDataOf(thrown));
    });
    return () => {
      isMounted = false;
      // An import that is still shown is that of the previous project.
      forgetImport();
    };
  }, [api]);
}

function FilePassword({ job, path, wrong }: { job: string; path: string; wrong: boolean }) {
  const { t } = useTranslation();
  const answer = useWrite('import.answer');
  const send = (password: string | null): void =>
    answer.mutate({ job, path, password }, { onSuccess: () => answerPassword(job, path) });
  return (
    <PasswordDialog
      title={t('import.passwordTitle')}
      isPassword
      text={
        <>
          <p className="mid">{t('import.passwordText')}</p>
          <bdi className="mono">{path}</bdi>
        </>
      }
      label={t('import.password')}
      error={wrong ? t('import.passwordWrong') : null}
      openLabel={t('import.openFile')}
      leaveLabel={t('import.skipFile')}
      isTrying={answer.isPending}
      onOpen={send}
      onLeave={() => send(null)}
      failure={answer.error === null ? null : <InlineError message={answer.error.message} />}
    />
  );
}

const SIGNS: Record<ImportItem['status'], { tone: Tone; icon: IconName }> = {
  failed: { tone: 'bad', icon: 'alert' },
  skipped: { tone: 'warn', icon: 'minus' },
  duplicate: { tone: 'plain', icon: 'copy' },
  added: { tone: 'ok', icon: 'check' },
};
/** Problems come first. */
const ORDER: readonly ImportItem['status'][] = ['failed', 'skipped', 'duplicate', 'added'];

function ReportDialog({ isOpen }: { isOpen: boolean }) {
  const { t } = useTranslation();
  const running = useImport((state) => state.running);
  const items = [...(running?.items ?? [])].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  const { mutate: closeReport } = useWrite('import.closeReport');
  const hide = (): void => setReportOpen(false);
  const close = (): void => {
    hide();
    if (running?.ended === true) closeReport({ job: running.job });
  };
  return (
    <Dialog
      title={t('import.report')}
      isOpen={isOpen}
      onClose={close}
      size="wide"
      footer={<Button onPress={close}>{t('import.closeReport')}</Button>}
    >
      {running?.cancelled === true ? <Note tone="warn">{t('import.stoppedText')}</Note> : null}
      {items.length === 0 ? <p className="mid">{t('import.nothingYet')}</p> : null}
      <ul className="report-list" aria-label={t('import.report')}>
        {items.map((item, index) => (
          // One file can be listed twice in one import, so the key includes the index.
          <ReportLine key={`${String(index)} ${item.path}`} item={item} onOpen={hide} />
        ))}
      </ul>
    </Dialog>
  );
}

function ReportLine({ item, onOpen }: { item: ImportItem; onOpen: () => void }) {
  const { t } = useTranslation();
  const { tone, icon } = SIGNS[item.status];
  const open = (source: SourceId): void => {
    onOpen();
    openSource(source);
  };
  const { source } = item;
  return (
    <li>
      <Badge tone={tone} icon={icon}>
        {t(`import.statuses.${item.status}`)}
      </Badge>
      <div className="stack">
        <span className="line">
          <span className="grow report-name">
            <bdi className="report-path">{item.path}</bdi>
            {item.page === null ? null : <Address url={item.page} />}
          </span>
          {source === null ? null : <LinkButton onPress={() => open(source)}>{t('library.open')}</LinkButton>}
        </span>
        {item.error === null ? null : <span className="hint">{item.error.message}</span>}
        {item.notes.map((note) => (
          <span key={note} className="hint">
            {note}
          </span>
        ))}
      </div>
    </li>
  );
}
