import { useMemo, useState } from 'react';
import { dateProblem } from '../../../shared/model/dates.ts';
import {
  captureRecord,
  DATE_FIELDS,
  lengthLimit,
  SOURCE_GRADES,
  type DateField,
  type Source,
} from '../../../shared/model/index.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { sourceRecord } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { formatNumber, gradeLabel } from '../../common/format.ts';
import { notify } from '../../common/notices/notices.ts';
import { sourceName } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { explainDate } from './SourceDetails.tsx';
import { MANY_FIELDS, isDateField, patchOf, troublesOf, valuesOf, withTyped, type ManyField } from './many.ts';
import { EMPTY_MANY, getMany, setMany, useMany } from './library-state.ts';
import { ManySuggestions } from './suggestions.tsx';
import { useLatest } from './useLibraryCommands.ts';

type Rejected = CallOutput<'sources.editMany'>['rejected'];

/** The details of several sources. A value entered here is written to all of them, as one edit. */
export function ManyDetails({ sources }: { sources: readonly Source[] }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const ids = useIds(sources);
  const { draft } = useMany(ids);
  const [rejected, setRejected] = useState<Rejected>([]);
  const edit = useWrite('sources.editMany');
  const touched = MANY_FIELDS.filter((field) => draft[field] !== undefined);
  const troubles = troublesOf(draft, sources);
  const canApply = !isReadOnly && touched.length > 0 && Object.keys(troubles).length === 0 && !edit.isPending;
  const apply = (): void => {
    const { draft: now, implied } = getMany(ids);
    edit.mutate(
      { edits: [{ ids: sources.map(({ id }) => id), patch: patchOf(now, implied) }] },
      {
        onSuccess: (done) => {
          setMany(EMPTY_MANY, ids);
          setRejected(done.rejected);
          notify('plain', t('many.done', { count: done.changed }));
        },
      },
    );
  };
  useApplyCommand(canApply, apply);
  return (
    <aside className="pane record" aria-label={t('record.title')}>
      <header className="pane-head">
        <h2>{t('record.title')}</h2>
        <span className="dim grow">{t('many.sources', { count: sources.length })}</span>
      </header>
      {edit.error === null ? null : <InlineError message={edit.error.message} />}
      <RejectedSources rejected={rejected} sources={sources} />
      <div className="scroll">
        {isReadOnly ? null : (
          <>
            <p className="hint pane-section">{t('many.meaning')}</p>
            <ManySuggestions sources={sources} />
          </>
        )}
        <ManySection title={t('record.description')} fields={DESCRIPTION} sources={sources} />
        <ManySection title={t('record.dates')} fields={DATE_FIELDS} sources={sources} />
        <ManySection title={t('record.grade')} fields={RELIABILITY} sources={sources} />
        <ManySection title={t('record.capture')} fields={CAPTURE} sources={sources} />
      </div>
      {touched.length === 0 ? null : (
        <footer className="many-foot">
          <span className="hint grow">
            {t('many.willSet', { count: touched.length, sources: t('many.sources', { count: sources.length }) })}
          </span>
          <Button size="small" onPress={() => setMany(EMPTY_MANY, ids)}>
            {t('many.discard')}
          </Button>
          <Button
            size="small"
            kind="primary"
            keys={shownKeysOf('applyToSelected')}
            isDisabled={!canApply}
            onPress={apply}
          >
            {t('many.apply')}
          </Button>
        </footer>
      )}
    </aside>
  );
}

function useIds(sources: readonly Source[]): ReadonlySet<string> {
  return useMemo(() => new Set(sources.map(({ id }) => id)), [sources]);
}

const DESCRIPTION = ['author', 'publisher', 'language', 'documentType'] as const;
const RELIABILITY = ['grade', 'gradeReason'] as const;
const CAPTURE = ['tool', 'collector'] as const;

function useApplyCommand(canApply: boolean, apply: () => void): void {
  const { t } = useTranslation();
  const latest = useLatest(apply);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'applyToSelected',
          title: t('many.applyCommand'),
          group: 'library',
          icon: 'edit',
          keys: keysOf('applyToSelected'),
          inFields: true,
          when: () => canApply,
          run: () => latest.current(),
        },
      ],
      [t, canApply, latest],
    ),
  );
}

/** The most rejected sources that are named. */
const MAX_REJECTED = 8;

function RejectedSources({ rejected, sources }: { rejected: Rejected; sources: readonly Source[] }) {
  const { t } = useTranslation();
  if (rejected.length === 0) return null;
  const nameOf = (id: string): string => {
    const source = sources.find((one) => one.id === id);
    return source === undefined ? id : sourceName(source);
  };
  return (
    <Note tone="warn" role="alert">
      {t('many.rejected', { count: rejected.length })}
      <ul className="many-rejected">
        {rejected.slice(0, MAX_REJECTED).map(({ source, error }) => (
          <li key={source}>
            <bdi>{nameOf(source)}</bdi>: {error.message}
          </li>
        ))}
        {rejected.length > MAX_REJECTED ? (
          <li>{t('library.moreGaps', { count: rejected.length - MAX_REJECTED })}</li>
        ) : null}
      </ul>
    </Note>
  );
}

interface ManySectionProps {
  readonly title: string;
  readonly fields: readonly ManyField[];
  readonly sources: readonly Source[];
}

function ManySection({ title, fields, sources }: ManySectionProps) {
  return (
    <section className="pane-section stack" aria-label={title}>
      <h3>{title}</h3>
      {fields.map((field) => (
        <ManyRow key={field} field={field} sources={sources} />
      ))}
    </section>
  );
}

/** One detail: its input, the sources’ present values, and the change to be made. */
function ManyRow({ field, sources }: { field: ManyField; sources: readonly Source[] }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const ids = useIds(sources);
  const { draft } = useMany(ids);
  const values = useMemo(() => valuesOf(sources, field), [sources, field]);
  const common = values.length === 1 ? (values[0]?.value ?? '') : null;
  const change = draft[field];
  const trouble = troublesOf(draft, sources)[field];
  const type = (text: string): void => setMany({ ...getMany(ids), draft: withTyped(draft, field, text, common) }, ids);
  const row = {
    field,
    label: labelOf(t, field),
    value: change === undefined ? (common ?? '') : (change ?? ''),
    none: change === null ? t('many.emptied') : common === null ? t('many.mixed') : t('record.notKnown'),
    error: trouble === undefined ? null : explain(t, trouble, change ?? ''),
    onChange: type,
    isReadOnly,
  };
  return (
    <div className="many-row" data-changed={change !== undefined || undefined}>
      {field === 'documentType' || field === 'grade' ? (
        <ManySelect {...row} field={field} sources={sources} />
      ) : (
        <Field
          label={row.label}
          value={row.value}
          onChange={row.onChange}
          isReadOnly={isReadOnly}
          placeholder={row.none}
          error={row.error}
          gap={row.value === ''}
          maxLength={limitOf(field)}
          lines={field === 'gradeReason' ? 3 : 1}
          {...(change === undefined ? { stored: true } : {})}
          {...(isDateField(field) || field === 'language' ? { dir: 'ltr' as const } : {})}
        />
      )}
      <RowState field={field} values={values} isMixed={common === null} change={change} ids={ids} />
      {isDateField(field) && typeof change === 'string' ? <Implied field={field} ids={ids} /> : null}
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

const labelOf = (t: Translate, field: ManyField): string =>
  isDateField(field) ? t(`record.dateNames.${field}`) : t(`record.fields.${field}`);

function explain(t: Translate, trouble: 'language' | 'date' | 'reason', text: string): string | null {
  switch (trouble) {
    case 'language':
      return t('record.languageWrong');
    case 'reason':
      return t('many.reasonNeeded');
    case 'date': {
      const problem = dateProblem(text.trim());
      return problem === null ? null : explainDate(t, problem);
    }
  }
}

function limitOf(field: Exclude<ManyField, 'documentType' | 'grade'>): number {
  if (isDateField(field)) return 80;
  if (field === 'tool' || field === 'collector') return lengthLimit(captureRecord.shape[field]);
  return lengthLimit(sourceRecord.shape[field]);
}

/** The most different values that are named. */
const MAX_VALUES = 3;

interface RowStateProps {
  readonly field: ManyField;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly isMixed: boolean;
  readonly change: string | null | undefined;
  readonly ids: ReadonlySet<string>;
}

/** The sources’ present values if they differ, with a button to empty the field; for a changed field, a button that reverts it. */
function RowState({ field, values, isMixed, change, ids }: RowStateProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const options = useOptions(field);
  const set = (next: string | null | undefined): void => {
    const many = getMany(ids);
    const { [field]: _, ...others } = many.draft;
    setMany({ ...many, draft: next === undefined ? others : { ...others, [field]: next } }, ids);
  };
  if (change !== undefined) {
    return (
      <div className="line hint">
        <span className="grow">{t(change === null ? 'many.willEmpty' : 'many.changed')}</span>
        <LinkButton onPress={() => set(undefined)}>{t('many.keep')}</LinkButton>
      </div>
    );
  }
  if (!isMixed) return null;
  const nameOf = (value: string): string =>
    value === '' ? t('many.none') : (options.find((one) => one.value === value)?.label ?? value);
  const named = values.slice(0, MAX_VALUES).map(({ value, count }) => `${nameOf(value)} (${formatNumber(count)})`);
  const more = values.length - named.length;
  return (
    <div className="line hint">
      <bdi className="grow cut" title={named.join(', ')}>
        {[...named, ...(more > 0 ? [t('library.moreGaps', { count: more })] : [])].join(', ')}
      </bdi>
      {isReadOnly ? null : <LinkButton onPress={() => set(null)}>{t('many.empty')}</LinkButton>}
    </div>
  );
}

function Implied({ field, ids }: { field: DateField; ids: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const { implied } = useMany(ids);
  return (
    <Check
      label={t('dates.implied')}
      selected={implied.has(field)}
      onChange={(isImplied) => {
        const many = getMany(ids);
        const others = [...many.implied].filter((one) => one !== field);
        setMany({ ...many, implied: new Set(isImplied ? [...others, field] : others) }, ids);
      }}
    />
  );
}

interface ManySelectProps {
  readonly field: 'documentType' | 'grade';
  readonly sources: readonly Source[];
  readonly label: string;
  readonly value: string;
  readonly none: string;
  readonly error: string | null;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
}

/** The choices of a field that is chosen from a list; none of one that is typed. */
function useOptions(field: ManyField): readonly { value: string; label: string; hint?: string }[] {
  const dimensions = useCall('codebook.get', {}).data?.dimensions;
  if (field !== 'grade' && field !== 'documentType') return [];
  const values = dimensions?.find(({ code }) => code === (field === 'grade' ? 'srcrel' : 'doctype'))?.values ?? [];
  const labelFor = (code: string): string | undefined => values.find((one) => one.code === code)?.label;
  return field === 'grade'
    ? SOURCE_GRADES.map((one) => ({ value: one, label: gradeLabel(one, labelFor(one)) }))
    : values.map(({ code, label, note }) => ({ value: code, label, hint: note }));
}

function ManySelect({ field, sources, value, onChange, ...rest }: ManySelectProps) {
  const options = useOptions(field);
  // A stored type that the codebook no longer has is shown as it is.
  const known = value === '' || options.some((one) => one.value === value);
  const all = known ? options : [...options, { value, label: value }];
  if (all.length === 0 && sources.every((one) => one[field] === null)) return null;
  return (
    <Select {...rest} value={value === '' ? null : value} options={all} onChange={(next) => onChange(next ?? '')} />
  );
}
