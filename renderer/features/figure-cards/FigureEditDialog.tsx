import { useState } from 'react';
import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { FIGURE_KINDS, QUALIFIERS } from '../../../shared/figures/figure.ts';
import { UNITS } from '../../../shared/figures/units.ts';
import { useFigureActs } from '../../common/figures/acts.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Check } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { Asking, FigureWords } from './Asking.tsx';
import { type Draft, draftOf, editOf, isReadable } from './edit-draft.ts';

const UNIT_IDS = UNITS.map(({ id }) => id);

interface Fields {
  readonly draft: Draft;
  readonly set: <F extends keyof Draft>(field: F) => (value: Draft[F]) => void;
}

/** Reads a figure otherwise; saving confirms it. */
export function FigureEditDialog({ figure }: { figure: FigureInText }) {
  const { t } = useTranslation();
  const acts = useFigureActs();
  const [before] = useState(() => draftOf(figure));
  const [draft, setDraft] = useState(before);
  const [isRunning, setRunning] = useState(false);
  const set: Fields['set'] = (field) => (value) => setDraft((now) => ({ ...now, [field]: value }));
  const canRun = isReadable(draft) && !isRunning;
  const run = (): void => {
    if (!canRun) return;
    setRunning(true);
    void acts.edit(figure, editOf(draft, before)).finally(() => setRunning(false));
  };
  const fields = { draft, set };
  return (
    <Asking kind="edit" canRun={canRun} onRun={run}>
      <FigureWords figure={figure} />
      <Numbers {...fields} />
      <Field
        label={t('figureCards.fields.unit')}
        hint={t('figureCards.form.unitHint')}
        value={draft.unit}
        onChange={set('unit')}
        suggestions={UNIT_IDS}
        maxLength={100}
      />
      <Choices {...fields} />
      <Days {...fields} />
      <Field
        label={t('figureCards.fields.subject')}
        hint={t('figureCards.form.subjectHint')}
        value={draft.subject}
        onChange={set('subject')}
        maxLength={200}
      />
      {figure.place === null ? null : (
        <Check label={t('figureCards.form.noPlace')} selected={draft.withoutPlace} onChange={set('withoutPlace')} />
      )}
    </Asking>
  );
}

function Numbers({ draft, set }: Fields) {
  const { t } = useTranslation();
  const number = { dir: 'ltr', maxLength: 200 } as const;
  return (
    <>
      <Field
        {...number}
        label={t('figureCards.form.value')}
        hint={t('figureCards.form.valueHint')}
        value={draft.value}
        onChange={set('value')}
        autoFocus
      />
      <div className="figure-pair">
        <Field
          {...number}
          label={t('figureCards.form.low')}
          hint={t('figureCards.form.endHint')}
          value={draft.low}
          onChange={set('low')}
        />
        <Field {...number} label={t('figureCards.form.high')} value={draft.high} onChange={set('high')} />
      </div>
    </>
  );
}

function Choices({ draft, set }: Fields) {
  const { t } = useTranslation();
  return (
    <div className="figure-pair">
      <Select
        label={t('figureCards.fields.qualifier')}
        value={draft.qualifier === 'exact' ? null : draft.qualifier}
        options={QUALIFIERS.filter((one) => one !== 'exact').map((value) => ({
          value,
          label: t(`figureCards.qualifiers.${value}`),
        }))}
        none={t('figureCards.qualifiers.exact')}
        noneIsFine
        onChange={(value) => set('qualifier')(value ?? 'exact')}
      />
      <Select
        label={t('figureCards.fields.kind')}
        value={draft.kind === 'actual' ? null : draft.kind}
        options={FIGURE_KINDS.filter((one) => one !== 'actual').map((value) => ({
          value,
          label: t(`figureCards.kinds.${value}`),
        }))}
        none={t('figureCards.kinds.actual')}
        noneIsFine
        onChange={(value) => set('kind')(value ?? 'actual')}
      />
    </div>
  );
}

function Days({ draft, set }: Fields) {
  const { t } = useTranslation();
  const day = { dir: 'ltr', maxLength: 10 } as const;
  return (
    <div className="figure-pair">
      <Field
        {...day}
        label={t('figureCards.form.from')}
        hint={t('figureCards.form.dayHint')}
        value={draft.from}
        onChange={set('from')}
      />
      <Field {...day} label={t('figureCards.form.to')} value={draft.to} onChange={set('to')} />
    </div>
  );
}
