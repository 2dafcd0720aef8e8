import type { ReactNode } from 'react';
import { DROPPED_ENDINGS, FORMATS } from '../../../shared/model/exchange-formats.ts';
import { formatNumber } from '../../common/format.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { KeptPanes } from '../../common/workbench/side-panes.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { addedIn, ExchangeWork, isAllHere, Ledger, LedgerNotes } from './Ledger.tsx';
import { hasQuestions, Questions } from './Questions.tsx';
import { isBusy, openQuestions, showFile, useExchange, type ChosenFile } from './exchange-state.ts';
import { useExchangeActs } from './useExchangeActs.ts';

/** The list of chosen files, with a preview of the file that is shown. */
export function ExchangeIn({ head, width }: { head: ReactNode; width: FrameWidth }) {
  const { t } = useTranslation();
  const { files, shown } = useExchange();
  const file = files.find(({ token }) => token === shown) ?? null;
  const list = <FileList head={head} files={files} shown={shown} />;
  const isAsking = file !== null && hasQuestions(file);
  const asks =
    isAsking && file.stage.at === 'preview' ? (
      <Questions key={file.token} file={file} ledger={file.stage.ledger} />
    ) : null;
  // Without room for a pane beside the preview, the questions stand above it.
  const preview =
    file === null ? <NoFile /> : <FilePreview key={file.token} file={file} above={width === 'wide' ? null : asks} />;
  if (width === 'one')
    return (
      <div className="exchange-narrow">
        {list}
        {preview}
      </div>
    );
  return (
    <KeptPanes
      key={width}
      id={`exchange-${width}`}
      panes={[
        { id: 'files', label: t('exchange.in.files'), content: list, width: '--pane-start' },
        { id: 'preview', label: t('exchange.in.preview'), content: preview, main: true },
        ...(asks === null || width !== 'wide'
          ? []
          : [{ id: 'questions', label: t('exchange.questions.title'), content: asks, width: '--pane-end' as const }]),
      ]}
    />
  );
}

function FileList({ head, files, shown }: { head: ReactNode; files: readonly ChosenFile[]; shown: string | null }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { choose } = useExchangeActs();
  return (
    <section className="pane" aria-label={t('exchange.in.files')}>
      <div className="bar">{head}</div>
      <ul className="scroll exchange-files">
        {files.map((file) => (
          <li key={file.token}>
            <button
              type="button"
              className="side-row"
              aria-current={file.token === shown ? 'true' : undefined}
              onClick={() => showFile(file.token)}
            >
              <Icon
                name={file.stage.at === 'failed' ? 'alert' : file.stage.at === 'done' ? 'check' : 'file'}
                size="small"
              />
              <span className="two-lines grow">
                <span className="cut">
                  <bdi>{file.name}</bdi>
                </span>
                <span className={file.stage.at === 'failed' ? 'bad cut' : 'cut'}>
                  {t(`exchange.in.stages.${file.stage.at}`)}
                  {openQuestions(file).length === 0
                    ? null
                    : `, ${t('exchange.questions.open', { count: openQuestions(file).length })}`}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="exchange-choose">
        <Button icon="add" isDisabled={isReadOnly} onPress={choose}>
          {t('exchange.in.choose')}
        </Button>
        <span className="hint">{t('exchange.in.drop', { endings: DROPPED_ENDINGS.join(', ') })}</span>
      </div>
    </section>
  );
}

function NoFile() {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { choose } = useExchangeActs();
  return (
    <section className="exchange-main" aria-label={t('exchange.in.preview')}>
      <div className="scroll exchange-none">
        <EmptyState title={t('exchange.in.noneTitle')} text={t('exchange.in.none')}>
          {isReadOnly ? null : (
            <Button kind="primary" icon="add" onPress={choose}>
              {t('exchange.in.choose')}
            </Button>
          )}
        </EmptyState>
      </div>
    </section>
  );
}

/** What a file contains, and what its import would add, or has added, to the project. */
function FilePreview({ file, above }: { file: ChosenFile; above: ReactNode }) {
  const { t } = useTranslation();
  const { stage, name, token } = file;
  const { leave } = useExchangeActs();
  return (
    <section className="exchange-main" aria-label={t('exchange.in.preview')}>
      <header className="bar">
        <h2 className="strong cut">
          <bdi>{name}</bdi>
        </h2>
        {'ledger' in stage ? (
          <span className="dim cut">
            {t(`exchange.formats.${stage.ledger.format}.name`)}
            {stage.ledger.program === null ? null : (
              <>
                {', '}
                <bdi>{t('exchange.in.writtenBy', { program: stage.ledger.program })}</bdi>
              </>
            )}
          </span>
        ) : null}
      </header>
      <div className="scroll exchange-body">
        {stage.at === 'failed' ? (
          <InlineError
            message={stage.error.message}
            action={<Button onPress={() => leave(token)}>{t('exchange.in.remove')}</Button>}
          />
        ) : null}
        {stage.at === 'preview' ? (
          <Note>
            {t('exchange.in.nothingYet')}
            {FORMATS[stage.ledger.format].carries.passages === 'none' ? null : ` ${t('exchange.in.lookedFor')}`}
          </Note>
        ) : null}
        {stage.at === 'done' ? (
          <Note tone="ok" role="status">
            {t('exchange.in.imported', { count: addedIn(stage.ledger) })}
          </Note>
        ) : null}
        {above}
        {isBusy(file) ? <ExchangeWork at={stage.at === 'importing' ? 'importing' : 'reading'} /> : null}
        {'ledger' in stage ? (
          <>
            <Ledger ledger={stage.ledger} isDone={stage.at === 'done'} />
            <LedgerNotes ledger={stage.ledger} isDone={stage.at === 'done'} />
          </>
        ) : null}
      </div>
      <PreviewFoot file={file} />
    </section>
  );
}

/** The import button below the preview. An import is one edit, so one undo takes it back. */
function PreviewFoot({ file }: { file: ChosenFile }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { bringIn, leave } = useExchangeActs();
  const { stage, token } = file;
  if (stage.at === 'failed' || stage.at === 'waiting') return null;
  const count = stage.at === 'preview' ? addedIn(stage.ledger) : 0;
  const open = openQuestions(file).length;
  const isCounting = stage.at === 'preview' && stage.isCounting === true;
  return (
    <footer className="exchange-foot">
      <span className="mid grow">
        {stage.at !== 'preview'
          ? null
          : count > 0
            ? t('exchange.in.oneEdit')
            : t(isAllHere(stage.ledger) ? 'exchange.in.nothingNew' : 'exchange.in.nothingFits')}
        {open === 0 ? null : (
          <>
            {' '}
            <strong>{t('exchange.questions.first', { count: open })}</strong>
          </>
        )}
      </span>
      <Button onPress={() => leave(token)}>
        {t(isBusy(file) ? 'exchange.stop' : stage.at === 'done' ? 'exchange.in.remove' : 'app.cancel')}
      </Button>
      {stage.at === 'preview' || stage.at === 'importing' ? (
        <Button
          kind="primary"
          icon="import"
          isPending={stage.at === 'importing' || isCounting}
          isDisabled={isReadOnly || (stage.at === 'preview' && (count === 0 || open > 0))}
          onPress={() => bringIn(token)}
        >
          {stage.at === 'preview' && count > 0
            ? t('exchange.in.start', { number: formatNumber(count), count })
            : t('exchange.in.startPlain')}
        </Button>
      ) : null}
    </footer>
  );
}
