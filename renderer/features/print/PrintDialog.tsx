import { useMemo, useState } from 'react';
import type { SourceId, Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { closeDialog, openDialog, useWorkbench } from '../../common/workbench/workbench.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { Button } from '../../ui/Button.tsx';
import { Check, Radios } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { type Choice, usePrintJob, type JobState, type PrintJob } from './print-job.ts';

/** The print command, and its dialog. */
export function PrintCommand() {
  const { t } = useTranslation();
  const { dialog, source } = useWorkbench();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'print',
          title: t('print.command'),
          group: 'reading',
          keys: keysOf('print'),
          inFields: true,
          when: () => {
            const { place, source: front } = useWorkbench.getState();
            return place === 'read' && front !== null;
          },
          run: () => openDialog('print'),
        },
      ],
      [t],
    ),
  );
  return dialog === 'print' && source !== null ? <PrintOf id={source} /> : null;
}

function PrintOf({ id }: { id: SourceId }) {
  const source = useCall('sources.get', { id }).data;
  return source === undefined ? null : <PrintDialog source={source} onClose={closeDialog} />;
}

/** Asks what to print, prepares it, and opens the system's print dialog. */
function PrintDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const { t } = useTranslation();
  const [what, setWhat] = useState<Choice['what']>('source');
  const [written, setWritten] = useState('');
  const [withPassages, setWithPassages] = useState(true);
  const layer = useCall('layers.get', source.layer === null ? null : { id: source.layer });
  const job = usePrintJob(source, onClose);
  const count = layer.data?.pages.length ?? null;
  const hasPages = source.kind === 'pdf' && count !== null;
  const pages = written.trim() === '' || !hasPages ? null : parsePages(written, count);
  const isWrong = hasPages && what === 'source' && written.trim() !== '' && pages === null;
  const isBusy = job.state.kind === 'preparing' || job.state.kind === 'password';
  const start = (): void => job.start({ what, pages, withPassages });
  return (
    <Dialog
      title={t('print.title')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={isBusy ? job.cancel : onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" autoFocus isDisabled={isWrong || isBusy} onPress={start}>
            {t('print.start')}
          </Button>
        </>
      }
    >
      <Radios
        label={t('print.what')}
        value={what}
        onChange={setWhat}
        options={[
          { value: 'source', label: t('print.source'), hint: t('print.sourceHint') },
          { value: 'passages', label: t('print.passages'), hint: t('print.passagesHint') },
        ]}
      />
      {what === 'source' && hasPages ? (
        <Field
          label={t('print.pages')}
          value={written}
          onChange={setWritten}
          placeholder={t('print.allPages')}
          dir="ltr"
          hint={t('print.pagesHint', { count })}
          error={isWrong ? t('print.pagesWrong', { count }) : null}
        />
      ) : null}
      {what === 'source' ? (
        <Check label={t('print.withPassages')} selected={withPassages} onChange={setWithPassages} />
      ) : null}
      <PrintProgress state={job.state} answer={job.answer} />
    </Dialog>
  );
}

/** The progress, if preparing takes long, and any question or error. */
function PrintProgress({ state, answer }: { state: JobState; answer: PrintJob['answer'] }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  if (state.kind === 'failed') return <InlineError message={t('print.failed')} />;
  if (state.kind === 'password') {
    const send = (): void => {
      answer(typed);
      setTyped('');
    };
    return (
      <form
        className="stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field
          label={t('print.password')}
          type="password"
          value={typed}
          onChange={setTyped}
          autoFocus
          error={state.wrong ? t('print.passwordWrong') : null}
        />
        <Button isDisabled={typed === ''} onPress={send}>
          {t('print.passwordContinue')}
        </Button>
      </form>
    );
  }
  if (state.kind !== 'preparing' || !state.isSlow) return null;
  const { done, total } = state;
  const text = total === null ? t('print.preparingOne') : t('print.progress', { done, total });
  return (
    <div className="stack-tight">
      <Progress label={t('print.preparing')} value={done} max={total} text={text} />
      <p className="hint" role="status">
        {text}
      </p>
    </div>
  );
}

/** The highest page number that is accepted. No document has 100,000 pages. */
const MOST = 100_000;

/**
 * Page numbers as people write them (`1-3, 8`, also `1–3；8`), each once, in document order. Null if they are invalid or
 * beyond the last page.
 */
function parsePages(written: string, count: number): number[] | null {
  const pages = new Set<number>();
  for (const part of written.split(/[,;，；、\s]+/).filter((piece) => piece !== '')) {
    const [, first, last] = /^(\d{1,6})(?:[-–—~～](\d{1,6}))?$/.exec(part) ?? [];
    if (first === undefined) return null;
    const [from, to] = [Number(first), Number(last ?? first)];
    if (from < 1 || to < from || to > count || to - from > MOST) return null;
    for (let page = from; page <= to; page++) pages.add(page);
  }
  return pages.size === 0 ? null : [...pages].sort((a, b) => a - b);
}
