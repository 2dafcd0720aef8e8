import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { Memo, MemoTarget } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { useCommands, type Command, type CommandGroup } from '../commands/registry.ts';
import { formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useMemoDrafts } from '../drafts/drafts.ts';
import { MemoEditor } from './MemoEditor.tsx';
import { forgetMemoWish, useMemoWish } from './wish.ts';

/** What a memo hangs on, by the id its record has. */
export interface MemoOn {
  readonly kind: MemoTarget['kind'];
  readonly id: string;
}

export interface MemoSectionProps {
  readonly target: MemoOn;
  /** The memos on it, where they are at hand (a passage brings them); else they are asked for. */
  readonly memos?: readonly Memo[];
  /** What the section is called where another one may be on the screen, too. */
  readonly label?: string;
}

/** What people think of a passage, a category, a source or the project. Each writes a memo of one's own; those of others are read. */
export function MemoSection({ target, memos, label }: MemoSectionProps) {
  const { t } = useTranslation();
  const listed = useCall('memos.list', memos === undefined ? { target } : null).data?.memos;
  const there = memos ?? listed;
  // Nobody begins an empty memo over one that has not arrived yet.
  return there === undefined ? null : (
    <Section key={target.id} target={target} memos={there} label={label ?? t('memos.title')} />
  );
}

function Section({ target, memos, label }: Required<MemoSectionProps>) {
  const { t } = useTranslation();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const mine = memos.find(({ person }) => person === own) ?? null;
  const others = memos.filter((memo) => memo !== mine);
  const { editing, begin, end } = useEditing();
  const hasDraft = useMemoDrafts(({ drafts }) => drafts.has(target.id));
  const isWritten = editing || hasDraft;
  useMemoCommand(target.kind, begin);
  return (
    <section className="pane-section" aria-label={label}>
      <SectionHead
        // The field says what it is on.
        title={target.kind === 'source' && !isWritten ? t('memos.on.source') : t('memos.title')}
        act={mine === null ? t('memos.write') : t('memos.edit')}
        onAct={begin}
        {...(target.kind === 'passage' ? { keys: ['M'] } : {})}
      />
      {isWritten ? (
        // Only who asks for the editor is brought into it: who comes by something with a draft goes on reading.
        <MemoEditor key={String(editing)} target={target} text={mine?.text ?? ''} autoFocus={editing} onEnd={end} />
      ) : mine === null ? (
        others.length > 0 ? null : (
          <p className="unset">{t('memos.none')}</p>
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

type Translate = ReturnType<typeof useTranslation>['t'];
const COMMANDS: Readonly<Record<MemoOn['kind'], { id: string; group: CommandGroup; keys?: readonly string[] }>> = {
  passage: { id: 'memo', group: 'tagging', keys: ['KeyM'] },
  category: { id: 'memoCategory', group: 'tagging' },
  source: { id: 'memoSource', group: 'reading' },
  project: { id: 'memoProject', group: 'anywhere' },
};

/** The command that writes a memo on something of a kind. */
export const memoCommand = (t: Translate, kind: MemoOn['kind'], run: () => void): Command => ({
  ...COMMANDS[kind],
  title: t(`memos.command.${kind}`),
  icon: 'edit',
  run,
});

function useMemoCommand(kind: MemoOn['kind'], run: () => void): void {
  const { t } = useTranslation();
  useCommands(useMemo(() => [memoCommand(t, kind, run)], [t, kind, run]));
  const isWished = useMemoWish((wish) => wish.kind === kind);
  useEffect(() => {
    if (!isWished) return;
    forgetMemoWish();
    run();
  }, [isWished, run]);
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
  const now = useNow();
  const people = useCall('project.info', {}).data?.people ?? [];
  const name = people.find(({ id }) => id === memo.person)?.name ?? '?';
  return (
    <div className="other-memo">
      <bdi className="hint">{t('memos.by', { name, when: formatWhen(memo.at, now) })}</bdi>
      <p className="memo-text" dir="auto">
        {memo.text}
      </p>
    </div>
  );
}
