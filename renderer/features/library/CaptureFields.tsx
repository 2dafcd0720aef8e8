import { useTranslation } from 'react-i18next';
import type { CaptureRecord } from '../../../shared/model/index.ts';
import { RecordText } from './RecordText.tsx';
import type { RecordProps } from './useRecord.ts';

/** ISO 8601 with its zone: without one, nobody can say when it was. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

export const isMoment = (text: string): boolean => MOMENT.test(text) && !Number.isNaN(Date.parse(text));

const FIELDS = [
  'url',
  'time',
  'tool',
  'collector',
  'method',
  'archiveLink',
] as const satisfies readonly (keyof CaptureRecord)[];

/** Where and how a source was captured. */
export function CaptureFields({ source, save }: RecordProps) {
  const { t } = useTranslation();
  return (
    <section className="pane-section stack" aria-label={t('record.capture')}>
      <h3>{t('record.capture')}</h3>
      {FIELDS.map((field) => (
        <RecordText
          key={field}
          label={t(`record.fields.${field}`)}
          value={source.capture[field]}
          onSave={(value) => save({ capture: { [field]: value } })}
          prefilled={source.prefilled[`capture.${field}`] ?? source.prefilled[field]}
          dir={field === 'url' || field === 'archiveLink' || field === 'time' ? 'ltr' : 'auto'}
          maxLength={field === 'url' || field === 'archiveLink' ? 4096 : field === 'time' ? 64 : 400}
          {...(field === 'time'
            ? { check: (text: string) => (isMoment(text) ? null : t('record.timeWrong')), hint: t('record.timeHint') }
            : {})}
        />
      ))}
    </section>
  );
}
