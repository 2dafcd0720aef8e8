import { useDeferredValue, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { z } from 'zod';
import type { Category } from '../../../shared/model/index.ts';
import { activeOf } from '../../common/commands/key-preferences.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import type { Command, CommandGroup } from '../../common/commands/registry.ts';
import { sourceName, useApart, KIND_ICONS } from '../../common/sources/sources.ts';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useViewState } from '../../common/workbench/view-state.ts';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Marked } from '../../ui/Marked.tsx';
import {
  OptionList,
  useActiveOption,
  type ListOption,
  QueryField,
  KeyHints,
  type KeyHint,
  optionStep,
} from '../../ui/OptionList.tsx';
import { isComposing } from '../../ui/keys.ts';
import {
  runEntry,
  parseQuery,
  findEntries,
  type Entries,
  type Entry,
  type Found,
  useCommandEntries,
  useProjectEntries,
} from './palette-entries.ts';

interface CommandPaletteProps {
  readonly hasProject: boolean;
  readonly onClose: () => void;
}

/** Finds and runs commands, and goes to anything in the project. */
export function CommandPalette({ hasProject, onClose }: CommandPaletteProps) {
  return hasProject ? <ProjectPalette onClose={onClose} /> : <StartPalette onClose={onClose} />;
}

const NOTHING: Omit<Entries, 'commands'> = { tagWith: [], categories: [], passages: [], sources: [], people: [] };
const NO_RECENT: string[] = [];
const RECENT_KEPT = 20;
const recentSchema = z.array(z.string().max(100)).max(RECENT_KEPT);

/** The palette without an open project: only commands, and recently used ones are not stored. */
function StartPalette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const commands = useCommandEntries();
  const entries = useMemo(() => ({ ...NOTHING, commands }), [commands]);
  return <Box query={query} onQuery={setQuery} entries={entries} recent={NO_RECENT} onClose={onClose} />;
}

function ProjectPalette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const entries = useProjectEntries(useDeferredValue(parseQuery(query).words));
  const recent = useViewState('commands.recent', recentSchema, NO_RECENT);
  const keep = ({ key }: Entry): void =>
    recent.set([key, ...recent.value.filter((other) => other !== key)].slice(0, RECENT_KEPT));
  return (
    <Box query={query} onQuery={setQuery} entries={entries} recent={recent.value} onChosen={keep} onClose={onClose} />
  );
}

interface BoxProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly entries: Entries;
  /** Keys of the entries chosen last, newest first. */
  readonly recent: readonly string[];
  readonly onChosen?: (entry: Entry) => void;
  readonly onClose: () => void;
}

function Box({ query, onQuery, entries, recent, onChosen, onClose }: BoxProps) {
  const { t } = useTranslation();
  const own = useId();
  const returnFocus = useReturnFocus();
  const asked = useDeferredValue(query);
  const groups = useMemo(() => findEntries(entries, asked, recent), [entries, asked, recent]);
  const byKey = useMemo(
    () => new Map(groups.flatMap(({ found }) => found).map((one) => [one.entry.key, one])),
    [groups],
  );
  const shown = useMemo(
    () =>
      groups.map(({ kind, found }) => ({
        id: kind,
        label: t(`commandPalette.groups.${kind}`),
        options: found.map((one): ListOption => ({ id: one.entry.key, content: <EntryOption found={one} /> })),
      })),
    [groups, t],
  );
  const options = shown.flatMap((group) => group.options);
  const { at, active, move, reset } = useActiveOption(options);

  const close = (): void => {
    // The palette is removed before the focus is returned, since it would trap it; the chosen command can then move it.
    flushSync(onClose);
    returnFocus();
  };
  const runFound = (found: Found | undefined, beside: boolean): void => {
    if (found === undefined) return;
    onChosen?.(found.entry);
    close();
    runEntry(found.entry, beside ? 'beside' : 'here');
  };
  const choose = (key: string | undefined, beside: boolean): void => runFound(byKey.get(key ?? ''), beside);
  // Uses what was typed, not the list on the screen, which can be one letter behind.
  const enter = (beside: boolean): void =>
    asked === query ? choose(active?.id, beside) : runFound(findEntries(entries, query, recent)[0]?.found[0], beside);
  const onKeyDown = usePaletteKeys(move, enter, close);
  return (
    // A press outside the palette closes it; so does Escape.
    <div
      className="veil command-veil"
      onPointerDown={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        close();
      }}
    >
      <div className="command-palette" role="dialog" aria-modal aria-label={t('commandPalette.title')}>
        <QueryField
          icon="search"
          label={t('commandPalette.placeholder')}
          list={`${own}-list`}
          active={active === undefined ? null : at}
          query={query}
          onQuery={(next) => {
            onQuery(next);
            reset();
          }}
          onKeyDown={onKeyDown}
        />
        <OptionList
          id={`${own}-list`}
          groups={shown}
          listLabel={t('commandPalette.found')}
          none={t('commandPalette.none')}
          active={active}
          onChoose={(key, _shift, mod) => choose(key, mod)}
        />
        <p className="unseen" role="status">
          {asked === '' ? '' : t('commandPalette.count', { count: options.length })}
        </p>
        <PaletteHints canOpenBeside={groups.some(({ kind }) => kind === 'sources' || kind === 'passages')} />
      </div>
    </div>
  );
}

function PaletteHints({ canOpenBeside }: { canOpenBeside: boolean }) {
  const { t } = useTranslation();
  const beside: KeyHint[] = canOpenBeside
    ? [{ keys: shownKeys('$mod+Enter'), text: t('commandPalette.keys.beside') }]
    : [];
  return (
    <KeyHints
      hints={[
        { keys: ['↑', '↓'], text: t('commandPalette.keys.choose') },
        { keys: ['Enter'], text: t('commandPalette.keys.run') },
        ...beside,
        { keys: ['>'], text: t('commandPalette.keys.commands') },
        { keys: ['#'], text: t('commandPalette.keys.categories') },
        { keys: ['@'], text: t('commandPalette.keys.people') },
        { keys: ['Esc'], text: t('commandPalette.keys.close') },
      ]}
    />
  );
}

function usePaletteKeys(
  move: (by: number) => void,
  run: (beside: boolean) => void,
  close: () => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (isComposing(event.nativeEvent)) return;
    const mod = event.ctrlKey || event.metaKey;
    const step = optionStep(event.key);
    if (step !== undefined && !mod && !event.altKey) move(step);
    else if (event.key === 'Enter') run(mod);
    else if (event.key === 'Escape' || (mod && event.code === 'KeyK')) close();
    // Tab does nothing: the palette is modal, and its field keeps the focus.
    else if (event.key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Returns a function that gives the focus back to the element that had it when the palette opened. */
function useReturnFocus(): () => void {
  // Read during the first render, before the palette's field takes the focus.
  const [from] = useState(() => document.activeElement);
  return () => {
    if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
  };
}

const GROUP_ICONS: Readonly<Record<CommandGroup, IconName>> = {
  anywhere: 'go',
  library: 'file',
  search: 'search',
  codebook: 'book',
  reading: 'file',
  tagging: 'tag',
  selecting: 'edit',
  masking: 'mask',
  review: 'check',
  team: 'merge',
};

/** An option: its icon, its text with the match marked, and details at the end. */
function EntryOption({ found }: { found: Found }) {
  const { entry } = found;
  switch (entry.kind) {
    case 'command':
      return <CommandOption command={entry.command} found={found} />;
    case 'tagWith':
      return <TagOption category={entry.category} pin={entry.pin} found={found} />;
    case 'category':
      return <CategoryOption category={entry.category} found={found} />;
    case 'passage':
      return <PassageOption entry={entry} found={found} />;
    case 'source':
      return <SourceOption entry={entry} found={found} />;
    case 'person':
      return (
        <>
          <PersonInitials id={entry.person.id} name={entry.person.name} size="small" />
          <bdi className="grow cut">
            <MarkedText text={entry.person.name} found={found} />
          </bdi>
          <span className="mono dim">{entry.person.fingerprint}</span>
        </>
      );
  }
}

/** A text, with the match marked if this is the text that matched. */
function MarkedText({ text, found }: { text: string; found: Found }) {
  return found.text === text ? <Marked {...found} /> : text;
}

function CommandOption({ command, found }: { command: Command; found: Found }) {
  const [binding] = activeOf(command.keys ?? []);
  return (
    <>
      <Icon name={command.icon ?? GROUP_ICONS[command.group]} />
      <span className="grow cut">
        <MarkedText text={command.title} found={found} />
        {command.detail === undefined ? null : <bdi className="dim"> {command.detail}</bdi>}
      </span>
      {binding === undefined ? null : <Kbd keys={shownKeys(binding)} />}
    </>
  );
}

function TagOption({ category, pin, found }: { category: Category; pin: number | null; found: Found }) {
  const { t } = useTranslation();
  return (
    <>
      <Icon name="tag" />
      <span className="grow cut">
        {t('commandPalette.tagPassage')} <MarkedText text={category.name} found={found} />
        <MatchedTerm category={category} found={found} />
      </span>
      {pin === null ? null : <kbd>{pin}</kbd>}
    </>
  );
}

function CategoryOption({ category, found }: { category: Category; found: Found }) {
  const { t } = useTranslation();
  return (
    <>
      <FamilySign code={category.code} colour={category.colour} />
      {restOf(category.code) === '' ? null : <span className="code">{restOf(category.code)}</span>}
      <span className="grow cut">
        <MarkedText text={category.name} found={found} />
        <MatchedTerm category={category} found={found} />
      </span>
      <span className="dim">{t('commandPalette.passages', { count: category.deepPassages })}</span>
    </>
  );
}

/** The term or code that matched, if it was not the name. */
function MatchedTerm({ category, found }: { category: Category; found: Found }) {
  if (found.text === '' || found.text === category.name) return null;
  const lang = category.termsZh.some(({ term }) => term === found.text) ? { lang: 'zh-Hans' } : {};
  return (
    <bdi className="dim" {...lang}>
      {' '}
      <Marked {...found} />
    </bdi>
  );
}

function PassageOption({ entry, found }: { entry: Extract<Entry, { kind: 'passage' }>; found: Found }) {
  const { t } = useTranslation();
  const { hit, source } = entry;
  const lang = source?.language ?? null;
  const all = useApart();
  const apart = source === null ? undefined : all.get(source.id);
  return (
    <>
      <Icon name={source === null ? 'file' : KIND_ICONS[source.kind]} />
      <bdi className="grow cut command-quote" {...(lang === null ? {} : { lang })}>
        <Marked {...found} />
      </bdi>
      <span className="dim cut command-of">
        <bdi>{source === null ? '' : sourceName(source)}</bdi>
        {apart === undefined ? null : <bdi>, {apart}</bdi>}
        {source?.kind === 'pdf' && hit.page !== null ? t('commandPalette.onPage', { page: hit.page }) : null}
      </span>
    </>
  );
}

function SourceOption({ entry, found }: { entry: Extract<Entry, { kind: 'source' }>; found: Found }) {
  const { source } = entry;
  const date = source.dateOfAct ?? source.dateOfPublication;
  const name = sourceName(source);
  const apart = useApart().get(source.id);
  return (
    <>
      <Icon name={KIND_ICONS[source.kind]} />
      <bdi className="grow cut" {...(source.language === null ? {} : { lang: source.language })}>
        <MarkedText text={name} found={found} />
        {found.text === '' || found.text === name ? null : (
          <span className="dim">
            {' '}
            <Marked {...found} />
          </span>
        )}
      </bdi>
      {apart === undefined || apart === date?.edtf || apart === found.text ? null : (
        <bdi className="dim cut apart">{apart}</bdi>
      )}
      {date === null ? null : <DateEdtf edtf={date.edtf} />}
    </>
  );
}
