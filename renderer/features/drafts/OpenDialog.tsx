import { useState } from 'react';
import type { Draft } from '../../../shared/contract/drafts.ts';
import { useWrite } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { canOpen, type DraftDetails, DraftFields, isWhole } from './DraftFields.tsx';
import { showDraft } from './state.ts';

/** A chosen file, and the draft that it is a newer version of. */
export interface Chosen {
  readonly token: string;
  readonly name: string;
  readonly before: Draft | null;
}

/** Asks for the details that a file does not contain, such as the author and the day of publication, which is never guessed. */
export function OpenDialog({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const { t } = useTranslation();
  const { before, name, token } = chosen;
  const [details, setDetails] = useState<DraftDetails>({
    title: before?.title ?? '',
    author: before?.author ?? '',
    writer: before?.writer ?? null,
    published: '',
    style: before?.style ?? 'publisher-date',
  });
  const open = useWrite('app.openDraft');
  const save = (): void => {
    if (!canOpen(details) || open.isPending) return;
    const { title, published, ...others } = details;
    const named = title.trim() === '' ? {} : { title };
    open.mutate(
      { offer: token, ...named, ...others, published: published.trim(), replaces: before?.id ?? null },
      {
        onSuccess: ({ id }) => {
          showDraft(id);
          onClose();
        },
      },
    );
  };
  return (
    <DetailsDialog
      title={before === null ? t('desk.opening.title') : t('desk.opening.versionTitle', { title: before.title })}
      saveLabel={t('desk.opening.save')}
      isReady={canOpen(details)}
      isPending={open.isPending}
      onSave={save}
      onClose={onClose}
    >
      <p className="hint">
        <bdi>{name}</bdi>
      </p>
      <DraftFields details={details} onChange={setDetails} error={open.error?.message ?? null} />
    </DetailsDialog>
  );
}

/** Changes the details of a draft in the project, as one edit. */
export function ChangeDialog({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { t } = useTranslation();
  const { id, title, published, author, writer, style } = draft;
  const [details, setDetails] = useState<DraftDetails>({ title, published, author, writer, style });
  const change = useWrite('drafts.change');
  const save = (): void => {
    if (!isWhole(details) || change.isPending) return;
    const now = {
      ...details,
      title: details.title.trim(),
      author: details.author.trim(),
      published: details.published.trim(),
    };
    const changed = {
      ...(now.title === title ? {} : { title: now.title }),
      ...(now.published === published ? {} : { published: now.published }),
      ...(now.author === author ? {} : { author: now.author }),
      ...(now.writer === writer ? {} : { writer: now.writer }),
      ...(now.style === style ? {} : { style: now.style }),
    };
    if (Object.keys(changed).length === 0) onClose();
    else change.mutate({ id, ...changed }, { onSuccess: onClose });
  };
  return (
    <DetailsDialog
      title={t('desk.opening.changeTitle', { title })}
      saveLabel={t('desk.opening.change')}
      isReady={isWhole(details)}
      isPending={change.isPending}
      onSave={save}
      onClose={onClose}
    >
      <DraftFields details={details} onChange={setDetails} error={change.error?.message ?? null} isKept />
    </DetailsDialog>
  );
}

interface DetailsDialogProps {
  readonly title: string;
  readonly saveLabel: string;
  readonly isReady: boolean;
  readonly isPending: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}
function DetailsDialog({ title, saveLabel, isReady, isPending, onSave, onClose, children }: DetailsDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      ignoresOutside
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={FORM} isDisabled={!isReady} isPending={isPending}>
            {saveLabel}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className="drafting-opening"
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}

const FORM = 'drafting-opening';
