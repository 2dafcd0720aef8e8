import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import {
  exactFromText,
  valuesAsText,
  valuesFromText,
  wordsAsText,
  wordsFromText,
  wrongDate,
  type FormNear,
  type QueryForm as Form,
} from '../../../shared/query/form.ts';
import { QUERY_FIELDS, isFixedField } from '../../../shared/query/fields.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import type { Fields } from './field-choices.tsx';
import type { FormOfQuery } from './query-form.ts';
import { ValueChoice } from './ValueChoice.tsx';
import { Field } from '../../ui/Field.tsx';

/** Fields that are always shown. The others are shown if they are used, or on request. */
const MAIN: readonly string[] = ['category', 'person', 'publisher', 'type', 'lang', 'date', 'place'];

/** The field that takes the focus; `times` tells repeated requests apart. */
export interface FormFocus {
  readonly field: string;
  readonly times: number;
}

/** A form for every part of the query language, so that nobody has to know its signs. */
export function QueryForm({
  of: { form, setForm, isCurrent },
  fields,
  focus,
}: {
  of: FormOfQuery;
  fields: Fields;
  focus: FormFocus | null;
}) {
  const { t } = useTranslation();
  const [hasMore, setMore] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const used = new Set(form.conditions.map(({ field }) => field));
  const shown = fields.all.filter((field) => hasMore || MAIN.includes(field) || used.has(field));
  useEffect(() => {
    if (focus === null) return;
    const row = [...(box.current?.querySelectorAll<HTMLElement>('[data-query-field]') ?? [])].find(
      (one) => one.dataset['queryField'] === focus.field,
    );
    row?.querySelector<HTMLElement>('input, button.search-filter')?.focus();
  }, [focus]);
  return (
    <div ref={box} className="query-form" role="group" aria-label={t('queryForm.title')}>
      {isCurrent ? null : <p className="hint">{t('queryForm.mendFirst')}</p>}
      <div className="query-form-columns" inert={!isCurrent}>
        <div className="query-form-column">
          <WordFields form={form} setForm={setForm} />
        </div>
        <div className="query-form-column">
          {shown.map((field) => (
            <ConditionRows key={field} field={field} fields={fields} form={form} setForm={setForm} />
          ))}
          {hasMore || shown.length === fields.all.length ? null : (
            <LinkButton onPress={() => setMore(true)}>{t('queryForm.more')}</LinkButton>
          )}
        </div>
      </div>
    </div>
  );
}

interface Part {
  readonly form: Form;
  readonly setForm: (form: Form) => void;
}

const NEAR: FormNear = { distance: 12, sides: [[], []] };
const MOST_APART = 1000;

function WordFields({ form, setForm }: Part) {
  const { t } = useTranslation();
  const near = form.near ?? NEAR;
  const setNear = (next: FormNear): void =>
    setForm({ ...form, near: next.sides.every((words) => words.length === 0) ? null : next });
  const words = (name: 'all' | 'any' | 'none') => (
    <div data-query-field={name}>
      <FormText
        label={t(`queryForm.${name}`)}
        placeholder={t(`queryForm.${name}Hint`)}
        value={wordsAsText(form[name])}
        onChange={(text) => setForm({ ...form, [name]: wordsFromText(text) })}
      />
    </div>
  );
  const side = (at: 0 | 1) => (
    <FormText
      label={t(at === 0 ? 'queryForm.near' : 'queryForm.nearOther')}
      value={wordsAsText(near.sides[at])}
      onChange={(text) => {
        const typed = wordsFromText(text);
        setNear({ ...near, sides: at === 0 ? [typed, near.sides[1]] : [near.sides[0], typed] });
      }}
    />
  );
  return (
    <>
      {words('all')}
      {words('any')}
      {words('none')}
      <FormText
        label={t('queryForm.exact')}
        placeholder={t('queryForm.exactHint')}
        value={valuesAsText(form.exact.map(({ text }) => text))}
        onChange={(text) => setForm({ ...form, exact: exactFromText(text) })}
      />
      <div className="query-form-near">
        {side(0)}
        <FormText
          label={t('queryForm.within')}
          value={String(near.distance)}
          hint={t('queryForm.withinHint')}
          onChange={(text) => {
            const distance = Number(text);
            if (Number.isInteger(distance) && distance >= 1 && distance <= MOST_APART) setNear({ ...near, distance });
          }}
        />
        {side(1)}
      </div>
    </>
  );
}

/** A row for each condition on a field, and an empty one where there is none. */
function ConditionRows({ field, fields, form, setForm }: Part & { field: string; fields: Fields }) {
  const at = form.conditions.flatMap((one, index) => (one.field === field ? [index] : []));
  const rows = at.length === 0 ? [null] : at;
  return (
    <>
      {rows.map((index, nth) => (
        <ConditionRow
          // Keeps the first row’s element when it is filled in.
          key={String(nth)}
          index={index}
          field={field}
          fields={fields}
          form={form}
          setForm={setForm}
        />
      ))}
    </>
  );
}

function ConditionRow({
  index,
  field,
  fields,
  form,
  setForm,
}: Part & { index: number | null; field: string; fields: Fields }) {
  const { t } = useTranslation();
  const condition = index === null ? undefined : form.conditions[index];
  const values = condition?.values ?? [];
  const label = fields.nameOf(field);
  const choices = fields.choicesOf(field);
  const isDate = isFixedField(field) && QUERY_FIELDS[field] === 'date';
  const change = (next: readonly string[]): void => {
    const { conditions } = form;
    const made = next.length === 0 ? [] : [{ field, values: next, not: condition?.not ?? false }];
    const at = index ?? conditions.length;
    setForm({ ...form, conditions: conditions.toSpliced(at, index === null ? 0 : 1, ...made) });
  };
  const wrong = condition === undefined ? null : wrongDate(condition);
  return (
    <div className="query-form-row" data-query-field={field}>
      {choices === null ? (
        <FormText
          label={label}
          placeholder={t(isDate ? 'queryForm.dateHint' : 'queryForm.textHint')}
          value={valuesAsText(values)}
          error={wrong === null ? null : t('queryForm.wrongDate', { value: wrong })}
          onChange={(text) => change(valuesFromText(text))}
        />
      ) : (
        <div className="field">
          <span className="field-label">{label}</span>
          <ValueChoice label={label} choices={choices} values={values} onChange={change} />
        </div>
      )}
      {condition === undefined || index === null ? null : (
        <ToggleButton
          className="query-form-not"
          aria-label={t('queryForm.notThis', { name: label })}
          isSelected={condition.not}
          onChange={(not) => setForm({ ...form, conditions: form.conditions.with(index, { ...condition, not }) })}
        >
          {t('queryForm.not')}
        </ToggleButton>
      )}
    </div>
  );
}

/** The query is updated this long after the last key, ms. */
const TYPING_PAUSE = 150;

/** A text field of the form. While it has the focus it keeps what is typed; the query follows after a pause. */
function FormText({
  label,
  value,
  onChange,
  placeholder = '',
  error = null,
  hint,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  error?: string | null;
  hint?: ReactNode;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const sent = useRef<string | null>(null);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const send = (text: string): void => {
    if (sent.current === text) return;
    sent.current = text;
    latest.current(text);
  };
  useEffect(() => {
    if (draft === null) return undefined;
    const timer = setTimeout(() => send(draft), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [draft]);
  return (
    <Field
      label={label}
      value={draft ?? value}
      placeholder={placeholder}
      error={error}
      hint={hint}
      onChange={(text) => {
        if (draft === null) sent.current = value;
        setDraft(text);
      }}
      onBlur={() => {
        if (draft !== null) send(draft);
        setDraft(null);
      }}
    />
  );
}
