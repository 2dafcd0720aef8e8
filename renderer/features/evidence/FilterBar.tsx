import { useEffect, useState, type RefObject } from 'react';
import { Button as AriaButton, Input, SearchField } from 'react-aria-components';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { mended, type QueryMend } from '../../../shared/query/faults.ts';
<<<<<<< HEAD
=======
import { MISSING, type Missing } from '../../../shared/query/fields.ts';
import { quoted } from '../../../shared/query/print.ts';
import type { CategoryId, PersonId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import {
  FilterChoice,
  useCategoryChoices,
  usePersonChoices,
  useSourceChoices,
} from '../../common/choices/FilterChoice.tsx';
>>>>>>> aedae018 (Queries: missing:translation, category, memo, review, date … find what is not there, typed or chosen, and read back in words; a bench of suggestions)
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { useFields } from '../../common/query/field-choices.tsx';
import { useFormOfQuery } from '../../common/query/query-form.ts';
import { QueryChips } from '../../common/query/QueryChips.tsx';
import { QueryFaults } from '../../common/query/QueryFaults.tsx';
import { QueryForm, type FormFocus } from '../../common/query/QueryForm.tsx';
import { FieldChoiceButton } from '../../common/query/ValueChoice.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { isComposing } from '../../ui/keys.ts';
import { setQuery, useEvidence, widen } from './state.ts';

interface Props {
  readonly summary: CallOutput<'evidence.rows'> | undefined;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
}

/** Fields that are chosen without the form. */
const CHOSEN = ['category', 'state', 'person', 'source'] as const;

/** What is filtered by, as a query and by choosing, what it leaves, and what is wrong with it. */
export function FilterBar({ summary, fieldRef }: Props) {
  const { t } = useTranslation();
  const within = useEvidence((state) => state.within);
  const query = useEvidence((state) => state.query);
  const faults = summary?.faults ?? NO_FAULTS;
  const fields = useFields();
  const of = useFormOfQuery(query, setQuery);
  const [isFormOpen, setFormOpen] = useState(false);
  const [focus, setFocus] = useState<FormFocus | null>(null);
  const { form, setForm } = of;
  return (
    <>
      <div className="bar evidence-filter">
        <QueryField fieldRef={fieldRef} faults={faults} />
        {of.isCurrent
          ? CHOSEN.map((field) => (
              <FieldChoiceButton key={field} field={field} fields={fields} form={form} setForm={setForm} />
            ))
          : null}
        <Button size="small" aria-expanded={isFormOpen} onPress={() => setFormOpen(!isFormOpen)}>
          {t('queryForm.open')}
        </Button>
        <span className="grow" />
        <span className="evidence-counts" aria-live="polite">
          {summary === undefined || summary.faults.length > 0
            ? null
            : t('evidence.counts', {
                total: summary.total,
                of: summary.of,
                sources: t('evidence.sources', { count: summary.sources }),
                origins: t('evidence.origins', { count: summary.origins }),
                publishers: t('evidence.publishers', { count: summary.publishers }),
              })}
        </span>
      </div>
      {of.isCurrent && form.conditions.length + form.none.length + form.rest.length > 0 ? (
        <div className="bar evidence-within">
          <QueryChips
            form={form}
            setForm={setForm}
            fields={fields}
            onChange={(field) => {
              setFormOpen(true);
              setFocus((before) => ({ field, times: (before?.times ?? 0) + 1 }));
            }}
          />
        </div>
      ) : null}
      {isFormOpen ? (
        <div className="evidence-form scroll">
          <QueryForm of={of} fields={fields} focus={focus} />
        </div>
      ) : null}
      {within.length === 0 ? null : (
        <div className="bar evidence-within">
          <span className="dim">{t('evidence.within')}</span>
          {within.map((marked) => (
            <span key={JSON.stringify(marked.marks)} className="chip">
              <bdi className="cut">{marked.title}</bdi>
              <IconButton size="small" icon="close" label={t('evidence.widen')} onPress={() => widen(marked)} />
            </span>
          ))}
        </div>
      )}
      <QueryFaults
        faults={faults}
        title={t('evidence.faults', { count: faults.length })}
        onShow={({ start, end }) => {
          fieldRef.current?.focus();
          fieldRef.current?.setSelectionRange(start, end);
        }}
        onMend={mendQuery}
      />
    </>
  );
}

type Faults = readonly CallOutput<'evidence.rows'>['faults'][number][];
const NO_FAULTS: Faults = [];

const mendQuery = (mend: QueryMend): void => setQuery(mended(useEvidence.getState().query, mend));

/** What is typed is asked for so long after the last key, ms. */
const TYPING_PAUSE = 200;

function QueryField({ fieldRef, faults }: { fieldRef: Props['fieldRef']; faults: Faults }) {
  const { t } = useTranslation();
  const query = useEvidence((state) => state.query);
  const [text, setText] = useState(query);
  const [shown, setShown] = useState(query);
  const [isComposed, setComposed] = useState(false);
  // The query was changed elsewhere: by a choice, a mend or another view.
  if (shown !== query) {
    setShown(query);
    setText(query);
  }
  useEffect(() => {
    if (isComposed || text === query) return undefined;
    const timer = setTimeout(() => {
      setShown(text);
      setQuery(text);
    }, TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [text, query, isComposed]);
  return (
    <SearchField
      aria-label={t('evidence.query')}
      value={text}
      onChange={setText}
      className="filter-field evidence-query"
      spellCheck="false"
      isInvalid={faults.length > 0}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event.nativeEvent)) setQuery(text);
        else event.continuePropagation();
      }}
    >
      <div className="field-box">
        <Icon name="filter" size="small" />
        <Input
          ref={fieldRef}
          placeholder={t('evidence.queryHint')}
          dir="auto"
          onCompositionStart={() => setComposed(true)}
          onCompositionEnd={() => setComposed(false)}
        />
        {text === '' ? (
          <Kbd keys={shownKeysOf('evidenceFilter')} />
        ) : (
          // The search field around it gives the button its name and action.
          <AriaButton className="field-clear">
            <Icon name="close" size="small" />
          </AriaButton>
        )}
      </div>
    </SearchField>
  );
}
<<<<<<< HEAD
=======

const withCondition = (query: string, field: string, values: readonly string[]): string => {
  const value = values.length === 1 ? quotedIfNeeded(values[0] ?? '') : `(${values.map(quotedIfNeeded).join(', ')})`;
  const condition = values.length === 0 ? '' : `${field}:${value}`;
  return `${query.trim()} ${condition}`.trim();
};
const quotedIfNeeded = (value: string): string => (/^[\p{L}\p{N}._-]+$/u.test(value) ? value : quoted(value));

/** Adds conditions without knowing how they are written. Each choice adds one; the query shows it, and it is taken away there. */
function Choices() {
  const { t } = useTranslation();
  const query = useEvidence((state) => state.query);
  const categories = useCategoryChoices();
  const people = usePersonChoices();
  const sources = useSourceChoices();
  const book = useCall('codebook.get', {}).data;
  const [wanted, setWanted] = useState<Wanted>(NONE);
  // What was chosen before belongs to the query that it was chosen for.
  const chosen = wanted.query === query ? wanted : { ...NONE, base: query, query };
  const choose = (change: Partial<Wanted>): void => {
    const next = { ...chosen, ...change };
    const codes = next.categories.map((id) => book?.categories.find((one) => one.id === id)?.code ?? id);
    const names = next.people.map((id) => people.find((one) => one.id === id)?.name ?? id);
    const titles = next.sources.map((id) => sources.find((one) => one.id === id)?.name ?? id);
    let made = next.base;
    for (const [field, values] of [
      ['category', codes],
      ['person', names],
      ['source', titles],
      ['state', next.states],
      ['missing', next.missing],
    ] as const)
      made = withCondition(made, field, values);
    setWanted({ ...next, query: made });
    setQuery(made);
  };
  return (
    <>
      <FilterChoice
        label={t('evidence.fields.category')}
        all={categories}
        chosen={chosen.categories}
        onChange={(ids) => choose({ categories: ids })}
      />
      <FilterChoice
        label={t('evidence.fields.state')}
        all={SHOWN_STATES.map((id) => ({ id, name: t(`review.states.${id}`), also: id }))}
        chosen={chosen.states}
        onChange={(states) => choose({ states })}
      />
      <FilterChoice
        label={t('evidence.fields.person')}
        all={people}
        chosen={chosen.people}
        onChange={(ids) => choose({ people: ids })}
      />
      <FilterChoice
        label={t('evidence.fields.source')}
        all={sources}
        chosen={chosen.sources}
        onChange={(ids) => choose({ sources: ids })}
      />
      <FilterChoice
        label={t('evidence.fields.missing')}
        all={MISSING.map((id) => ({ id, name: t(`evidence.missingDetails.${id}`), also: id }))}
        chosen={chosen.missing}
        onChange={(missing) => choose({ missing })}
      />
    </>
  );
}

interface Wanted {
  /** The query without what was chosen, and with it. */
  readonly base: string;
  readonly query: string;
  readonly categories: readonly CategoryId[];
  readonly people: readonly PersonId[];
  readonly sources: readonly SourceId[];
  readonly states: readonly (typeof SHOWN_STATES)[number][];
  readonly missing: readonly Missing[];
}
const NONE: Wanted = { base: '', query: '', categories: [], people: [], sources: [], states: [], missing: [] };
>>>>>>> aedae018 (Queries: missing:translation, category, memo, review, date … find what is not there, typed or chosen, and read back in words; a bench of suggestions)
