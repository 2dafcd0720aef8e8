import { Fragment, useEffect, useMemo, useState } from 'react';
import { SUGGESTED_FIELDS, type RecordPatch, type Suggestion } from '../../../shared/contract/sources.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useApi, useCall, useWrite } from '../../api/index.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { formatNumber } from '../../common/format.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useLatest } from './useLibraryCommands.ts';

/* Suggestions for missing details, from a source’s text and file. They are shown apart from stored values. Taking a suggestion is an
   edit like any other; suggestions that are not taken are not stored. */

type SuggestedField = Suggestion['field'];

const isMissing = (source: Source, field: SuggestedField): boolean => source[field] === null;

/** The patch that takes a suggestion. A date printed in the text is not marked as inferred. */
const patchOf = ({ field, value }: Suggestion): RecordPatch =>
  field === 'title' || field === 'language'
    ? { [field]: value }
    : { [field]: { edtf: value, implied: false } satisfies RecordPatch['dateOfDocument'] };

/** The suggestions for the missing details of one source, by field; empty if the project is read-only. */
export function useSuggestions(source: Source | undefined): Partial<Record<SuggestedField, Suggestion>> {
  const isReadOnly = useReadOnly();
  const wanted = !isReadOnly && source !== undefined && SUGGESTED_FIELDS.some((field) => isMissing(source, field));
  const { data } = useCall('sources.suggestions', wanted ? { ids: [source.id] } : null);
  return useMemo(() => {
    if (!wanted || source === undefined) return {};
    const missing = (data?.suggestions ?? []).filter(({ field }) => isMissing(source, field));
    return Object.fromEntries(missing.map((one) => [one.field, one]));
  }, [wanted, source, data]);
}

/** A suggestion below the empty field it is for. */
export function SuggestionLine({
  suggestion,
  isNext,
  onTake,
}: {
  suggestion: Suggestion | undefined;
  /** Whether the key takes this suggestion. */
  isNext: boolean;
  onTake: (patch: RecordPatch) => void;
}) {
  const { t } = useTranslation();
  if (suggestion === undefined) return null;
  const { value, quote, from } = suggestion;
  const why = from === 'file' ? t('suggestions.fromFile') : quote === null ? '' : t('suggestions.fromLine', { quote });
  return (
    <div className="suggestion">
      <span className="grow">
        {t('suggestions.suggested')} <bdi className="strong">{value}</bdi>
        {why === '' ? null : <bdi className="hint suggestion-why">{why}</bdi>}
      </span>
      {isNext ? <Kbd keys={shownKeysOf('takeSuggestion')} /> : null}
      <Button
        size="small"
        {...(from === 'file' ? { [FILE_DATE]: true } : {})}
        aria-label={t('suggestions.useOne', { value })}
        onPress={() => onTake(patchOf(suggestion))}
      >
        {t('suggestions.use')}
      </Button>
    </div>
  );
}

/** Marks the button that takes the file's own date. */
const FILE_DATE = 'data-file-date';

/**
 * The suggestion that the key takes next. A file's own date is often not the date of its contents, so only its button takes it: if nothing
 * else is suggested, the key moves the focus to that button and says so.
 */
export const nextOf = (suggestions: Partial<Record<SuggestedField, Suggestion>>): Suggestion | null =>
  SUGGESTED_FIELDS.map((field) => suggestions[field]).find((one) => one !== undefined && one.from !== 'file') ?? null;

/** The commands that take the next suggestion, and all. */
export function useTakeCommands(count: number, takeNext: () => void, takeAll: () => void): void {
  const { t } = useTranslation();
  const next = useLatest(takeNext);
  const all = useLatest(takeAll);
  const isThere = count > 0;
  useCommands(
    useMemo<Command[]>(() => {
      const common = { group: 'library', icon: 'check', when: () => isThere } as const;
      return [
        {
          ...common,
          id: 'takeSuggestion',
          title: t('suggestions.takeNext'),
          keys: keysOf('takeSuggestion'),
          run: () => next.current(),
        },
        {
          ...common,
          id: 'takeSuggestions',
          title: t('suggestions.takeAll'),
          keys: keysOf('takeSuggestions'),
          run: () => all.current(),
        },
      ];
    }, [t, isThere, next, all]),
  );
}

/** Takes suggestions for one source by key. */
export function useTakeForOne(
  suggestions: Partial<Record<SuggestedField, Suggestion>>,
  save: (patch: RecordPatch) => void,
): void {
  const { t } = useTranslation();
  const certain = Object.values(suggestions).filter(({ from }) => from !== 'file');
  const next = nextOf(suggestions);
  const ofFile = Object.values(suggestions).find(({ from }) => from === 'file');
  const goToFileDate = (): void => {
    document.querySelector<HTMLElement>(`.record [${FILE_DATE}]`)?.focus();
    if (ofFile !== undefined) announce(t('suggestions.onlyFromFile', { value: ofFile.value }));
  };
  useTakeCommands(
    Object.keys(suggestions).length,
    () => {
      if (next === null) return goToFileDate();
      save(patchOf(next));
      announce(t('suggestions.taken', { field: t(`suggestions.fields.${next.field}`), value: next.value }));
    },
    () =>
      certain.length === 0
        ? goToFileDate()
        : save(certain.reduce<RecordPatch>((all, one) => ({ ...all, ...patchOf(one) }), {})),
  );
}

/** The most sources per call: the engine reads each text, and answers nothing else meanwhile. */
const AT_ONCE = 20;
/** Texts are read once the selection has not changed for this time, ms. */
const REST = 200;

/** The suggestions for missing details of several sources, read one after the other, and how many sources are read. */
function useSuggestionsOfMany(sources: readonly Source[]): { suggestions: readonly Suggestion[]; read: number } {
  const api = useApi();
  const [found, setFound] = useState<ReadonlyMap<SourceId, readonly Suggestion[]>>(new Map());
  const known = useLatest(found);
  const ids = useMemo(() => sources.map(({ id }) => id), [sources]);
  useEffect(() => {
    let ended = false;
    const read = async (): Promise<void> => {
      for (;;) {
        const next = ids.filter((id) => !known.current.has(id)).slice(0, AT_ONCE);
        if (ended || next.length === 0) return;
        const answer = await api.read('sources.suggestions', { ids: next }).catch(() => ({ suggestions: [] }));
        const more = next.map((id) => [id, answer.suggestions.filter(({ source }) => source === id)] as const);
        const all = new Map([...known.current, ...more]);
        known.current = all;
        setFound(all);
      }
    };
    const timer = setTimeout(() => void read(), REST);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [api, ids, known]);
  return useMemo(
    () => ({
      read: ids.filter((id) => found.has(id)).length,
      suggestions: sources.flatMap((source) =>
        (found.get(source.id) ?? []).filter(({ field, from }) => from !== 'file' && isMissing(source, field)),
      ),
    }),
    [found, ids, sources],
  );
}

/** The most different values that are named. */
const MAX_VALUES = 3;

/** The suggestions for missing details of the selected sources, taken field by field, or all at once. */
export function ManySuggestions({ sources }: { sources: readonly Source[] }) {
  const { t } = useTranslation();
  const { suggestions, read } = useSuggestionsOfMany(sources);
  const { mutate, isPending } = useWrite('sources.editMany');
  const byField = SUGGESTED_FIELDS.flatMap((field) => {
    const some = suggestions.filter((one) => one.field === field);
    return some.length === 0 ? [] : [{ field, some }];
  });
  const take = (taken: readonly Suggestion[]): void => {
    if (taken.length === 0 || isPending) return;
    const edits = taken.map((one) => ({ ids: [one.source], patch: patchOf(one) }));
    mutate({ edits }, { onSuccess: ({ changed }) => announce(t('many.done', { count: changed })) });
  };
  useTakeCommands(
    suggestions.length,
    () => take(byField[0]?.some ?? []),
    () => take(suggestions),
  );
  if (suggestions.length === 0 && read === sources.length) return null;
  return (
    <section className="pane-section stack" aria-label={t('suggestions.title')}>
      <h3>{t('suggestions.title')}</h3>
      {read < sources.length ? (
        <p className="hint">{t('suggestions.reading', { read, count: sources.length })}</p>
      ) : null}
      {byField.map(({ field, some }, index) => (
        <div key={field} className="suggestion">
          <span className="grow">
            {t('suggestions.forMany', { field: t(`suggestions.fields.${field}`), count: some.length })}
            <span className="hint suggestion-why">
              <Values of={some} />
            </span>
          </span>
          {index === 0 ? <Kbd keys={shownKeysOf('takeSuggestion')} /> : null}
          <Button
            size="small"
            aria-label={t('suggestions.useField', { field: t(`suggestions.fields.${field}`) })}
            onPress={() => take(some)}
          >
            {t('suggestions.use')}
          </Button>
        </div>
      ))}
      {byField.length < 2 ? null : (
        <div>
          <Button size="small" keys={shownKeysOf('takeSuggestions')} onPress={() => take(suggestions)}>
            {t('suggestions.useAll')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** The most frequent values. Each has its own text direction, so that a Uyghur value does not reverse the others. */
function Values({ of: suggestions }: { of: readonly Suggestion[] }) {
  const { t } = useTranslation();
  const counts = new Map<string, number>();
  for (const { value } of suggestions) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const more = sorted.length - MAX_VALUES;
  return (
    <>
      {sorted.slice(0, MAX_VALUES).map(([value, count], index) => (
        <Fragment key={value}>
          {index === 0 ? null : ', '}
          <bdi>{value}</bdi>
          {sorted.length === 1 || count === 1 ? null : ` (${formatNumber(count)})`}
        </Fragment>
      ))}
      {more > 0 ? `, ${t('library.moreGaps', { count: more })}` : null}
    </>
  );
}
