import { useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { FIGURE_GROUPS, LISTED_STATES } from '../../../shared/contract/figure-conditions.ts';
import { FIGURE_KINDS } from '../../../shared/figures/figure.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { unitWords } from '../../common/figures/words.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Segments } from '../../ui/Choice.tsx';
import { Field, FilterField } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { setGroup, setWhere, useFigures } from './state.ts';

const ONLY = ['all', 'conflict', 'unit', 'larger'] as const;
/** The table is read this long after the last key, in ms. */
const REST = 250;

/** The conditions on figures. Figures are compared only if the words condition names their quantity. */
export function FigureConditions({ data }: { data: CallOutput<'figures.table'> | undefined }) {
  const { t } = useTranslation();
  const { where, cleared, group } = useFigures();
  const counts = { all: null, conflict: data?.conflicting, unit: data?.otherUnits, larger: data?.larger };
  return (
    <div className="bar figures-conditions">
      <WordsField key={`words ${cleared}`} />
      <Select
        label={t('figuresTable.columns.unit')}
        value={where.unit}
        none={t('figuresTable.any')}
        noneIsFine
        options={(data?.units ?? []).map(({ value, count }) => ({
          value,
          label: `${unitWords({ unit: value, value: '' }, t)} · ${formatNumber(count)}`,
        }))}
        onChange={(unit) => setWhere({ unit })}
      />
      <Select
        label={t('figuresTable.columns.kind')}
        value={where.kind}
        none={t('figuresTable.any')}
        noneIsFine
        options={FIGURE_KINDS.map((value) => ({ value, label: t(`figuresTable.kinds.${value}`) }))}
        onChange={(kind) => setWhere({ kind })}
      />
      <Select
        label={t('figuresTable.columns.place')}
        value={where.place}
        none={t('figuresTable.any')}
        noneIsFine
        options={(data?.places ?? []).map(({ value, name, count }) => ({
          value,
          label: `${name} · ${formatNumber(count)}`,
        }))}
        onChange={(place) => setWhere({ place })}
      />
      <YearField key={`from ${cleared}`} end="from" />
      <YearField key={`to ${cleared}`} end="to" />
      <Select
        label={t('figuresTable.columns.state')}
        value={where.state === 'all' ? null : where.state}
        none={t('figuresTable.notDismissed')}
        noneIsFine
        options={LISTED_STATES.map((value) => ({ value, label: t(`figuresTable.states.${value}`) }))}
        onChange={(state) => setWhere({ state: state ?? 'all' })}
      />
      <Select
        label={t('figuresTable.group.label')}
        value={group}
        none={t('figuresTable.group.none')}
        noneIsFine
        options={FIGURE_GROUPS.map((value) => ({ value, label: t(`figuresTable.group.of.${value}`) }))}
        onChange={setGroup}
      />
      <span className="grow" />
      <Segments
        label={t('figuresTable.only.label')}
        value={where.only}
        options={ONLY.map((value) => ({
          value,
          label:
            counts[value] === null || counts[value] === undefined
              ? t(`figuresTable.only.${value}`)
              : `${t(`figuresTable.only.${value}`)} ${formatNumber(counts[value])}`,
        }))}
        onChange={(only) => setWhere({ only })}
      />
    </div>
  );
}

/** The field for words. The table is read when the person stops typing. */
function WordsField() {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(useFigures.getState().where.words);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (words !== useFigures.getState().where.words) setWhere({ words });
    }, REST);
    return () => clearTimeout(timer);
  }, [words]);
  useFilterKey(() => field.current?.focus());
  return (
    <div className="figures-words">
      <FilterField
        label={t('figuresTable.words')}
        value={words}
        onChange={setWords}
        keys="F"
        inputRef={field}
        onLeave={() => document.querySelector<HTMLElement>('.figures-grid')?.focus()}
      />
    </div>
  );
}

/** The field for a year, which is used once it has four digits. */
function YearField({ end }: { end: 'from' | 'to' }) {
  const { t } = useTranslation();
  const set = useFigures((state) => state.where[end]);
  const [text, setText] = useState(set === null ? '' : String(set));
  return (
    <div className="figures-year">
      <Field
        label={t(`figuresTable.${end}`)}
        value={text}
        maxLength={4}
        dir="ltr"
        onChange={(typed) => {
          setText(typed);
          const year = /^\d{4}$/.test(typed) ? Number(typed) : null;
          if (year !== set) setWhere(end === 'from' ? { from: year } : { to: year });
        }}
      />
    </div>
  );
}

function useFilterKey(focus: () => void): void {
  const { t } = useTranslation();
  const latest = useRef(focus);
  useEffect(() => {
    latest.current = focus;
  });
  const [commands] = useState((): Command[] => [
    {
      id: 'evidenceFilter',
      title: t('figuresTable.words'),
      group: 'library',
      icon: 'filter',
      keys: keysOf('evidenceFilter'),
      run: () => latest.current(),
    },
  ]);
  useCommands(commands);
}
