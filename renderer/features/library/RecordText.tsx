import { useTranslation } from '../../common/strings/use-translation.ts';
import { Field } from '../../ui/Field.tsx';
import { useDraft, useLeaving } from '../../common/drafts/draft.ts';
import { textOrGap } from './useRecord.ts';

export interface RecordTextProps {
  readonly label: string;
  readonly value: string | null;
  readonly onSave: (value: string | null) => void;
  /** What is wrong with a text, or null. */
  readonly check?: (text: string) => string | null;
  /** Where the file itself said it: "PDF Info dictionary". */
  readonly prefilled?: string | undefined;
  readonly hint?: string;
  /** The hint says something of the value itself: it stands beside where the value came from. */
  readonly saysMore?: boolean;
  readonly lines?: number;
  readonly dir?: 'auto' | 'ltr';
  readonly maxLength?: number;
}

/** A field of the record: saved when one leaves it, if it is right and has changed. */
export function RecordText({
  label,
  value,
  onSave,
  check,
  prefilled,
  hint,
  saysMore = false,
  lines = 1,
  dir = 'auto',
  maxLength = 2000,
}: RecordTextProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useDraft(value ?? '');
  const next = textOrGap(draft);
  const error = next === null || check === undefined ? null : check(next);
  const from = prefilled !== undefined && next === value ? t('record.fromFile', { where: prefilled }) : null;
  // A hint on how to write it helps nobody who need not write it.
  const said = from === null ? hint : saysMore ? `${from} · ${hint ?? ''}` : from;
  const leave = (): void => {
    if (error === null && next !== value) onSave(next);
  };
  useLeaving(leave);
  return (
    <Field
      label={label}
      value={draft}
      onChange={setDraft}
      onBlur={leave}
      gap={next === null}
      placeholder={t('record.notKnown')}
      error={error}
      lines={lines}
      dir={dir}
      maxLength={maxLength}
      {...(said === undefined ? {} : { hint: said })}
    />
  );
}
