import { useMemo, useState } from 'react';
import { Form } from 'react-aria-components';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { useWrite } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { DimensionsDialog } from './DimensionsDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { SplitDialog } from './SplitDialog.tsx';
import type { Opens } from './category-commands.ts';

interface CodebookDialogsProps {
  readonly opened: Opened | null;
  readonly codebook: CallOutput<'codebook.get'> | undefined;
  readonly onClose: () => void;
  readonly onChoose: (category: CategoryId) => void;
  readonly onMerged: (from: CategoryId, into: CategoryId) => void;
}

/** The dialogs of the codebook pane. */
export function CodebookDialogs({ opened, codebook, onClose, onChoose, onMerged }: CodebookDialogsProps) {
  if (opened === null || codebook === undefined) return null;
  const { categories, title, version } = codebook;
  switch (opened.kind) {
    case 'title':
      return <TitleDialog title={title} version={version} onClose={onClose} />;
    case 'values':
      return <DimensionsDialog onClose={onClose} />;
    case 'merge':
    case 'split': {
      const category = categories.find(({ id }) => id === opened.category);
      if (category === undefined) return null;
      return opened.kind === 'merge' ? (
        <MergeDialog
          category={category}
          categories={categories}
          onClose={onClose}
          onMerged={(into) => {
            onMerged(category.id, into);
            onChoose(into);
          }}
        />
      ) : (
        <SplitDialog category={category} onClose={onClose} onSplit={onChoose} />
      );
    }
    default:
      return null;
  }
}

/** The form or dialog that is open in the codebook pane; one at a time. */
export type Opened =
  | { readonly kind: 'add'; readonly parent: CategoryId | null }
  | { readonly kind: 'rename' | 'edit' | 'merge' | 'split'; readonly category: CategoryId }
  | { readonly kind: 'title' | 'values' };

export interface PaneOpens extends Opens {
  readonly title: () => void;
  readonly values: () => void;
}

/** What is open, with functions that open and close it. */
export function useOpened(
  chosen: CategoryId | null,
  onChoose: (category: CategoryId | null) => void,
): {
  readonly opened: Opened | null;
  readonly opens: PaneOpens;
  readonly close: () => void;
} {
  const [opened, setOpened] = useState<Opened | null>(null);
  // If another category is chosen, editing ends: keys pressed there must not go into the fields.
  if (opened?.kind === 'edit' && opened.category !== chosen) setOpened(null);
  const opens = useMemo<PaneOpens>(
    () => ({
      addBelow: (parent) => setOpened({ kind: 'add', parent }),
      rename: (category) => setOpened({ kind: 'rename', category }),
      edit: (category) => {
        onChoose(category);
        setOpened({ kind: 'edit', category });
      },
      merge: (category) => setOpened({ kind: 'merge', category }),
      split: (category) => setOpened({ kind: 'split', category }),
      title: () => setOpened({ kind: 'title' }),
      values: () => setOpened({ kind: 'values' }),
    }),
    [onChoose],
  );
  return { opened, opens, close: () => setOpened(null) };
}

interface TitleDialogProps {
  readonly title: string;
  readonly version: string;
  readonly onClose: () => void;
}

/** The codebook's title and version; reports name both. */
function TitleDialog({ title, version, onClose }: TitleDialogProps) {
  const { t } = useTranslation();
  const { mutate, error } = useWrite('codebook.edit');
  const [newTitle, setTitle] = useState(title);
  const [newVersion, setVersion] = useState(version);
  const isWhole = newTitle.trim() !== '' && newVersion.trim() !== '';
  const save = (): void => {
    const changed = {
      ...(newTitle.trim() === title ? {} : { title: newTitle }),
      ...(newVersion.trim() === version ? {} : { version: newVersion }),
    };
    if (Object.keys(changed).length === 0) onClose();
    else mutate(changed, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('codebook.titleAndVersion')}
      isOpen
      onClose={onClose}
      ignoresOutside={newTitle !== title || newVersion !== version}
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={!isWhole} onPress={save}>
            {t('codebook.saveTitle')}
          </Button>
        </>
      }
    >
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) save();
        }}
      >
        {error === null ? null : <InlineError message={error.message} />}
        <Field label={t('codebook.ownTitle')} value={newTitle} onChange={setTitle} maxLength={400} autoFocus />
        <Field
          label={t('codebook.ownVersion')}
          value={newVersion}
          onChange={setVersion}
          maxLength={60}
          hint={t('codebook.versionHint')}
          dir="ltr"
        />
      </Form>
    </Dialog>
  );
}
