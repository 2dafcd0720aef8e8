import { useState, type KeyboardEvent } from 'react';
import type { TaggedPassage } from '../../../shared/contract/codebook.ts';
import type { Category, CategoryId, PassageId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { createFormDrafts } from '../../common/drafts/drafts.ts';
import { notify } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { PassageList, nextPassageOf } from './PassageList.tsx';
import { useCodebookActs } from './useCodebookActs.ts';

interface SplitDialogProps {
  readonly category: Category;
  readonly onClose: () => void;
  readonly onSplit: (first: CategoryId) => void;
}

const NONE: readonly TaggedPassage[] = [];
type Where = 'below' | 'beside';
/** The names typed and the parts assigned so far. */
interface Work {
  readonly parts: readonly string[];
  readonly given: PartsByPassage;
  readonly where: Where;
}
const NO_CHOICES: Work = { parts: ['', ''], given: new Map(), where: 'below' };
const splits = createFormDrafts<Work>();
/** Keys 1 to 9 assign a passage to a part, so there are at most nine. */
const MOST = 9;

/** Splits a category into new ones: names above, passages below, each assigned to one or several by number. */
export function SplitDialog({ category, onClose, onSplit }: SplitDialogProps) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const list = useCall('categories.passages', { id: category.id, deep: false });
  const taggedPassages = list.data?.passages ?? NONE;
  const work = splits.use(category.id);
  const { parts, given, where } = work ?? NO_CHOICES;
  const change = (changed: Partial<Work>): void => splits.keep(category.id, { parts, given, where, ...changed });
  const discard = (): void => {
    splits.drop(category.id);
    onClose();
  };
  /** Closes the dialog and keeps what was typed; only Cancel discards it. */
  const leave = (): void => {
    if (work !== null) notify('plain', t('codebook.split.kept', { name: category.name }));
    onClose();
  };
  const named = namedParts(parts);
  const assignments = splitInput(given, parts, taggedPassages);
  const split = async (): Promise<void> => {
    const done = await acts.split({
      id: category.id,
      parent: where === 'below' ? category.id : category.parent,
      parts: named.map((name) => ({ name })),
      given: assignments,
    });
    const first = done?.ids[0];
    if (first === undefined) return;
    discard();
    onSplit(first);
  };
  return (
    <Dialog
      title={t('codebook.split.title', { name: category.name })}
      isOpen
      onClose={leave}
      ignoresOutside={work !== null}
      size="sheet"
      footer={
        <>
          <span className="hint grow">
            {t('codebook.split.sum', { given: assignments.length, rest: taggedPassages.length - assignments.length })}
          </span>
          <Button onPress={discard}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={named.length === 0} onPress={() => void split()}>
            {t('codebook.split.act', { count: named.length })}
          </Button>
        </>
      }
    >
      <div className="split">
        <Parts
          category={category}
          parts={parts}
          onParts={(next) => change({ parts: next })}
          onRemove={(part) => change({ parts: parts.toSpliced(part, 1), given: removePart(given, part) })}
          where={where}
          onWhere={(next) => change({ where: next })}
        />
        {list.error === null ? null : <InlineError message={list.error.message} />}
        {taggedPassages.length === 0 ? (
          <p className="hint">{list.isSuccess ? t('codebook.split.none') : ''}</p>
        ) : (
          <PassageParts
            category={category}
            taggedPassages={taggedPassages}
            parts={parts}
            given={given}
            onGiven={(next) => change({ given: next })}
          />
        )}
      </div>
    </Dialog>
  );
}

interface PartsProps {
  readonly category: Category;
  readonly parts: readonly string[];
  readonly onParts: (parts: readonly string[]) => void;
  readonly onRemove: (part: number) => void;
  readonly where: Where;
  readonly onWhere: (where: Where) => void;
}

/** The names of the new categories, and their parent. */
function Parts({ category, parts, onParts, onRemove, where, onWhere }: PartsProps) {
  const { t } = useTranslation();
  return (
    <div className="stack split-parts">
      <p>{t('codebook.split.meaning')}</p>
      {parts.map((name, part) => (
        // A part is identified only by its number.
        <div key={part} className="line split-part">
          <kbd>{part + 1}</kbd>
          <Field
            label={t('codebook.split.part', { number: part + 1 })}
            value={name}
            onChange={(next) => onParts(parts.with(part, next))}
            maxLength={400}
            autoFocus={part === 0}
          />
          <IconButton
            label={t('codebook.split.removePart', { number: part + 1 })}
            icon="close"
            size="small"
            isDisabled={parts.length === 1}
            onPress={() => onRemove(part)}
          />
        </div>
      ))}
      <div className="line" data-wrap>
        <Button size="small" icon="add" isDisabled={parts.length >= MOST} onPress={() => onParts(addPart(parts))}>
          {t('codebook.split.addPart')}
        </Button>
        <Segments
          label={t('codebook.split.where')}
          value={where}
          options={[
            { value: 'below', label: t('codebook.split.below', { name: category.name }) },
            { value: 'beside', label: t('codebook.split.beside') },
          ]}
          onChange={onWhere}
        />
      </div>
    </div>
  );
}

interface PassagePartsProps {
  readonly category: Category;
  readonly taggedPassages: readonly TaggedPassage[];
  readonly parts: readonly string[];
  readonly given: PartsByPassage;
  readonly onGiven: (given: PartsByPassage) => void;
}

/** The passages, each with a button for every part. Number keys assign the current one. */
function PassageParts({ category, taggedPassages, parts, given, onGiven }: PassagePartsProps) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState<PassageId | null>(null);
  const assign = (id: PassageId, part: number): void => {
    if (part < parts.length) onGiven(toggle(given, id, part));
  };
  const handleKey = (event: KeyboardEvent, { id }: TaggedPassage): boolean => {
    const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
    if (digit === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (digit === '0') onGiven(new Map(given).set(id, new Set()));
    else assign(id, Number(digit) - 1);
    // One digit is usually enough, so the next passage becomes current. With Shift it stays, to be assigned to another
    // part as well.
    if (!event.shiftKey) setCurrent(nextPassageOf(taggedPassages, id, 1)?.id ?? id);
    return true;
  };
  return (
    <>
      <p className="hint">{t('codebook.split.keys')}</p>
      <div className="scroll split-passages">
        <PassageList
          label={t('codebook.passagesOf', { name: category.name })}
          taggedPassages={taggedPassages}
          current={current}
          onCurrent={setCurrent}
          onKey={handleKey}
          renderEnd={({ id }) => (
            <span className="line split-keys">
              {parts.map((name, part) => (
                <button
                  key={part}
                  type="button"
                  tabIndex={-1}
                  className="split-key"
                  aria-pressed={given.get(id)?.has(part) ?? false}
                  aria-label={t('codebook.split.giveTo', { number: part + 1, name: name.trim() })}
                  title={name}
                  onClick={() => {
                    setCurrent(id);
                    assign(id, part);
                  }}
                >
                  {part + 1}
                </button>
              ))}
            </span>
          )}
        />
      </div>
    </>
  );
}

/** Which parts (by number, from 0) each passage is assigned to. */
export type PartsByPassage = ReadonlyMap<PassageId, ReadonlySet<number>>;

/** Assigns a passage to a part, or removes it from it. */
export function toggle(given: PartsByPassage, passage: PassageId, part: number): PartsByPassage {
  const parts = new Set(given.get(passage));
  if (!parts.delete(part)) parts.add(part);
  return new Map(given).set(passage, parts);
}

const addPart = (parts: readonly string[]): string[] => [...parts, ''];

/** Removes a part. Later parts move up and keep their passages. */
export function removePart(given: PartsByPassage, gone: number): PartsByPassage {
  return new Map(
    [...given].map(([passage, parts]) => [
      passage,
      new Set([...parts].flatMap((part) => (part === gone ? [] : [part > gone ? part - 1 : part]))),
    ]),
  );
}

/** The names of the parts that will be created; parts without a name are left out. */
export const namedParts = (parts: readonly string[]): string[] =>
  parts.map((name) => name.trim()).filter((name) => name !== '');

/** The input of the split call. Numbers count only the parts that have names. */
export function splitInput(
  given: PartsByPassage,
  parts: readonly string[],
  taggedPassages: readonly TaggedPassage[],
): { passage: PassageId; parts: number[] }[] {
  const number = new Map<number, number>();
  parts.forEach((name, part) => (name.trim() === '' ? undefined : number.set(part, number.size)));
  const there = new Set(taggedPassages.map(({ id }) => id));
  return [...given].flatMap(([passage, to]) => {
    const named = [...to].sort((a, b) => a - b).flatMap((part) => number.get(part) ?? []);
    return named.length === 0 || !there.has(passage) ? [] : [{ passage, parts: named }];
  });
}
