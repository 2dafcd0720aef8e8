import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { isComposing, shownKeys } from '../commands/keys.ts';
import { notifyError } from '../notices/notices.ts';
import { discardDraft, draftFailed, draftSaved, keepDraft, useMemoDrafts } from '../drafts/drafts.ts';
import type { MemoOn } from './MemoSection.tsx';

export interface MemoEditorProps {
  readonly target: MemoOn;
  /** What is saved already. */
  readonly text: string;
  readonly autoFocus: boolean;
  readonly onEnd: () => void;
}

/** Writes one's own memo. Escape leaves it as it stands, not saved and not lost; only Discard throws words away. */
export function MemoEditor({ target, text, autoFocus, onEnd }: MemoEditorProps) {
  const { t } = useTranslation();
  const { id } = target;
  const draft = useMemoDrafts(({ drafts }) => drafts.get(id));
  const typed = draft?.text ?? text;
  const { save, saving } = useSaving(target, text, onEnd);
  const discard = (): void => {
    discardDraft(id);
    onEnd();
  };
  const done = (): void => {
    if (typed === text) discard();
    else if (!saving) void save(typed);
  };
  const leave = (): void => (typed === text ? discard() : onEnd());
  const editor = useRef<HTMLDivElement>(null);
  // Focus brings the field into view, not the buttons below it, and a memo lies at the foot of a pane.
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
        onChange={(value) => keepDraft(id, value, text)}
        lines={5}
        maxLength={100_000}
        autoFocus={autoFocus}
        hint={typed === text ? undefined : t('memos.unsaved')}
      />
      {draft?.error === null || draft === undefined ? null : <InlineError message={draft.error} />}
      <div className="line" data-wrap>
        <Button kind="primary" size="small" isPending={saving} onPress={done} keys={shownKeys('$mod+Enter')}>
          {t('memos.save')}
        </Button>
        <Button size="small" onPress={discard}>
          {t('memos.discard')}
        </Button>
      </div>
    </div>
  );
}

/** Saves what is typed, and ends the editing only when it is saved. A failure is told in the editor, or where it is gone, in a notice. */
function useSaving(
  { kind, id }: MemoOn,
  stored: string,
  onEnd: () => void,
): { readonly save: (typed: string) => Promise<void>; readonly saving: boolean } {
  const api = useApi();
  const [saving, setSaving] = useState(false);
  const there = useRef(false);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const save = async (typed: string): Promise<void> => {
    setSaving(true);
    try {
      await api.call('memos.set', { target: { kind, id }, text: typed.trim(), base: stored });
      draftSaved(id, typed);
      if (there.current && !useMemoDrafts.getState().drafts.has(id)) onEnd();
    } catch (thrown) {
      const error = errorDataOf(thrown);
      draftFailed(id, typed, error.message);
      if (!there.current) notifyError(error);
    } finally {
      setSaving(false);
    }
  };
  return { save, saving };
}
