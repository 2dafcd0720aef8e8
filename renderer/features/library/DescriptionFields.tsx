import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCall } from '../../api/index.ts';
import { Select } from '../../ui/Select.tsx';
import { RecordText } from './RecordText.tsx';
import type { RecordProps } from './useRecord.ts';

/** Whether a text is a language as BCP 47 writes it: `zh-Hans`, `ug`, `en-GB`. */
export function isLanguage(text: string): boolean {
  try {
    // Names of four letters and more are reserved in BCP 47, and "Chinese" is not meant as one.
    return new Intl.Locale(text).language.length <= 3;
  } catch {
    // The only way the platform has to say no.
    return false;
  }
}

/** What a source is: title, author, publisher, language, document type. */
export function DescriptionFields({ source, save }: RecordProps) {
  const { t } = useTranslation();
  const { prefilled } = source;
  return (
    <section className="pane-section stack" aria-label={t('record.description')}>
      <h3>{t('record.description')}</h3>
      <RecordText
        label={t('record.fields.title')}
        value={source.title}
        onSave={(title) => save({ title })}
        prefilled={prefilled['title']}
        hint={t('record.calledByFile', { name: source.fileName })}
        lines={2}
      />
      <RecordText
        label={t('record.fields.author')}
        value={source.author}
        onSave={(author) => save({ author })}
        prefilled={prefilled['author']}
        maxLength={1000}
      />
      <RecordText
        label={t('record.fields.publisher')}
        value={source.publisher}
        onSave={(publisher) => save({ publisher })}
        prefilled={prefilled['publisher']}
        maxLength={1000}
      />
      <RecordText
        label={t('record.fields.language')}
        value={source.language}
        onSave={(language) => save({ language })}
        check={(text) => (isLanguage(text) ? null : t('record.languageWrong'))}
        prefilled={prefilled['language']}
        hint={t('record.languageHint')}
        dir="ltr"
        maxLength={35}
      />
      <DocumentType source={source} save={save} />
    </section>
  );
}

function DocumentType({ source, save }: RecordProps) {
  const { t } = useTranslation();
  const dimensions = useCall('codebook.get', {}).data?.dimensions;
  const values = dimensions?.find(({ code }) => code === 'doctype')?.values ?? [];
  const options = values.map(({ code, label, note }) => ({ value: code, label, hint: note }));
  // A project without that dimension keeps what was said before, and shows it as it is written.
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
      onChange={(documentType) => save({ documentType })}
    />
  );
}
