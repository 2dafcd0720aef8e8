import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { MadeBy } from '../people/PersonName.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import type { Memo, MemoTarget } from '../../../shared/model/index.ts';
import { useCall, errorDataOf, useWrite } from '../../api/index.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { useCommands, type Command, type CommandGroup } from '../commands/registry.ts';
import { useReadOnly } from '../read-only.ts';
import { useDrafts, discardDraft, draftFailed, draftSaved, keepDraft } from '../drafts/drafts.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { returnFocus } from '../../ui/focus-memory.ts';
import { isComposing } from '../../ui/keys.ts';
import { shownKeys } from '../commands/keys.ts';
import { announce, notifyError } from '../notices/notices.ts';
import { keysOf, shownKeysOf } from '../commands/command-keys.ts';
import { create } from 'zustand';

/** The record that a memo is on. */
export interface MemoOn {
  readonly kind: MemoTarget['kind'];
  readonly id: string;
}

export interface MemoSectionProps {
  readonly target: MemoOn;
  /** The record's memos if they are known already, as for a passage; otherwise they are read. */
  readonly memos?: readonly Memo[];
  /** The section’s name where another such section may be on screen too. */
  readonly label?: string;
  /** A warning shown beside a memo. */
  readonly warning?: (memo: string) => ReactNode;
}

/** The memos on a passage, a category, a source or the project. Everyone writes their own memo and can read those of others. */
export function MemoSection({ target, memos, label, warning = () => null }: MemoSectionProps) {
  const { t } = useTranslation();
  const listed = useCall('memos.list', memos === undefined ? { target } : null).data?.memos;
  const there = memos ?? listed;
  // Shown only once memos are read, so that no empty memo is begun over an existing one.
  return there === undefined ? null : (
    <Section key={target.id} target={target} memos={there} label={label ?? t('memos.title')} warning={warning} />
  );
}

function Section({ target, memos, label, warning }: Required<MemoSectionProps>) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const mine = memos.find(({ person }) => person === own) ?? null;
  const others = memos.filter((memo) => memo !== mine);
  const { asked, begin, end } = useEditing();
  const editing = asked > 0;
  const hasDraft = useDrafts(({ drafts }) => drafts.has(target.id));
  const isWritten = editing || hasDraft;
  useMemoCommand(target.kind, begin, isReadOnly);
  return (
    <section className="pane-section" aria-label={label}>
      <SectionHead
        // The field’s label says what the memo is on.
        title={target.kind === 'source' && !isWritten ? t('memos.on.source') : t('memos.title')}
        act={mine === null ? t('memos.write') : t('memos.edit')}
        onAct={isReadOnly ? null : begin}
        {...(target.kind === 'passage' ? { keys: shownKeysOf('memo') } : {})}
      />
      {isWritten ? (
        // The editor takes the focus only if it was asked for, not when an item with a draft is shown.
        <MemoEditor key={asked} target={target} text={mine?.text ?? ''} autoFocus={editing} onEnd={end} />
      ) : mine === null ? (
        others.length > 0 ? null : (
          <p className="unset">{t('memos.none')}</p>
        )
      ) : (
        <p className="memo-text" dir="auto">
          {mine.text}
        </p>
      )}
      {mine === null ? null : warning(mine.id)}
      {others.map((memo) => (
        <OtherMemo key={memo.id} memo={memo} warning={warning(memo.id)} />
      ))}
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];
const COMMANDS: Readonly<Record<MemoOn['kind'], { id: string; group: CommandGroup }>> = {
  passage: { id: 'memo', group: 'tagging' },
  category: { id: 'memoCategory', group: 'tagging' },
  source: { id: 'memoSource', group: 'reading' },
  project: { id: 'memoProject', group: 'anywhere' },
};

/** The command that writes a memo on a record of this kind. */
export const memoCommand = (t: Translate, kind: MemoOn['kind'], run: () => void): Command => ({
  ...COMMANDS[kind],
  ...(kind === 'passage' ? { keys: keysOf('memo') } : {}),
  title: t(`memos.command.${kind}`),
  icon: 'edit',
  run,
});

function useMemoCommand(kind: MemoOn['kind'], run: () => void, isReadOnly: boolean): void {
  const { t } = useTranslation();
  useCommands(useMemo(() => (isReadOnly ? [] : [memoCommand(t, kind, run)]), [t, kind, run, isReadOnly]));
  const isRequested = useMemoFocus((request) => request.kind === kind);
  useEffect(() => {
    if (!isRequested) return;
    forgetMemoFocus();
    if (!isReadOnly) run();
  }, [isRequested, run, isReadOnly]);
}

/** While a memo is being written; afterwards the focus returns to where it was: the source, or the button. */
function useEditing(): {
  /** Grows each time the editor is asked for, so that it takes the keyboard again; 0 while none is. */
  readonly asked: number;
  readonly begin: () => void;
  readonly end: () => void;
} {
  const [asked, setAsked] = useState(0);
  const from = useRef<Element | null>(null);
  const begin = useCallback(() => {
    from.current = document.activeElement;
    setAsked((times) => times + 1);
  }, []);
  const end = useCallback(() => {
    setAsked(0);
    returnFocus(from.current);
  }, []);
  return { asked, begin, end };
}

function OtherMemo({ memo, warning }: { memo: Memo; warning: ReactNode }) {
  const people = useCall('project.info', {}).data?.people ?? [];
  const name = people.find(({ id }) => id === memo.person)?.name ?? '?';
  return (
    <div className="other-memo">
      <MadeBy id={memo.person} name={name} at={memo.at} />
      {warning}
      <p className="memo-text" dir="auto">
        {memo.text}
      </p>
    </div>
  );
}

export interface MemoEditorProps {
  readonly target: MemoOn;
  /** The stored text. */
  readonly text: string;
  readonly autoFocus: boolean;
  readonly onEnd: () => void;
}

/** The editor of one's own memo. Escape closes it and keeps the draft; only Discard deletes text. */
export function MemoEditor({ target, text, autoFocus, onEnd }: MemoEditorProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { id } = target;
  const draft = useDrafts(({ drafts }) => drafts.get(id));
  const typed = draft?.text ?? text;
  // An undo or redo can make what is stored equal to the draft: it is saved then.
  useEffect(() => {
    if (useDrafts.getState().drafts.get(id)?.text === text) discardDraft(id);
  }, [id, text]);
  // With `autoFocus` false the editor is shown only because of its draft: discarding that would remove the editor while someone types.
  const keep = (value: string): void => (value === text && autoFocus ? discardDraft(id) : keepDraft(id, value, text));
  const { save, saving } = useSaving(target, text, onEnd);
  const discard = (): void => {
    discardDraft(id);
    onEnd();
  };
  const done = (): void => {
    if (isReadOnly) return;
    if (typed === text) discard();
    else if (!saving) void save(typed);
  };
  const leave = (): void => (typed === text ? discard() : onEnd());
  const editor = useRef<HTMLDivElement>(null);
  // Focusing scrolls to the field but not to the buttons below it, and a memo is at the end of a pane.
  useEffect(() => {
    if (autoFocus) editor.current?.scrollIntoView({ block: 'nearest' });
  }, [autoFocus]);
  return (
    // Ctrl Enter saves and Escape leaves from anywhere in the editor; both have buttons too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={editor}
      className="stack"
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) done();
        else if (event.key === 'Escape') leave();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {draft === undefined || draft.base === null || draft.base === text || typed === text ? null : (
        <Note tone="warn">
          <p>{t(text === '' ? 'memos.removedMeanwhile' : 'memos.savedMeanwhile')}</p>
          {text === '' ? null : (
            <p className="memo-text" dir="auto">
              {text}
            </p>
          )}
        </Note>
      )}
      <Field
        label={t(`memos.on.${target.kind}`)}
        value={typed}
        onChange={keep}
        lines={5}
        maxLength={100_000}
        autoFocus={autoFocus}
        isReadOnly={isReadOnly}
        hint={typed === text ? undefined : t(isReadOnly ? 'memos.unsavedReadOnly' : 'memos.unsaved')}
        // Leaving this field does not save it; so it keeps its undo history.
        {...(typed === text ? { stored: true } : {})}
      />
      {draft?.error === null || draft === undefined ? null : <InlineError message={draft.error} />}
      <div className="line" data-wrap>
        <Button
          kind="primary"
          size="small"
          isDisabled={isReadOnly}
          isPending={saving}
          onPress={done}
          keys={shownKeys('$mod+Enter')}
        >
          {t('memos.save')}
        </Button>
        <Button size="small" isDisabled={isReadOnly} onPress={discard}>
          {t('memos.discard')}
        </Button>
      </div>
    </div>
  );
}

/** Saves the text and ends editing once it is saved. An error is shown in the editor; if that is gone, in a notice. */
function useSaving(
  { kind, id }: MemoOn,
  stored: string,
  onEnd: () => void,
): { readonly save: (typed: string) => Promise<void>; readonly saving: boolean } {
  const { t } = useTranslation();
  const { mutateAsync: set, isPending: saving } = useWrite('memos.set');
  const there = useRef(false);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const save = async (typed: string): Promise<void> => {
    try {
      await set({ target: { kind, id }, text: typed.trim(), base: stored });
      draftSaved(id, typed);
      announce(t(typed.trim() === '' ? 'memos.removed' : 'memos.saved'));
      if (there.current && !useDrafts.getState().drafts.has(id)) onEnd();
    } catch (thrown) {
      const error = errorDataOf(thrown);
      draftFailed(id, typed, error.message);
      if (!there.current) notifyError(error);
    }
  };
  return { save, saving };
}

type Kind = MemoTarget['kind'];

/** The kind of record whose memo editor is to open as soon as its section is mounted, or null. */
export const useMemoFocus = create<{ readonly kind: Kind | null }>()(() => ({ kind: null }));

/** Opens the editor of the memo on the record of this kind that is shown, or is about to be. */
export const requestMemoFocus = (kind: Kind): void => useMemoFocus.setState({ kind });
export const forgetMemoFocus = (): void => useMemoFocus.setState({ kind: null });
