import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Memo, Passage, PassageId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../app/commands/registry.ts';
import { formatWhen } from '../../app/format.ts';
import { discardDraft, draftFailed, draftSaved, keepDraft, useMemoDrafts } from '../../app/state/memo-drafts.ts';
import { notifyError } from '../../app/state/notices.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { SectionHead } from './SectionHead.tsx';

/** What people think of the passage. Each writes a memo of one's own; those of others are read. */
export function MemoSection({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const mine = passage.memos.find(({ person }) => person === own) ?? null;
  const others = passage.memos.filter((memo) => memo !== mine);
  const { editing, begin, end } = useEditing();
  const hasDraft = useMemoDrafts(({ drafts }) => drafts.has(passage.id));
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'memo',
          title: t('inspector.memoCommand'),
          group: 'tagging',
          keys: ['KeyM'],
          run: begin,
        },
      ],
      [t, begin],
    ),
  );
  return (
    <section className="pane-section" aria-label={t('inspector.memo')}>
      <SectionHead
        title={t('inspector.memo')}
        act={mine === null ? t('inspector.write') : t('inspector.edit')}
        keys={['M']}
        onAct={begin}
      />
      {editing || hasDraft ? (
        // Only who asks for the editor is brought into it: who comes by a passage with a draft goes on reading.
        <MemoEditor key={String(editing)} passage={passage} text={mine?.text ?? ''} autoFocus={editing} onEnd={end} />
      ) : mine === null ? (
        others.length > 0 ? null : (
          <p className="unset">{t('inspector.noMemo')}</p>
        )
      ) : (
        <p className="memo-text" dir="auto">
          {mine.text}
        </p>
      )}
      {others.map((memo) => (
        <OtherMemo key={memo.id} memo={memo} />
      ))}
    </section>
  );
}

/** While one writes; afterwards the keyboard goes back to where one came from: the source, or the button. */
function useEditing(): { readonly editing: boolean; readonly begin: () => void; readonly end: () => void } {
  const [editing, setEditing] = useState(false);
  const from = useRef<Element | null>(null);
  const begin = useCallback(() => {
    from.current = document.activeElement;
    setEditing(true);
  }, []);
  const end = useCallback(() => {
    if (from.current instanceof HTMLElement) from.current.focus({ preventScroll: true });
    setEditing(false);
  }, []);
  return { editing, begin, end };
}

function OtherMemo({ memo }: { memo: Memo }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const people = useCall('project.info', {}).data?.people ?? [];
  const name = people.find(({ id }) => id === memo.person)?.name ?? '?';
  return (
    <div className="other-memo">
      <bdi className="hint">{t('inspector.by', { name, when: formatWhen(memo.at, now) })}</bdi>
      <p className="memo-text" dir="auto">
        {memo.text}
      </p>
    </div>
  );
}

function MemoEditor({
  passage,
  text,
  autoFocus,
  onEnd,
}: {
  passage: Passage;
  text: string;
  autoFocus: boolean;
  onEnd: () => void;
}) {
  const { t } = useTranslation();
  const { id } = passage;
  const draft = useMemoDrafts(({ drafts }) => drafts.get(id));
  const typed = draft?.text ?? text;
  const { save, saving } = useSaving(id, onEnd);
  const discard = (): void => {
    discardDraft(id);
    onEnd();
  };
  const done = (): void => {
    if (typed === text) discard();
    else if (!saving) void save(typed);
  };
  return (
    // Ctrl Enter saves and Escape discards from anywhere in the editor; both have buttons too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="stack"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) done();
        else if (event.key === 'Escape') discard();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Field
        label={t('inspector.memoOf')}
        value={typed}
        onChange={(value) => keepDraft(id, value)}
        lines={5}
        maxLength={100_000}
        autoFocus={autoFocus}
        hint={typed === text ? undefined : t('inspector.unsaved')}
      />
      {draft?.error === null || draft === undefined ? null : <InlineError message={draft.error} />}
      <div className="line">
        <Button kind="primary" size="small" isPending={saving} onPress={done}>
          {t('inspector.saveMemo')}
        </Button>
        <Button size="small" onPress={discard}>
          {t('inspector.discard')}
        </Button>
      </div>
    </div>
  );
}

/** Saves what is typed, and ends the editing only when it is saved. A failure is told in the editor, or where it is gone, in a notice. */
function useSaving(
  passage: PassageId,
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
      await api.call('memos.set', { target: { kind: 'passage', id: passage }, text: typed.trim() });
      draftSaved(passage, typed);
      if (there.current && !useMemoDrafts.getState().drafts.has(passage)) onEnd();
    } catch (thrown) {
      const error = errorDataOf(thrown);
      draftFailed(passage, typed, error.message);
      if (!there.current) notifyError(error);
    } finally {
      setSaving(false);
    }
  };
  return { save, saving };
}
