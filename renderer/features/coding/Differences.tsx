import { useEffect, useMemo, useRef } from 'react';
import { Form } from 'react-aria-components';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { FilterChoice, useCategoryChoices } from '../../common/choices/FilterChoice.tsx';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { formatWhen } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { announce } from '../../common/notices/notices.ts';
import { useNow } from '../../common/now.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { ComparedFields, comparedInput, firstChoice, keyOf, useCompared, useLanguages } from './comparison.tsx';
import { decisionDrafts, goToDifference, showTab, useCoding } from './state.ts';
import { keysOf, shownKeysFrom, shownKeysOf } from '../../common/commands/command-keys.ts';

/** The list of units on which coders differ, and one of them with each coder’s tags and the decision. */
export function Differences() {
  const { t } = useTranslation();
  const compared = useCompared();
  const wanted = useCoding((state) => state.difference);
  const differences = useCall('agreement.differences', comparedInput(compared));
  const rows = useMemo(() => differences.data?.differences ?? [], [differences.data]);
  const languages = useLanguages();
  const at = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === wanted),
  );
  const current = rows[at];
  const panel = useRef<HTMLDivElement>(null);
  useDifferenceCommands(rows, at);
  const open = rows.length - (differences.data?.decided ?? 0);
  const list = useRef<HTMLDivElement>(null);
  /** After a decision, goes to the next undecided unit. Its form replaces the one with the keyboard, which the list takes. */
  const goToNext = (): void => {
    const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find(({ decided }) => decided === null);
    if (next === undefined) return;
    list.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
    goToDifference(keyOf(next));
  };
  return (
    <div className="coding-differences">
      <div className="team-block">
        {compared === null ? null : <ComparedFields compared={compared} />}
        {differences.error === null ? null : <InlineError message={differences.error.message} />}
      </div>
      {differences.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('coding.differences.none')} text={t('coding.differences.noneText')}>
          <Button onPress={() => showTab('agreement')}>{t('coding.differences.toAgreement')}</Button>
        </EmptyState>
      ) : (
        <div className="coding-two">
          <div ref={list} className="coding-list">
            <p className="hint coding-count" role="status">
              {differences.isSuccess ? t('coding.differences.count', { count: rows.length, open }) : ''}
            </p>
            <VirtualList
              label={t('coding.tabs.differences')}
              rows={rows}
              keyOf={keyOf}
              current={current === undefined ? null : keyOf(current)}
              onCurrent={goToDifference}
              onOpen={() => panel.current?.querySelector<HTMLElement>('.coding-final button')?.focus()}
              rowHeight="--s-6"
            >
              {(row) => (
                <span className="coding-item" data-decided={row.decided !== null || undefined}>
                  <bdi className="coding-quote cut" lang={languages.get(row.source)}>
                    {quotedWords(row.text, 'pdf')}
                  </bdi>
                  <span className="hint cut">
                    <span>{t('coding.differences.where', { source: row.sourceTitle, page: row.page })}</span>
                    {row.decided === null ? '' : ` · ${t('coding.differences.decided')}`}
                  </span>
                </span>
              )}
            </VirtualList>
          </div>
          <div ref={panel} className="scroll coding-decide">
            {current === undefined ? null : <Decision key={keyOf(current)} difference={current} onDecided={goToNext} />}
          </div>
        </div>
      )}
    </div>
  );
}

/** Keys that move through the list and open the current unit in the reader. */
function useDifferenceCommands(rows: readonly Disagreement[], at: number): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(() => {
      const go = (by: number) => (): void => {
        const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
        if (next !== undefined) goToDifference(keyOf(next));
      };
      const current = rows[at];
      const more = { group: 'team', when: () => rows.length > 0 } as const;
      return [
        {
          ...more,
          id: 'coding.next',
          title: t('coding.commands.next'),
          keys: keysOf('coding.next'),
          repeats: true,
          run: go(1),
        },
        {
          ...more,
          id: 'coding.previous',
          title: t('coding.commands.previous'),
          keys: keysOf('coding.previous'),
          repeats: true,
          run: go(-1),
        },
        {
          ...more,
          id: 'coding.open',
          title: t('coding.commands.open'),
          keys: keysOf('coding.open'),
          run: () => {
            if (current !== undefined) openPassage({ source: current.source, passage: current.passage });
          },
        },
      ];
    }, [t, rows, at]),
  );
}

interface Props {
  readonly difference: Disagreement;
  readonly onDecided: () => void;
}

/** One unit: its text, what each coder tagged, and the decision with its reason. */
function Decision({ difference, onDecided }: Props) {
  const { t } = useTranslation();
  const { source, sourceTitle, page, text, before, after, coders, passage, decided } = difference;
  const language = useLanguages().get(source);
  const now = useNow();
  return (
    <article className="coding-unit" aria-label={t('coding.differences.where', { source: sourceTitle, page })}>
      <div className="line">
        <span className="hint grow cut">{t('coding.differences.where', { source: sourceTitle, page })}</span>
        <Button
          size="small"
          kind="quiet"
          keys={shownKeysOf('coding.open')}
          onPress={() => openPassage({ source, passage })}
        >
          {t('coding.differences.open')}
        </Button>
      </div>
      <blockquote className="team-context source-words" lang={language} dir="auto">
        <span className="dim">{shown(before)}</span>
        <mark className="team-quote f-aim">{shown(text)}</mark>
        <span className="dim">{shown(after)}</span>
      </blockquote>
      <div className="coding-columns">
        {coders.map(({ person, name, categories }) => (
          <section key={person} aria-label={name}>
            <h3 className="line hint">
              <PersonName id={person} name={name} initials="small" />
            </h3>
            <CoderTags categories={categories} />
          </section>
        ))}
      </div>
      {decided === null ? null : (
        <p className="hint" title={formatMoment(decided.at)}>
          {t('coding.differences.decidedAt', { when: formatWhen(decided.at, now) })} <bdi>{decided.reason}</bdi>
        </p>
      )}
      <FinalForm difference={difference} onDecided={onDecided} />
    </article>
  );
}

/** Joins the lines of a quotation. */
const shown = (text: string): string => quotedWords(text, 'pdf');

function CoderTags({ categories }: { categories: readonly CategoryId[] }) {
  const { t } = useTranslation();
  const all = useCategories();
  if (categories.length === 0) return <p className="mid">{t('coding.differences.nothing')}</p>;
  return (
    <div className="line" data-wrap>
      {categories.map((id) => {
        const category = all.get(id);
        return category === undefined ? null : (
          <Chip key={id} code={category.code} name={category.name} colour={category.colour} />
        );
      })}
    </div>
  );
}

/** How many coders can have a digit key. */
const DIGITS = 9;

/**
 * The form of a decision and its reason. A draft is kept until the decision is saved, also while another screen is
 * open.
 */
function FinalForm({ difference, onDecided }: { difference: Disagreement; onDecided: () => void }) {
  const { t } = useTranslation();
  const unit = keyOf(difference);
  const form = useRef<HTMLFormElement>(null);
  const draft = decisionDrafts.use(unit);
  const isReadOnly = useCall('project.info', {}).data?.readOnly ?? false;
  const chosen = draft?.chosen ?? firstChoice(difference);
  const reason = draft?.reason ?? difference.decided?.reason ?? '';
  const decide = useWrite('adjudications.decide');
  const choose = (categories: readonly CategoryId[]): void =>
    decisionDrafts.keep(unit, { chosen: [...categories], reason });
  const isReady = reason.trim() !== '' && !decide.isPending && !isReadOnly;
  const send = (): void => {
    if (!isReady) return;
    decide.mutate(
      {
        passage: difference.passage,
        categories: [...chosen],
        reason: reason.trim(),
        coders: difference.coders.map(({ person }) => person),
      },
      {
        onSuccess: () => {
          decisionDrafts.drop(unit);
          announce(t('coding.differences.saved'));
          onDecided();
        },
      },
    );
  };
  useDecisionCommands(difference, send, (categories) => {
    choose(categories);
    form.current?.querySelector('textarea')?.focus();
  });
  return (
    <Form
      ref={form}
      className="coding-final"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="line" data-wrap>
        <h3 className="strong">{t('coding.differences.final')}</h3>
        {difference.coders.map(({ person, name, categories }, at) => (
          <Button
            key={person}
            size="small"
            {...(isSame(chosen, categories) ? { icon: 'check' as const, 'aria-pressed': true } : {})}
            {...(at < DIGITS ? { keys: shownKeysFrom(`Digit${String(at + 1)}`) } : {})}
            onPress={() => choose(categories)}
          >
            <span className="coding-coder">{t('coding.differences.as', { name })}</span>
          </Button>
        ))}
        <FilterChoice label={t('search.category')} all={useCategoryChoices()} chosen={chosen} onChange={choose} />
      </div>
      <Chosen categories={chosen} onChange={choose} />
      <Field
        label={t('coding.differences.reason')}
        value={reason}
        onChange={(next) => decisionDrafts.keep(unit, { chosen: [...chosen], reason: next })}
        lines={2}
        dir="auto"
        maxLength={20_000}
      />
      {decide.error === null ? null : <InlineError message={decide.error.message} />}
      <DecisionFooter hasReason={reason.trim() !== ''} isReadOnly={isReadOnly} isPending={decide.isPending} />
    </Form>
  );
}

/** The button, and why it is disabled. */
function DecisionFooter(props: {
  readonly hasReason: boolean;
  readonly isReadOnly: boolean;
  readonly isPending: boolean;
}) {
  const { hasReason, isReadOnly, isPending } = props;
  const { t } = useTranslation();
  const why = isReadOnly ? 'readOnly' : hasReason ? 'stays' : 'needsReason';
  return (
    <div className="line" data-wrap>
      <Button
        kind="primary"
        type="submit"
        keys={shownKeysOf('coding.decide')}
        isDisabled={!hasReason || isReadOnly}
        isPending={isPending}
      >
        {t('coding.differences.decide')}
      </Button>
      <span className="hint">{t(`coding.differences.${why}`)}</span>
    </div>
  );
}

const isSame = (a: readonly CategoryId[], b: readonly CategoryId[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

function Chosen({
  categories,
  onChange,
}: {
  categories: readonly CategoryId[];
  onChange: (categories: readonly CategoryId[]) => void;
}) {
  const { t } = useTranslation();
  const all = useCategories();
  return (
    <div className="line" data-wrap>
      {categories.length === 0 ? <span className="mid">{t('coding.differences.nothing')}</span> : null}
      {categories.map((id) => {
        const category = all.get(id);
        return category === undefined ? null : (
          <Chip
            key={id}
            code={category.code}
            name={category.name}
            colour={category.colour}
            removeLabel={t('coding.differences.without', { name: category.name })}
            onRemove={() => onChange(categories.filter((one) => one !== id))}
          />
        );
      })}
    </div>
  );
}

/** A digit copies that coder's tags and moves focus to the reason; Ctrl+Enter saves the decision. */
function useDecisionCommands(
  difference: Disagreement,
  send: () => void,
  copyTags: (categories: readonly CategoryId[]) => void,
): void {
  const { t } = useTranslation();
  const latest = useRef({ send, copyTags });
  useEffect(() => {
    latest.current = { send, copyTags };
  });
  useCommands(
    useMemo<Command[]>(
      () => [
        ...difference.coders.slice(0, DIGITS).map(({ person, name, categories }, at): Command => ({
          id: `coding.as ${person}`,
          title: t('coding.commands.as', { name }),
          group: 'team',
          keys: [`Digit${String(at + 1)}`],
          run: () => latest.current.copyTags(categories),
        })),
        {
          id: 'coding.decide',
          title: t('coding.commands.decide'),
          group: 'team',
          keys: keysOf('coding.decide'),
          inFields: true,
          run: () => latest.current.send(),
        },
      ],
      [t, difference],
    ),
  );
}
