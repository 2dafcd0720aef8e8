import { distinctName, useApart } from '../sources/sources.ts';
import { useRef, useState, type ReactNode, useMemo } from 'react';
import { Button, DialogTrigger, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { PersonInitials } from '../people/PersonName.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { matchText, wantedOf } from './match.ts';
import { FilterField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { CategoryId, PersonId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';

export interface Choice<Id extends string> {
  readonly id: Id;
  /** Shown, and found by the filter. */
  readonly name: string;
  /** Further words the filter finds it by: a code, other names. */
  readonly also: string;
  readonly lang?: string | undefined;
  readonly sign?: ReactNode;
}

/** The most options listed; the filter finds the others. */
const SHOWN = 200;

/** Over a dialog the popover takes the focus itself once it is drawn, so it is focused a second time. */
const focusAtOnce = (input: HTMLInputElement | null): void => {
  input?.focus();
  requestAnimationFrame(() => input?.focus());
};

/** A choice of several from many: a small button that shows what is selected, over a list with a filter. */
export function FilterChoice<Id extends string>({
  label,
  all,
  chosen,
  onChange,
}: {
  label: string;
  all: readonly Choice<Id>[];
  chosen: readonly Id[];
  onChange: (chosen: Id[]) => void;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const first = all.find(({ id }) => id === chosen[0]);
  const wanted = wantedOf(text);
  const fitting = wanted === '' ? all : answering(all, wanted);
  const shown = fitting.slice(0, SHOWN);
  const open = (now: boolean): void => {
    setOpen(now);
    setText('');
  };
  /** Enter selects the first match, as in the palettes; several are selected in the list. */
  const chooseFirst = (): void => {
    const best = wanted === '' ? undefined : fitting[0];
    if (best !== undefined) onChange(all.filter(({ id }) => id === best.id || chosen.includes(id)).map(({ id }) => id));
    open(false);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={open}>
      <Button className="search-filter" data-chosen={chosen.length > 0 || undefined}>
        <span className="unseen">{label}</span>
        <Chosen label={label} first={first} more={chosen.length - 1} />
        <Icon name="collapse" size="small" />
      </Button>
      {/* The popover has the role of the dialog, so that its close button for screen readers is inside */}
      <Popover aria-label={label} className="popover search-choices" offset={4} placement="bottom start">
        <div className="search-choices-box">
          <FilterField
            label={label}
            value={text}
            onChange={setText}
            inputRef={focusAtOnce}
            onLeave={() => list.current?.focus()}
            onEnter={chooseFirst}
          />
          <ListBox
            ref={list}
            aria-label={label}
            className="list-box scroll"
            selectionMode="multiple"
            // Escape closes; the selection stays.
            escapeKeyBehavior="none"
            selectedKeys={chosen}
            onSelectionChange={(keys) =>
              onChange(keys === 'all' ? [...chosen] : all.filter(({ id }) => keys.has(id)).map(({ id }) => id))
            }
            items={shown}
            renderEmptyState={() => <p className="hint ledger-empty">{t('search.noChoice')}</p>}
          >
            {choiceItem}
          </ListBox>
          {fitting.length > SHOWN ? (
            <p className="hint">{t('search.narrow', { count: fitting.length - SHOWN })}</p>
          ) : null}
          {chosen.length === 0 ? null : (
            <Button className="link" onPress={() => onChange([])}>
              {t('search.any')}
            </Button>
          )}
        </div>
      </Popover>
    </DialogTrigger>
  );
}

function choiceItem<Id extends string>({ id, name, sign, lang }: Choice<Id>) {
  return (
    <ListBoxItem id={id} textValue={name} className="menu-item">
      {({ isSelected }) => (
        <>
          <span className="search-tick">{isSelected ? <Icon name="check" size="small" /> : null}</span>
          {sign}
          <bdi className="grow cut" lang={lang}>
            {name}
          </bdi>
        </>
      )}
    </ListBoxItem>
  );
}

/** The options that match, those whose name begins with the query first: Enter takes the first. */
function answering<Id extends string>(all: readonly Choice<Id>[], wanted: string): readonly Choice<Id>[] {
  return all
    .flatMap((choice) => {
      const byName = matchText(choice.name, wanted);
      const match = byName ?? matchText(`${choice.name} ${choice.also}`, wanted);
      return match === null ? [] : [{ choice, rank: byName === null ? -1 : byName.quality }];
    })
    .sort((a, b) => b.rank - a.rank)
    .map(({ choice }) => choice);
}

/**
 * The button’s text: the filter’s name while nothing is selected, else the first selected option and the number of
 * others.
 */
function Chosen<Id extends string>({
  label,
  first,
  more,
}: {
  label: string;
  first: Choice<Id> | undefined;
  more: number;
}) {
  const { t } = useTranslation();
  if (first === undefined) return <span aria-hidden>{label}</span>;
  return (
    <>
      {first.sign}
      <bdi className="cut" lang={first.lang}>
        {first.name}
      </bdi>
      {more > 0 ? <span>{t('search.more', { count: more })}</span> : null}
    </>
  );
}

/** The codebook's categories that passages can have. */
export function useCategoryChoices(): readonly Choice<CategoryId>[] {
  const categories = useCall('codebook.get', {}).data?.categories;
  return useMemo(
    () =>
      (categories ?? [])
        .filter(({ deleted, passages, archived }) => !deleted && (!archived || passages > 0))
        .map(({ id, name, code, colour, termsZh, termsEn }) => ({
          id,
          name,
          also: [code, ...termsZh, ...termsEn].map((one) => (typeof one === 'string' ? one : one.term)).join(' '),
          sign: (
            <span className="search-code">
              <FamilySign code={code} colour={colour} />
              {restOf(code) === '' ? null : <span className="code">{restOf(code)}</span>}
            </span>
          ),
        })),
    [categories],
  );
}

/** Everybody who works on the project. */
export function usePersonChoices(): readonly Choice<PersonId>[] {
  const people = useCall('project.info', {}).data?.people;
  return useMemo(
    () =>
      (people ?? []).map(({ id, name }) => ({
        id,
        name,
        also: '',
        sign: <PersonInitials id={id} name={name} size="small" />,
      })),
    [people],
  );
}

/** The sources of the project, without those in the trash. */
export function useSourceChoices(): readonly Choice<SourceId>[] {
  const sources = useCall('sources.list', {}).data?.sources;
  const apart = useApart();
  return useMemo(
    () =>
      (sources ?? []).map(({ id, title, fileName, language }) => ({
        id,
        name: distinctName(title ?? fileName, apart.get(id)),
        also: fileName,
        lang: language ?? undefined,
      })),
    [sources, apart],
  );
}
