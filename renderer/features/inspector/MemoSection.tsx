import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Memo, Passage } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../app/commands/registry.ts';
import { formatWhen } from '../../app/format.ts';
import { usePassageActs } from '../../app/passage-acts.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { SectionHead } from './SectionHead.tsx';

/** What people think of the passage. Each writes a memo of one's own; those of others are read. */
export function MemoSection({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const mine = passage.memos.find(({ person }) => person === own) ?? null;
  const others = passage.memos.filter((memo) => memo !== mine);
  const [editing, setEditing] = useState(false);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'memo',
          title: t('inspector.memoCommand'),
          group: 'tagging',
          keys: ['KeyM'],
          run: () => setEditing(true),
        },
      ],
      [t],
    ),
  );
  return (
    <section className="pane-section" aria-label={t('inspector.memo')}>
      <SectionHead
        title={t('inspector.memo')}
        act={mine === null ? t('inspector.write') : t('inspector.edit')}
        keys={['M']}
        onAct={() => setEditing(true)}
      />
      {editing ? (
        <MemoEditor passage={passage} text={mine?.text ?? ''} onEnd={() => setEditing(false)} />
      ) : mine === null ? (
        <p className="unset">{t('inspector.noMemo')}</p>
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

function MemoEditor({ passage, text, onEnd }: { passage: Passage; text: string; onEnd: () => void }) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const [typed, setTyped] = useState(text);
  const save = (): void => {
    onEnd();
    if (typed !== text) void acts.writeMemo(passage.id, typed.trim());
  };
  return (
    // Ctrl Enter saves and Escape discards from anywhere in the editor; both have buttons too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="stack"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        else if (event.key === 'Escape') onEnd();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Field label={t('inspector.memoOf')} value={typed} onChange={setTyped} lines={5} maxLength={100_000} autoFocus />
      <div className="line">
        <Button kind="primary" size="small" onPress={save}>
          {t('inspector.saveMemo')}
        </Button>
        <Button size="small" onPress={onEnd}>
          {t('inspector.discard')}
        </Button>
      </div>
    </div>
  );
}
