import { useEffect, useMemo, useRef } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { FilterChoice } from '../../common/choices/FilterChoice.tsx';
import { useCategoryChoices } from '../../common/choices/choices.tsx';
import { shownKeys } from '../../common/commands/keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { announce } from '../../common/notices/notices.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { firstChoice, keyOf } from './differences.ts';
import { keepDraft, useCoding } from './state.ts';

const DECIDE_KEY = '$mod+Enter';
/** As many coders have a digit of their own. */
const DIGITS = 9;

/** What is final of one unit, with its reason. What was begun is kept until it is decided, also while one looks elsewhere. */
export function FinalForm({ difference, onDecided }: { difference: Disagreement; onDecided: () => void }) {
  const { t } = useTranslation();
  const unit = keyOf(difference);
  const form = useRef<HTMLFormElement>(null);
  const draft = useCoding(({ drafts }) => drafts.get(unit));
  const isReadOnly = useCall('project.info', {}).data?.readOnly ?? false;
  const chosen = draft?.chosen ?? firstChoice(difference);
  const reason = draft?.reason ?? difference.decided?.reason ?? '';
  const decide = useWrite('adjudications.decide');
  const choose = (categories: readonly CategoryId[]): void => keepDraft(unit, { chosen: [...categories], reason });
  const isReady = reason.trim() !== '' && !decide.isPending && !isReadOnly;
  const send = (): void => {
    if (!isReady) return;
    decide.mutate(
      { passage: difference.passage, categories: [...chosen], reason: reason.trim() },
      {
        onSuccess: () => {
          keepDraft(unit, null);
          announce(t('coding.differences.saved'));
          onDecided();
        },
      },
    );
  };
  useDecidingCommands(difference, send, (categories) => {
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
            {...(at < DIGITS ? { keys: [String(at + 1)] } : {})}
            onPress={() => choose(categories)}
          >
            <bdi className="coding-coder">{t('coding.differences.as', { name })}</bdi>
          </Button>
        ))}
        <FilterChoice label={t('search.category')} all={useCategoryChoices()} chosen={chosen} onChange={choose} />
      </div>
      <Chosen categories={chosen} onChange={choose} />
      <Field
        label={t('coding.differences.reason')}
        value={reason}
        onChange={(next) => keepDraft(unit, { chosen: [...chosen], reason: next })}
        lines={2}
        dir="auto"
        maxLength={20_000}
      />
      {decide.error === null ? null : <InlineError message={decide.error.message} />}
      <Feet hasReason={reason.trim() !== ''} isReadOnly={isReadOnly} isPending={decide.isPending} />
    </Form>
  );
}

/** The one button, and why it does nothing yet. */
function Feet(props: { readonly hasReason: boolean; readonly isReadOnly: boolean; readonly isPending: boolean }) {
  const { hasReason, isReadOnly, isPending } = props;
  const { t } = useTranslation();
  const why = isReadOnly ? 'readOnly' : hasReason ? 'stays' : 'needsReason';
  return (
    <div className="line" data-wrap>
      <Button
        kind="primary"
        type="submit"
        keys={shownKeys(DECIDE_KEY)}
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

/** A digit takes what that coder gave and goes on to the reason; Ctrl Enter decides. */
function useDecidingCommands(
  difference: Disagreement,
  send: () => void,
  take: (categories: readonly CategoryId[]) => void,
): void {
  const { t } = useTranslation();
  const latest = useRef({ send, take });
  useEffect(() => {
    latest.current = { send, take };
  });
  useCommands(
    useMemo<Command[]>(
      () => [
        ...difference.coders.slice(0, DIGITS).map(({ person, name, categories }, at): Command => ({
          id: `coding.as ${person}`,
          title: t('coding.commands.as', { name }),
          group: 'team',
          keys: [`Digit${String(at + 1)}`],
          run: () => latest.current.take(categories),
        })),
        {
          id: 'coding.decide',
          title: t('coding.commands.decide'),
          group: 'team',
          keys: [DECIDE_KEY],
          inFields: true,
          run: () => latest.current.send(),
        },
      ],
      [t, difference],
    ),
  );
}
