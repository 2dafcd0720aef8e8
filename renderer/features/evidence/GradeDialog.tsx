import { useState } from 'react';
import { SOURCE_GRADES, sourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall, useWrite } from '../../api/index.ts';
import { gradeLabel } from '../../common/format.ts';
import { notifyDone, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useAsked, useEvidence } from './state.ts';

/** Rates the sources of the selected passages, with a reason: one edit. */
export function GradeDialog({ sources, onClose }: { sources: number | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [grade, setGrade] = useState<(typeof SOURCE_GRADES)[number] | null>(null);
  const [reason, setReason] = useState('');
  const labels = useCall('codebook.get', {}).data?.dimensions.find(({ code }) => code === 'srcrel')?.values ?? [];
  const edit = useWrite('sources.editMany');
  const api = useApi();
  const sourcesOf = useSourcesOfSelection();
  const save = async (): Promise<void> => {
    const ids = await sourcesOf();
    if (ids.length === 0 || grade === null) return;
    const { changed, rejected } = await edit.mutateAsync({
      edits: [{ ids, patch: { grade, gradeReason: reason.trim() } }],
    });
    const { undo } = await api.read('history.state', {});
    if (changed > 0 && undo !== null) notifyDone(t('evidence.grade.done', { count: changed }), undo);
    const [first] = rejected;
    if (first !== undefined) notifyError(first.error);
    onClose();
  };
  return (
    <Dialog
      title={sources === null ? t('evidence.grade.titleAll') : t('evidence.grade.title', { count: sources })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('evidence.grade.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={grade === null || reason.trim() === '' || edit.isPending}
            onPress={() => void save().catch((thrown: unknown) => notifyError(errorDataOf(thrown)))}
          >
            {t('evidence.grade.save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="hint">{t('evidence.grade.note')}</p>
        <Select
          label={t('evidence.columns.grade')}
          value={grade}
          none={t('evidence.grade.choose')}
          options={SOURCE_GRADES.map((value) => ({
            value,
            label: gradeLabel(value, labels.find(({ code }) => code === value)?.label),
          }))}
          onChange={setGrade}
        />
        <Field
          label={t('evidence.grade.reason')}
          value={reason}
          onChange={setReason}
          lines={3}
          maxLength={4000}
          isRequired
        />
      </div>
    </Dialog>
  );
}

/** Returns a function that reads the sources of the selected passages, including passages that the filter does not find. */
function useSourcesOfSelection() {
  const api = useApi();
  const asked = useAsked();
  const { selected, isAllSelected, leftOut } = useEvidence();
  return async () => {
    const passages = isAllSelected
      ? (await api.read('evidence.found', asked)).passages.filter((passage) => !leftOut.has(passage))
      : [...selected];
    const { groups } = await api.read('evidence.count', { passages, group: 'source' });
    return groups.map(({ value }) => sourceId.parse(value));
  };
}
