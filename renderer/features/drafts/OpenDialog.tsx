import { useState } from 'react';
import { CONVENTION_NAMES, type ConventionName } from '../../../shared/drafts/conventions.ts';
import type { Draft } from '../../../shared/contract/drafts.ts';
import { day, personId, type PersonId } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { showDraft } from './state.ts';

/** A file that was chosen, and the version that it is a newer one of. */
export interface Chosen {
  readonly token: string;
  readonly name: string;
  readonly before: Draft | null;
}

/** Asks what can’t be read from a draft: its author, and the day of publication, which is never guessed. */
export function OpenDialog({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const { t } = useTranslation();
  const { before, name, token } = chosen;
  const [title, setTitle] = useState(before?.title ?? name.replace(/\.[^.]*$/, ''));
  const [author, setAuthor] = useState(before?.author ?? '');
  const [writer, setWriter] = useState<PersonId | null>(before?.writer ?? null);
  const [published, setPublished] = useState('');
  const [style, setStyle] = useState<ConventionName>(before?.style ?? 'publisher-date');
  const open = useWrite('app.openDraft');
  const isWhole = title.trim() !== '' && author.trim() !== '' && day.safeParse(published.trim()).success;
  const save = (): void => {
    if (!isWhole || open.isPending) return;
    open.mutate(
      { offer: token, title, author, writer, published: published.trim(), style, replaces: before?.id ?? null },
      {
        onSuccess: ({ id }) => {
          showDraft(id);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={before === null ? t('desk.opening.title') : t('desk.opening.versionTitle', { title: before.title })}
      isOpen
      onClose={onClose}
      ignoresOutside
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={FORM} isDisabled={!isWhole} isPending={open.isPending}>
            {t('desk.opening.save')}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className="drafting-opening"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="hint">
          <bdi>{name}</bdi>
        </p>
        <Field label={t('desk.opening.name')} value={title} onChange={setTitle} />
        <Field
          label={t('desk.opening.published')}
          value={published}
          onChange={setPublished}
          hint={t('desk.opening.publishedHint')}
          error={open.error?.message ?? null}
          autoFocus
          dir="ltr"
        />
        <Field
          label={t('desk.opening.author')}
          value={author}
          onChange={setAuthor}
          hint={t('desk.opening.authorHint')}
        />
        <Choices writer={writer} onWriter={setWriter} style={style} onStyle={setStyle} />
      </form>
    </Dialog>
  );
}

const FORM = 'drafting-opening';

interface ChoicesProps {
  readonly writer: PersonId | null;
  readonly onWriter: (writer: PersonId | null) => void;
  readonly style: ConventionName;
  readonly onStyle: (style: ConventionName) => void;
}
/** Who the author is in the project, and how the draft cites. */
function Choices({ writer, onWriter, style, onStyle }: ChoicesProps) {
  const { t } = useTranslation();
  const people = useCall('project.info', {}).data?.people ?? [];
  return (
    <>
      <Select
        label={t('desk.opening.writer')}
        value={writer}
        options={people.map(({ id, name: label }) => ({ value: id, label }))}
        none={t('desk.opening.nobody')}
        noneIsFine
        onChange={(value) => onWriter(personId.safeParse(value).data ?? null)}
      />
      <Select
        label={t('desk.opening.style')}
        value={style}
        options={CONVENTION_NAMES.map((value) => ({ value, label: t(`desk.opening.styles.${value}`) }))}
        none={t('desk.opening.styles.publisher-date')}
        noneIsFine
        onChange={(value) => onStyle(value ?? 'publisher-date')}
      />
    </>
  );
}
