import { useState } from 'react';
import type { PressEvent } from 'react-aria-components';
import type { KeptReference } from '../../../shared/contract/measures.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { dateBounds } from '../../../shared/model/dates.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { isNumberTyped, numberTyped, unitTyped, unitWords } from '../../common/figures/words.ts';
import { announce } from '../../common/notices/notices.ts';
import { PlaceField, placeTyped, usePlaceNames } from '../../common/places/PlaceField.tsx';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { toNextRow, useFormBelow } from './form-below.ts';

const NEW = {
  quantity: '',
  place: null,
  period: '',
  value: '',
  unit: 'person',
  isWhole: true,
  source: null,
  citation: '',
};
type Edited = Omit<Pick<KeptReference, keyof typeof NEW>, 'period' | 'citation'> & {
  readonly id: KeptReference['id'] | null;
  readonly period: string;
  readonly citation: string;
};

/** Reference values with their sources, which figures are compared with. For example, a county’s figure above its population is flagged. */
export function References({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const all = useCall('references.list', {}).data?.references ?? [];
  const remove = useWrite('references.remove');
  const names = usePlaceNames();
  const sources = useCall('sources.list', {}).data?.sources ?? [];
  const titles = new Map(sources.map(({ id, title, fileName }) => [id, title ?? fileName]));
  const form = useFormBelow<Edited>();
  const { edited } = form;
  return (
    <Dialog
      title={t('figuresTable.references.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('figuresTable.close')}
      size="wide"
      ignoresOutside={edited !== null}
    >
      <p className="hint">{t('figuresTable.references.about')}</p>
      {all.length === 0 ? null : (
        <table className="measures">
          <thead>
            <tr>
              {(['quantity', 'place', 'period', 'value', 'citation'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(column === 'period' ? 'figuresTable.references.when' : `figuresTable.references.fields.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="unseen">{t('figuresTable.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <ReferenceRow
                key={one.id}
                one={one}
                place={one.place === null ? t('figuresTable.everywhere') : (names.get(one.place) ?? one.place)}
                source={one.source === null ? '' : (titles.get(one.source) ?? '')}
                onEdit={(pressed) =>
                  form.open(
                    { ...one, unit: unitWords(one, t), period: one.period ?? '', citation: one.citation ?? '' },
                    pressed,
                  )
                }
                onRemove={() =>
                  remove.mutate({ id: one.id }, { onSuccess: () => announce(t('figuresTable.said.removed')) })
                }
              />
            ))}
          </tbody>
        </table>
      )}
      {remove.error === null ? null : <InlineError message={errorDataOf(remove.error).message} />}
      {isReadOnly ? null : edited === null ? (
        <Button
          size="small"
          icon="add"
          autoFocus={form.isBack}
          onPress={(pressed) =>
            form.open({ ...NEW, unit: unitWords({ unit: NEW.unit, value: '' }, t), id: null }, pressed)
          }
        >
          {t('figuresTable.references.add')}
        </Button>
      ) : (
        <ReferenceForm edited={edited} onChange={form.change} onDone={form.close} sources={titles} />
      )}
    </Dialog>
  );
}

interface ReferenceRowProps {
  readonly one: KeptReference;
  readonly place: string;
  readonly source: string;
  readonly onEdit: (pressed: PressEvent) => void;
  readonly onRemove: () => void;
}

function ReferenceRow({ one, place, source, onEdit, onRemove }: ReferenceRowProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  return (
    <tr>
      <th scope="row">{one.quantity}</th>
      <td>{place}</td>
      <td>{one.period ?? '–'}</td>
      <td>
        {numberWords(one.value)} {unitWords(one, t)}
      </td>
      <td>{[one.citation ?? '', source].filter((part) => part !== '').join(', ')}</td>
      <td className="line">
        {isReadOnly ? null : (
          <>
            <Button
              size="small"
              kind="quiet"
              aria-label={t('figuresTable.references.edit', { quantity: one.quantity })}
              onPress={onEdit}
            >
              {t('figuresTable.edit')}
            </Button>
            <Button
              size="small"
              kind="quiet"
              aria-label={t('figuresTable.references.remove', { quantity: one.quantity })}
              onPress={(pressed) => {
                toNextRow(pressed);
                onRemove();
              }}
            >
              {t('figuresTable.remove')}
            </Button>
          </>
        )}
      </td>
    </tr>
  );
}

type Wrong = Readonly<Partial<Record<'quantity' | 'value' | 'unit' | 'period' | 'citation', string>>>;

/** The faults that prevent saving, by field. */
function wrongIn({ quantity, value, unit, period }: Edited, t: Words): Wrong {
  return {
    ...(quantity.trim() === '' ? { quantity: t('figuresTable.references.noQuantity') } : {}),
    ...(isNumberTyped(value) ? {} : { value: t('figuresTable.noNumber') }),
    ...(unit.trim() === '' ? { unit: t('figuresTable.noUnit') } : {}),
    ...(period.trim() === '' || dateBounds(period.trim()) !== null
      ? {}
      : { period: t('figuresTable.references.noPeriod') }),
  };
}

/** Converts the contents of the fields to the values that are saved. */
function givenOf(edited: Edited, place: string, names: ReadonlyMap<string, string>, t: Words) {
  const { quantity, value, unit, period, citation, isWhole, source } = edited;
  return {
    quantity,
    value: numberTyped(value),
    unit: unitTyped(unit, t) ?? unit,
    isWhole,
    source,
    place: placeTyped(place, names),
    period: period.trim() === '' ? null : period.trim(),
    citation: citation.trim() === '' ? null : citation,
  };
}

interface ReferenceFormProps {
  readonly edited: Edited;
  readonly onChange: (edited: Edited) => void;
  readonly onDone: () => void;
  readonly sources: ReadonlyMap<NonNullable<Edited['source']>, string>;
}

function ReferenceForm({ edited, onChange, onDone, sources }: ReferenceFormProps) {
  const { t } = useTranslation();
  const names = usePlaceNames();
  const add = useWrite('references.add');
  const change = useWrite('references.change');
  const [place, setPlace] = useState(edited.place === null ? '' : (names.get(edited.place) ?? edited.place));
  const error = add.error ?? change.error;
  const [wrong, setWrong] = useState<Wrong>({});
  const done = {
    onSuccess: () => {
      announce(t('figuresTable.said.reference'));
      onDone();
    },
  };
  const save = (): void => {
    const found = wrongIn(edited, t);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const { id } = edited;
    const given = givenOf(edited, place, names, t);
    if (id === null) add.mutate(given, done);
    else change.mutate({ ...given, id }, done);
  };
  const text = (field: 'quantity' | 'value' | 'unit' | 'period' | 'citation') => (
    <Field
      key={field}
      label={t(`figuresTable.references.fields.${field}`)}
      value={edited[field]}
      onChange={(value) => onChange({ ...edited, [field]: value })}
      autoFocus={field === 'quantity'}
      error={wrong[field] ?? null}
    />
  );
  return (
    <form
      className="measure-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {text('quantity')}
      {text('value')}
      {text('unit')}
      {text('period')}
      <PlaceField label={t('figuresTable.references.fields.place')} value={place} names={names} onChange={setPlace} />
      {text('citation')}
      <Select
        label={t('figuresTable.references.fields.source')}
        value={edited.source}
        none={t('figuresTable.references.noSource')}
        noneIsFine
        options={Array.from(sources, ([value, label]) => ({ value, label }))}
        onChange={(source) => onChange({ ...edited, source })}
      />
      <Check
        label={t('figuresTable.references.fields.isWhole')}
        selected={edited.isWhole}
        onChange={(isWhole) => onChange({ ...edited, isWhole })}
      />
      {error === null ? null : <InlineError message={errorDataOf(error).message} />}
      <div className="line">
        <Button size="small" kind="primary" type="submit">
          {t('figuresTable.save')}
        </Button>
        <Button size="small" kind="quiet" onPress={onDone}>
          {t('figuresTable.cancel')}
        </Button>
      </div>
    </form>
  );
}
