import { useState } from 'react';
import {
  CONVENTION_NAMES,
  CONVENTION_PARTS,
  type Convention,
  type ConventionName,
  conventionNameOf,
  conventionOf,
  CONVENTIONS,
  writtenConvention,
} from '../../../shared/drafts/conventions.ts';
import { day, personId, type PersonId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Check } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';

/** Details of a draft that a person has to enter, since they cannot be read from its file. */
export interface DraftDetails {
  readonly title: string;
  readonly published: string;
  readonly author: string;
  readonly writer: PersonId | null;
  /** The citation style as text, which `conventionOf` reads. */
  readonly style: string;
}

/** Whether the details suffice to open a file. The title may be missing, since the file may have one. */
export const canOpen = ({ author, published, style }: DraftDetails): boolean =>
  author.trim() !== '' && day.safeParse(published.trim()).success && conventionOf(style) !== null;
export const isWhole = (details: DraftDetails): boolean => details.title.trim() !== '' && canOpen(details);

interface DraftFieldsProps {
  readonly details: DraftDetails;
  readonly onChange: (details: DraftDetails) => void;
  readonly error: string | null;
  /** Whether the draft is already in the project. Changing its day then reopens sentences. */
  readonly isKept?: boolean;
}
/** Fields for title, day of publication, author and citation style. The day is never guessed. */
export function DraftFields({ details, onChange, error, isKept = false }: DraftFieldsProps) {
  const { t } = useTranslation();
  const people = useCall('project.info', {}).data?.people ?? [];
  const { title, published, author, writer, style } = details;
  return (
    <>
      {/* It is about the file or the person: a day that doesn’t exist can’t be sent. */}
      {error === null ? null : <InlineError message={error} />}
      <Field
        label={t('desk.opening.name')}
        value={title}
        onChange={(text) => onChange({ ...details, title: text })}
        hint={isKept ? undefined : t('desk.opening.nameHint')}
        autoFocus={isKept}
      />
      <Field
        label={t('desk.opening.published')}
        value={published}
        onChange={(text) => onChange({ ...details, published: text })}
        hint={isKept ? t('desk.opening.publishedAgain') : t('desk.opening.publishedHint')}
        autoFocus={!isKept}
        dir="ltr"
      />
      <Field
        label={t('desk.opening.author')}
        value={author}
        onChange={(text) => onChange({ ...details, author: text })}
        hint={t('desk.opening.authorHint')}
      />
      <Select
        label={t('desk.opening.writer')}
        value={writer}
        options={people.map(({ id, name: label }) => ({ value: id, label }))}
        none={t('desk.opening.nobody')}
        noneIsFine
        onChange={(value) => onChange({ ...details, writer: personId.safeParse(value).data ?? null })}
      />
      <Citing style={style} onStyle={(written) => onChange({ ...details, style: written })} />
    </>
  );
}

/** Chooses a named citation style, and how this draft differs from it. */
function Citing({ style, onStyle }: { readonly style: string; readonly onStyle: (written: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState<ConventionName>(() => conventionNameOf(style));
  const [convention, setConvention] = useState<Convention>(() => conventionOf(style) ?? CONVENTIONS['publisher-date']);
  const set = (next: ConventionName, changed: Convention): void => {
    setName(next);
    setConvention(changed);
    onStyle(writtenConvention(next, changed));
  };
  return (
    <>
      <Select
        label={t('desk.opening.style')}
        value={name}
        options={CONVENTION_NAMES.map((value) => ({ value, label: t(`desk.opening.styles.${value}`) }))}
        none={t('desk.opening.styles.publisher-date')}
        noneIsFine
        onChange={(value) => set(value ?? 'publisher-date', CONVENTIONS[value ?? 'publisher-date'])}
      />
      <div className="line drafting-parts" data-wrap role="group" aria-label={t('desk.opening.parts')}>
        {PARTS.map((part) => (
          <Check
            key={part}
            label={t(`desk.opening.part.${part}`)}
            selected={convention[CONVENTION_PARTS[part]]}
            onChange={(selected) => set(name, { ...convention, [CONVENTION_PARTS[part]]: selected })}
          />
        ))}
      </div>
      <Field
        label={t('desk.opening.separators')}
        value={convention.separators}
        onChange={(separators) => set(name, { ...convention, separators })}
        hint={t('desk.opening.separatorsHint')}
        error={conventionOf(style) === null ? t('desk.opening.separatorsWrong') : null}
        dir="ltr"
      />
    </>
  );
}
const PARTS = ['brackets', 'author-year', 'footnotes', 'captions', 'year-only'] as const;
