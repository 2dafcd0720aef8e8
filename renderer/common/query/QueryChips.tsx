import type { KeyboardEvent } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { restText, wordsText, type QueryForm } from '../../../shared/query/form.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { choiceOf, type Fields } from './field-choices.tsx';

interface Props {
  readonly form: QueryForm;
  readonly setForm: (form: QueryForm) => void;
  readonly fields: Fields;
  /** Opens the form at a field. */
  readonly onChange: (field: string) => void;
  /** Chips of other filters, shown after the query’s conditions. */
  readonly beside?: readonly ChipBeside[];
}

/** A chip of a filter that is not part of the query. */
interface ChipBeside {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly remove: () => void;
}
interface Shown extends ChipBeside {
  readonly isNot: boolean;
  readonly negate?: () => void;
  readonly change?: () => void;
}
const NONE_BESIDE: readonly ChipBeside[] = [];

/** The conditions of a query as chips, and other filters. Each can be removed, negated or changed. */
export function QueryChips(props: Props) {
  const { t } = useTranslation();
  const chips = useShown(props);
  if (chips.length === 0) return null;
  return (
    <div className="query-chips" role="group" aria-label={t('queryForm.chips')}>
      {chips.map((chip) => (
        <QueryChip key={chip.key} chip={chip} />
      ))}
    </div>
  );
}

function useShown({ form, setForm, fields, onChange, beside = NONE_BESIDE }: Props): Shown[] {
  const { t } = useTranslation();
  const { conditions, none, rest } = form;
  return [
    ...conditions.map((one, at): Shown => {
      const choices = fields.choicesOf(one.field) ?? [];
      return {
        key: `${one.field} ${String(at)}`,
        name: fields.nameOf(one.field),
        value: one.values.map((value) => choiceOf(choices, value)?.name ?? value).join(t('queryForm.or')),
        isNot: one.not,
        remove: () => setForm({ ...form, conditions: conditions.toSpliced(at, 1) }),
        negate: () => setForm({ ...form, conditions: conditions.with(at, { ...one, not: !one.not }) }),
        change: () => onChange(one.field),
      };
    }),
    ...none.map((one, at): Shown => ({
      key: `none ${String(at)}`,
      name: t('queryForm.words'),
      value: wordsText(one),
      isNot: true,
      remove: () => setForm({ ...form, none: none.toSpliced(at, 1) }),
      negate: () => setForm({ ...form, none: none.toSpliced(at, 1), all: [...form.all, one] }),
      change: () => onChange('none'),
    })),
    ...rest.map((one, at): Shown => ({
      key: `rest ${String(at)}`,
      name: t('queryForm.rest'),
      value: restText(one),
      isNot: false,
      remove: () => setForm({ ...form, rest: rest.toSpliced(at, 1) }),
    })),
    ...beside.map((one): Shown => ({ ...one, isNot: false })),
  ];
}

function QueryChip({ chip: { name, value, isNot, remove, negate, change } }: { chip: Shown }) {
  const { t } = useTranslation();
  const label = t(isNot ? 'queryForm.chipNot' : 'queryForm.chip', { name, value });
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') remove();
    else if (event.key === '!' && negate !== undefined) negate();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const entries: MenuEntry[] = [
    ...(change === undefined ? [] : [{ id: 'change', label: t('queryForm.change'), run: change }]),
    ...(negate === undefined
      ? []
      : [{ id: 'negate', label: t(isNot ? 'queryForm.include' : 'queryForm.exclude'), keys: ['!'], run: negate }]),
    { id: 'remove', label: t('queryForm.remove'), run: remove },
  ];
  return (
    <span className="query-chip" data-not={isNot || undefined} onKeyDownCapture={keyDown}>
      <Menu
        label={label}
        entries={entries}
        trigger={
          <AriaButton className="query-chip-name">
            {isNot ? <span className="query-chip-not">{t('queryForm.not')}</span> : null}
            <span className="dim">{name}</span>
            <bdi className="strong cut">{value}</bdi>
          </AriaButton>
        }
      />
      <IconButton size="small" icon="close" label={t('queryForm.removeThis', { what: label })} onPress={remove} />
    </span>
  );
}
