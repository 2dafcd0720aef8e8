import { useState } from 'react';
import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { FIGURE_KINDS, QUALIFIERS } from '../../../shared/figures/figure.ts';
import { useFigureActs } from '../../common/figures/acts.ts';
import { unitChoices } from '../../common/figures/words.ts';
import { PlaceField, usePlaceNames } from '../../common/places/PlaceField.tsx';
import type { MarkedSpan } from '../../common/reader/reading-state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { QuestionDialog, FigureWords } from './QuestionDialog.tsx';
import { type Draft, draftOf, editOf, editOfNew, isReadable, newDraft } from './edit-draft.ts';

interface Fields {
  readonly draft: Draft;
  readonly set: <F extends keyof Draft>(field: F) => (value: Draft[F]) => void;
}

/** Changes the reading of a figure. Saving also confirms it. */
export function FigureEditDialog({ figure }: { figure: FigureInText }) {
  const names = usePlaceNames();
  // Wait for the names of places, so that the fields can show them.
  return figure.place !== null && names.size === 0 ? null : <EditDialog figure={figure} names={names} />;
}

function EditDialog({ figure, names }: { figure: FigureInText; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  const acts = useFigureActs();
  const [before] = useState(() => draftOf(figure, names, t));
  const { fields, ...asking } = useForm(before, (draft) => acts.edit(figure, editOf(draft, before, names, t)));
  return (
    <QuestionDialog kind="edit" {...asking}>
      <FigureWords figure={figure} />
      <Numbers {...fields} endHint={t('figureCards.form.endHint')} />
      <Said {...fields} names={names} />
    </QuestionDialog>
  );
}

/** Makes a card of selected words in which the rules find no figure, and confirms it. */
export function FigureMakeDialog({ span }: { span: MarkedSpan }) {
  const { t } = useTranslation();
  const acts = useFigureActs();
  const names = usePlaceNames();
  const [before] = useState(() => newDraft(span.exact));
  const { fields, ...asking } = useForm(before, (draft) => acts.make(span, editOfNew(draft, names, t)));
  return (
    <QuestionDialog kind="make" {...asking}>
      <FigureWords figure={{ before: '', text: span.exact }} />
      <Numbers {...fields} endHint={t('figureCards.form.newEndHint')} />
      <Said {...fields} names={names} />
    </QuestionDialog>
  );
}

/** The values of the fields, and a function that saves them, one save at a time. */
function useForm(before: Draft, save: (draft: Draft) => Promise<unknown>) {
  const [draft, setDraft] = useState(before);
  const [isRunning, setRunning] = useState(false);
  const set: Fields['set'] = (field) => (value) => setDraft((now) => ({ ...now, [field]: value }));
  const canRun = isReadable(draft) && !isRunning;
  const onRun = (): void => {
    if (!canRun) return;
    setRunning(true);
    void save(draft).finally(() => setRunning(false));
  };
  return { fields: { draft, set }, canRun, onRun };
}

/** The fields for what the number counts or measures. */
function Said({ draft, set, names }: Fields & { readonly names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('figureCards.fields.unit')}
        hint={t('figureCards.form.unitHint')}
        value={draft.unit}
        onChange={set('unit')}
        suggestions={unitChoices(t).map(({ words }) => words)}
        maxLength={100}
      />
      <Choices draft={draft} set={set} />
      <Days draft={draft} set={set} />
      <PlaceField
        label={t('figureCards.fields.place')}
        hint={t('figureCards.form.placeHint')}
        value={draft.place}
        names={names}
        onChange={set('place')}
      />
      <Field
        label={t('figureCards.fields.subject')}
        hint={t('figureCards.form.subjectHint')}
        value={draft.subject}
        onChange={set('subject')}
        maxLength={200}
      />
    </>
  );
}

function Numbers({ draft, set, endHint }: Fields & { readonly endHint: string }) {
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
        <Field {...number} label={t('figureCards.form.low')} hint={endHint} value={draft.low} onChange={set('low')} />
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
