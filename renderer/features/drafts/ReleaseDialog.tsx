import type { DraftDesk } from '../../../shared/contract/drafts.ts';
import { DRAFT_REPORT_FORMATS } from '../../../shared/model/index.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { useNames } from '../../common/people/use-names.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Note } from '../../ui/Note.tsx';
import { showPane, showSentence } from './state.ts';
import type { DeskActs } from './useDeskActs.ts';

/** What stands against the release of a draft, with the way to it; or the button that releases it. Its report is saved from here. */
export function ReleaseDialog({
  desk,
  acts,
  isReadOnly,
  onClose,
}: {
  desk: DraftDesk;
  acts: DeskActs;
  isReadOnly: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const names = useNames();
  const { draft, refused, looked } = desk;
  const canRelease = refused.length === 0 && draft.released === null && !isReadOnly;
  return (
    <Dialog
      title={t('desk.report.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      footer={
        <Button
          kind={canRelease ? 'primary' : 'plain'}
          isDisabled={!canRelease}
          onPress={() => void acts.release().then((done) => (done ? onClose() : undefined))}
        >
          {t('desk.report.release', { version: draft.version })}
        </Button>
      }
    >
      <p className="strong">{t('desk.report.of', { title: draft.title, version: draft.version })}</p>
      {draft.released === null ? null : (
        <Note tone="ok">{t('desk.report.released', { name: names?.get(draft.released.person) ?? '' })}</Note>
      )}
      {refused.length === 0 ? (
        <Note>{t('desk.report.ready')}</Note>
      ) : (
        <Note tone="bad">{t('desk.report.refused')}</Note>
      )}
      <ul className="drafting-refusals">
        {refused.map(({ kind, message, sentences }) => {
          const [first] = sentences;
          return (
            <li key={`${kind} ${message}`} className="line">
              <span className="grow">{message}</span>
              {first === undefined ? null : (
                <LinkButton
                  onPress={() => {
                    showSentence(first);
                    showPane('sentences');
                    onClose();
                  }}
                >
                  {t('desk.report.goTo', { number: first })}
                </LinkButton>
              )}
            </li>
          );
        })}
      </ul>
      <p className="hint">
        {t('desk.report.looked', { count: looked.sources })}
        {looked.failed === 0 ? '' : ` ${t('desk.report.failed', { count: looked.failed })}`}
      </p>
      <SaveReport draft={draft.id} />
    </Dialog>
  );
}

/** The whole report as a file: what stands, what is open and what fails, each with its place. */
function SaveReport({ draft }: { draft: DraftDesk['draft']['id'] }) {
  const { t } = useTranslation();
  const write = useWrite('app.writeDraftReport');
  const tellExported = useTellExported();
  const save = (format: (typeof DRAFT_REPORT_FORMATS)[number]): void =>
    write.mutate(
      { id: draft, format },
      {
        onSuccess: ({ done, ...file }) => (done ? tellExported(file) : undefined),
        onError: (thrown) => notifyError(errorDataOf(thrown)),
      },
    );
  return (
    <div className="line" data-wrap role="group" aria-label={t('desk.report.save')}>
      <span>{t('desk.report.save')}</span>
      {DRAFT_REPORT_FORMATS.map((format) => (
        <Button key={format} isDisabled={write.isPending} onPress={() => save(format)}>
          {t(`desk.report.formats.${format}`)}
        </Button>
      ))}
    </div>
  );
}
