import { useTranslation } from '../../common/strings/use-translation.ts';
import { dateProblem, precisionOf, type DateProblem } from '../../../shared/model/dates.ts';
import { DATE_FIELDS, type DateField, type EdtfDate } from '../../../shared/model/index.ts';
import { Check } from '../../ui/Choice.tsx';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { Field } from '../../ui/Field.tsx';
import { useDraft, useLeaving } from '../../common/drafts/draft.ts';
import { textOrGap, type RecordProps } from './useRecord.ts';

/** The four dates a source can carry, each as much as is known of it. */
export function DateFields({ source, save }: RecordProps) {
  const { t } = useTranslation();
  return (
    <section className="pane-section stack" aria-label={t('record.dates')}>
      <h3>{t('record.dates')}</h3>
      <p className="hint">{t('record.datesHint')}</p>
      {DATE_FIELDS.map((field) => (
        <DateRow
          key={field}
          field={field}
          date={source[field]}
          prefilled={source.prefilled[field]}
          onSave={(date) => save({ [field]: date })}
        />
      ))}
    </section>
  );
}

interface DateRowProps {
  readonly field: DateField;
  readonly date: EdtfDate | null;
  readonly prefilled: string | undefined;
  readonly onSave: (date: EdtfDate | null) => void;
}

function DateRow({ field, date, prefilled, onSave }: DateRowProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useDraft(date?.edtf ?? '');
  const text = textOrGap(draft);
  const problem = text === null ? null : dateProblem(text);
  const implied = date?.implied ?? false;

  const leave = (): void => {
    if (problem !== null || text === (date?.edtf ?? null)) return;
    onSave(text === null ? null : { edtf: text, implied });
  };
  useLeaving(leave);
  return (
    <div className="record-date">
      <Field
        label={t(`record.dateNames.${field}`)}
        value={draft}
        onChange={setDraft}
        onBlur={leave}
        gap={text === null}
        placeholder={t('record.notKnown')}
        error={problem === null ? null : explain(t, problem)}
        dir="ltr"
        maxLength={80}
        {...(prefilled === undefined || text !== date?.edtf
          ? {}
          : { hint: t('record.fromFile', { where: prefilled }) })}
      />
      <div className="line">
        <DateEdtf
          edtf={problem === null ? text : null}
          kind={problem === null && text !== null ? t(`dates.precision.${precisionOf(text)}`) : ''}
          spoken={text ?? t('dates.notKnown')}
        />
        <span className="grow" />
        <Check
          label={t('dates.implied')}
          selected={implied}
          isDisabled={date === null}
          onChange={(next) => (date === null ? undefined : onSave({ ...date, implied: next }))}
        />
      </div>
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function explain(t: Translate, problem: DateProblem): string | null {
  switch (problem.kind) {
    case 'empty':
      return null;
    case 'month':
      return t('dates.problems.month', { month: problem.month, year: problem.year });
    case 'day':
      return t('dates.problems.day', { day: problem.day, month: problem.month });
    case 'form':
      return t('dates.problems.form');
  }
}
