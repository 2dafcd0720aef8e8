import type { RecordPatch } from '../../../shared/contract/sources.ts';
import { captureField } from '../../../shared/changes/fields.ts';
import {
  CAPTURE_PARTS,
  captureRecord,
  lengthLimit,
  type Source,
  type SourceId,
  sourceRecord,
} from '../../../shared/model/index.ts';
import { isLanguage } from '../../../shared/model/language.ts';
import { useCall, useWrite, type ApiError } from '../../api/index.ts';
import { copyAddress } from '../../common/captures/Address.tsx';
import { useReadOnly } from '../../common/read-only.ts';
import { formatCapturedHere } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { nextOf, SuggestionLine, type useSuggestions } from './suggestions.tsx';
import { tellWhether, type FieldName } from '../../common/drafts/refused.ts';
import { SavedField } from '../../common/drafts/SavedField.tsx';

/** Title, author, publisher, language and document type. */
export function DescriptionFields({ source, save, suggestions }: SuggestedDetailsProps) {
  const { t } = useTranslation();
  const { prefilled } = source;
  return (
    <section className="pane-section stack" aria-label={t('record.description')}>
      <h3>{t('record.description')}</h3>
      <DetailField
        name={`source ${source.id} title`}
        label={t('record.fields.title')}
        value={source.title}
        onSave={(title, tell) => save({ title }, tell)}
        prefilled={prefilled['title']}
        maxLength={lengthLimit(sourceRecord.shape.title)}
        hint={t('record.calledByFile', { name: source.fileName })}
        lines={2}
      />
      <SuggestionLine suggestion={suggestions.title} isNext={nextOf(suggestions) === suggestions.title} onTake={save} />
      <DetailField
        name={`source ${source.id} author`}
        label={t('record.fields.author')}
        value={source.author}
        onSave={(author, tell) => save({ author }, tell)}
        prefilled={prefilled['author']}
        maxLength={lengthLimit(sourceRecord.shape.author)}
      />
      <DetailField
        name={`source ${source.id} publisher`}
        label={t('record.fields.publisher')}
        value={source.publisher}
        onSave={(publisher, tell) => save({ publisher }, tell)}
        prefilled={prefilled['publisher']}
        maxLength={lengthLimit(sourceRecord.shape.publisher)}
      />
      <DetailField
        name={`source ${source.id} language`}
        label={t('record.fields.language')}
        value={source.language}
        onSave={(language, tell) => save({ language }, tell)}
        check={(text) => (isLanguage(text) ? null : t('record.languageWrong'))}
        prefilled={prefilled['language']}
        hint={t('record.languageHint')}
        dir="ltr"
        maxLength={lengthLimit(sourceRecord.shape.language)}
      />
      <SuggestionLine
        suggestion={suggestions.language}
        isNext={nextOf(suggestions) === suggestions.language}
        onTake={save}
      />
      <DocumentType source={source} save={save} />
    </section>
  );
}

function DocumentType({ source, save }: DetailsProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const dimensions = useCall('codebook.get', {}).data?.dimensions;
  const values = dimensions?.find(({ code }) => code === 'doctype')?.values ?? [];
  const options = values.map(({ code, label, note }) => ({ value: code, label, hint: note }));
  // Without that dimension in the codebook, the stored value is shown as text.
  const known = source.documentType === null || options.some(({ value }) => value === source.documentType);
  const all =
    known || source.documentType === null
      ? options
      : [...options, { value: source.documentType, label: source.documentType }];
  if (all.length === 0) return null;
  return (
    <Select
      label={t('record.fields.documentType')}
      value={source.documentType}
      options={all}
      none={t('record.notKnown')}
      isReadOnly={isReadOnly}
      onChange={(documentType) => save({ documentType })}
    />
  );
}

/** ISO 8601 with a time zone, which is required: without it the moment is unknown. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

export const isMoment = (text: string): boolean => MOMENT.test(text) && !Number.isNaN(Date.parse(text));

/** Where and how a source was captured. */
export function CaptureFields({ source, save }: DetailsProps) {
  const { t } = useTranslation();
  return (
    <section className="pane-section stack" aria-label={t('record.capture')}>
      <h3>{t('record.capture')}</h3>
      {CAPTURE_PARTS.map((field) => (
        <DetailField
          key={field}
          name={`source ${source.id} ${field}`}
          label={t(`record.fields.${field}`)}
          value={source.capture[field]}
          onSave={(value, tell) => save({ capture: { [field]: value } }, tell)}
          prefilled={source.prefilled[captureField(field)]}
          dir={field === 'url' || field === 'archiveLink' || field === 'time' ? 'ltr' : 'auto'}
          maxLength={lengthLimit(captureRecord.shape[field])}
          {...(field === 'time'
            ? {
                check: (text: string) => (isMoment(text) ? null : t('record.timeWrong')),
                hint: timeHint(t, source.capture.time),
                saysMore: source.capture.time !== null,
              }
            : {})}
        />
      ))}
      {source.capture.url === null ? null : <CopyAddress url={source.capture.url} />}
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

/** The capture time in this computer's time zone, or how to write one if there is none. */
const timeHint = (t: Translate, time: string | null): string =>
  time === null || !isMoment(time) ? t('record.timeHint') : t('captured.here', { time: formatCapturedHere(time) });

function CopyAddress({ url }: { url: string }) {
  const { t } = useTranslation();
  return (
    <span>
      <LinkButton onPress={() => copyAddress(t, url)}>{t('reader.copyAddress')}</LinkButton>
    </span>
  );
}

interface DetailFieldProps {
  readonly name: FieldName;
  readonly label: string;
  readonly value: string | null;
  readonly onSave: (value: string | null, tell: Tell) => void;
  /** Returns what is wrong with a text, or null. */
  readonly check?: (text: string) => string | null;
  /** Where the file gave this value: "PDF Info dictionary". */
  readonly prefilled?: string | undefined;
  readonly hint?: string;
  /** Whether the hint is about the value itself: then it is shown beside the value's origin. */
  readonly saysMore?: boolean;
  readonly lines?: number;
  readonly dir?: 'auto' | 'ltr';
  readonly maxLength: number;
}

/** A text field of the details. If it is empty, the detail counts as missing. */
function DetailField({ value, onSave, check, prefilled, hint, saysMore = false, ...rest }: DetailFieldProps) {
  const { t } = useTranslation();
  const hintBeside = (text: string): string | undefined => {
    if (prefilled === undefined || textOrNull(text) !== value) return hint;
    const from = t('record.fromFile', { where: prefilled });
    // A hint about the format is not needed beside an existing value.
    return saysMore ? `${from} · ${hint ?? ''}` : from;
  };
  return (
    <SavedField
      {...rest}
      value={value ?? ''}
      onSave={(text, tell) => onSave(textOrNull(text), tell)}
      check={(text) => (text === '' ? null : (check?.(text) ?? null))}
      isGap={(text) => text === ''}
      placeholder={t('record.notKnown')}
      hint={hintBeside}
    />
  );
}

type Tell = (isStored: boolean) => void;
type Save = (patch: RecordPatch, tell?: Tell) => void;

/** Props of every part of the details. */
export interface DetailsProps {
  readonly source: Source;
  readonly save: Save;
}

/** Props of the parts with fields that the source's text suggests. */
export interface SuggestedDetailsProps extends DetailsProps {
  readonly suggestions: ReturnType<typeof useSuggestions>;
}

/** Saves fields of a source. Each call is one commit. */
export function useSaveDetails(id: SourceId): { save: Save; error: ApiError | null } {
  const { mutateAsync, error } = useWrite('sources.edit');
  return { save: (patch, tell = () => undefined) => tellWhether(mutateAsync({ id, patch }), tell), error };
}

/** The trimmed text, or null if nothing is left. */
export const textOrNull = (text: string): string | null => {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
};
