import { useEffect, useState, type RefObject } from 'react';
import { Button as AriaButton, Input, SearchField } from 'react-aria-components';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { mended, type QueryMend } from '../../../shared/query/faults.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCarriedQuery } from '../../common/query/carried.ts';
import { useFields } from '../../common/query/field-choices.tsx';
import { useFormOfQuery } from '../../common/query/query-form.ts';
import { QueryChips } from '../../common/query/QueryChips.tsx';
import { FaultMarks } from '../../common/query/FaultMarks.tsx';
import { QueryFaults } from '../../common/query/QueryFaults.tsx';
import { QueryForm, type FormFocus } from '../../common/query/QueryForm.tsx';
import { FieldChoiceButton } from '../../common/query/ValueChoice.tsx';
import { goTo } from '../../common/workbench/workbench.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { isComposing } from '../../ui/keys.ts';
import { setQuery, useEvidence, widen } from './state.ts';

interface Props {
  readonly summary: CallOutput<'evidence.rows'> | undefined;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
  /** Called for Enter and the down arrow, which move the focus from the field to the passages. */
  readonly onLeave: () => void;
}

/** Fields with a button of their own in the bar. A narrow bar shows the first of them. */
const CHOSEN = ['category', 'state', 'person', 'source', 'missing'] as const;

/** The filter as a query and as choices, with the number of passages it finds and its faults. */
export function FilterBar({ summary, fieldRef, onLeave }: Props) {
  const { t } = useTranslation();
  const within = useEvidence((state) => state.within);
  const query = useEvidence((state) => state.query);
  const whole = useEvidence((state) => state.whole);
  const faults = summary?.faults ?? NO_FAULTS;
  const fields = useFields();
  const of = useFormOfQuery(query, setQuery);
  const [isFormOpen, setFormOpen] = useState(false);
  const [focus, setFocus] = useState<FormFocus | null>(null);
  const { form, setForm } = of;
  return (
    <>
      <div className="bar evidence-filter">
        <QueryField fieldRef={fieldRef} faults={faults} onLeave={onLeave} />
        {of.isCurrent ? (
          <span className="evidence-choices">
            {CHOSEN.map((field) => (
              <FieldChoiceButton key={field} field={field} fields={fields} form={form} setForm={setForm} />
            ))}
          </span>
        ) : null}
        <Button size="small" aria-expanded={isFormOpen} onPress={() => setFormOpen(!isFormOpen)}>
          {t('queryForm.open')}
        </Button>
        <span className="grow" />
        <span className="evidence-counts" aria-live="polite">
          {summary === undefined || summary.faults.length > 0
            ? null
            : t('evidence.counts', {
                total: summary.total,
                all: t('evidence.passages', { count: summary.of }),
                sources: t('evidence.sources', { count: summary.sources }),
                origins: t('evidence.origins', { count: summary.origins }),
                publishers: t('evidence.publishers', { count: summary.publishers }),
              })}
        </span>
        <SearchSources query={query} fieldRef={fieldRef} />
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
        title={t(query === whole ? 'evidence.faultsAlone' : 'evidence.faults', { count: faults.length })}
        onShow={({ start, end }) => {
          fieldRef.current?.focus();
          fieldRef.current?.setSelectionRange(start, end);
        }}
        onMend={mendQuery}
      />
    </>
  );
}

/** A button that searches the texts of sources with the same query. */
function SearchSources({ query, fieldRef }: { query: string; fieldRef: Props['fieldRef'] }) {
  const { t } = useTranslation();
  return (
    <Button
      size="small"
      icon="search"
      isDisabled={query.trim() === ''}
      onPress={() => {
        // Take the text of the field, which may be newer than the filter.
        useCarriedQuery.setState({ search: { query: fieldRef.current?.value ?? query, unread: false } });
        goTo('search');
      }}
    >
      <span className="unseen">{t('evidence.searchSources')}</span>
      <span className="evidence-search-sources" aria-hidden>
        {t('evidence.searchSources')}
      </span>
    </Button>
  );
}

type Faults = readonly CallOutput<'evidence.rows'>['faults'][number][];
const NO_FAULTS: Faults = [];

const mendQuery = (mend: QueryMend): void => setQuery(mended(useEvidence.getState().query, mend));

/** The filter is applied this long after the last key, in ms. */
const TYPING_PAUSE = 200;

function QueryField({ fieldRef, faults, onLeave }: Pick<Props, 'fieldRef' | 'onLeave'> & { faults: Faults }) {
  const { t } = useTranslation();
  const query = useEvidence((state) => state.query);
  const [text, setText] = useState(query);
  const [shown, setShown] = useState(query);
  const [isComposed, setComposed] = useState(false);
  // Something else changed the query: a choice, a correction or another view.
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
        if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== 'ArrowDown')) {
          event.continuePropagation();
          return;
        }
        event.preventDefault();
        if (text !== query) setQuery(text);
        // A query with faults keeps the focus, so that it can be corrected.
        if (faults.length === 0) onLeave();
      }}
    >
      <div className="field-box">
        <Icon name="filter" size="small" />
        <FaultMarks text={text} faults={text === query ? faults : NO_FAULTS} fieldRef={fieldRef}>
          <Input
            ref={fieldRef}
            placeholder={t('evidence.queryHint')}
            dir="auto"
            // Apply the text before the next button is pressed, for example the one that saves the view.
            onBlur={() => {
              if (!isComposed && text !== query) setQuery(text);
            }}
            onCompositionStart={() => setComposed(true)}
            onCompositionEnd={() => setComposed(false)}
          />
        </FaultMarks>
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
