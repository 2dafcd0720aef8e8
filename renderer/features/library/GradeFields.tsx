import { useTranslation } from '../../common/strings/use-translation.ts';
import { SOURCE_GRADES } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useDraft } from '../../common/drafts/draft.ts';
import { textOrGap, type RecordProps } from './useRecord.ts';

/** The grade of a source, A to F: never without its reason, so the two are saved together. */
export function GradeFields({ source, save }: RecordProps) {
  const { t } = useTranslation();
  const dimensions = useCall('codebook.get', {}).data?.dimensions;
  const labels = dimensions?.find(({ code }) => code === 'srcrel')?.values ?? [];
  const [grade, setGrade] = useDraft(source.grade);
  const [reason, setReason] = useDraft(source.gradeReason ?? '');
  const next = grade === null ? null : textOrGap(reason);
  const changed = grade !== source.grade || next !== source.gradeReason;
  const complete = grade === null || next !== null;
  return (
    <section className="pane-section stack" aria-label={t('record.grade')}>
      <h3>{t('record.grade')}</h3>
      <Select
        label={t('record.fields.grade')}
        value={grade}
        none={t('record.notGraded')}
        options={SOURCE_GRADES.map((value) => ({
          value,
          label: gradeLabel(value, labels.find(({ code }) => code === value)?.label),
        }))}
        onChange={setGrade}
      />
      <Field
        label={t('record.fields.gradeReason')}
        value={reason}
        onChange={setReason}
        gap={textOrGap(reason) === null}
        lines={3}
        maxLength={4000}
        error={changed && !complete ? t('record.reasonNeeded') : null}
      />
      {changed ? (
        <div className="line">
          <Button
            size="small"
            onPress={() => {
              setGrade(source.grade);
              setReason(source.gradeReason ?? '');
            }}
          >
            {t('record.discardGrade')}
          </Button>
          <Button size="small" kind="primary" isDisabled={!complete} onPress={() => save({ grade, gradeReason: next })}>
            {grade === null ? t('record.clearGrade') : t('record.setGrade')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

const gradeLabel = (grade: string, label: string | undefined): string =>
  label === undefined ? grade : `${grade}, ${label.toLocaleLowerCase()}`;
