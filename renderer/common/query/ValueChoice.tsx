import { withValues, valuesOf, type QueryForm } from '../../../shared/query/form.ts';
import { FilterChoice } from '../choices/FilterChoice.tsx';
import { choiceOf, type FieldChoice, type Fields } from './field-choices.tsx';

/** Chooses values of a field. Values of the query that are not in the list, such as a part of a name, are kept. */
export function ValueChoice({
  label,
  choices,
  values,
  onChange,
}: {
  label: string;
  choices: readonly FieldChoice[];
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
}) {
  const known = values.map((value) => choiceOf(choices, value));
  return (
    <FilterChoice
      label={label}
      all={choices}
      chosen={known.flatMap((one) => one?.id ?? [])}
      onChange={(ids) => onChange([...values.filter((_, at) => known[at] === undefined), ...ids])}
    />
  );
}

/** A field of the query as a small button with a list. The selected values and the query’s conditions are kept equal. */
export function FieldChoiceButton({
  field,
  fields,
  form,
  setForm,
}: {
  field: string;
  fields: Fields;
  form: QueryForm;
  setForm: (form: QueryForm) => void;
}) {
  return (
    <ValueChoice
      label={fields.nameOf(field)}
      choices={fields.choicesOf(field) ?? []}
      values={valuesOf(form, field)}
      onChange={(values) => setForm(withValues(form, field, values))}
    />
  );
}
