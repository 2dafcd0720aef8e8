import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CaptureRecord } from '../../../shared/model/index.ts';
import { copyAddress } from '../../common/captures/copy-address.ts';
import { formatCapturedHere } from '../../common/format.ts';
import { LinkButton } from '../../ui/Button.tsx';
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

/** Where a field came from is kept by its name in the log: `captureUrl`. */
const prefilledName = (field: keyof CaptureRecord): string =>
  `capture${field.charAt(0).toUpperCase()}${field.slice(1)}`;

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
          prefilled={source.prefilled[prefilledName(field)]}
          dir={field === 'url' || field === 'archiveLink' || field === 'time' ? 'ltr' : 'auto'}
          maxLength={field === 'url' || field === 'archiveLink' ? 4096 : field === 'time' ? 64 : 400}
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

/** When it was here; how to write it where it is not known. */
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
