import { useRef, useEffect, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useReadOnly } from '../../common/read-only.ts';
import type { Conflict, ConflictSide, Keep } from '../../../shared/contract/merge.ts';
import { useCall, usePeek } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useConflictAt, writeAnother, othersOf, firstDraft, placeOf, showInPage } from './conflicts.ts';
import { ConflictContext, ConflictPlace } from './ConflictContext.tsx';
import { ConflictValue } from './ConflictValue.tsx';
import { useRecordWords, type RecordWords } from '../../common/strings/record-words.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { Field } from '../../ui/Field.tsx';

interface Props {
  readonly conflict: Conflict;
  readonly index: number;
  readonly count: number;
  readonly isCurrent: boolean;
  /** The choice made in the preview, which is carried out with the merge. */
  readonly chosen: Keep | null;
  readonly onKeep: (keep: Keep) => void;
}

/** One conflict: its context, its values with their authors, and the buttons that keep one. */
export function ConflictCard({ conflict, index, count, isCurrent, chosen, onKeep }: Props) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const peek = usePeek();
  const card = useRef<HTMLElement>(null);
  const isWriting = useConflictAt((state) => state.writing === conflict.id);
  const title = titleOf(conflict, words, t);
  const where = placeOf(conflict);
  // The words of a passage are shown below.
  const isNamed =
    conflict.about !== '' && (conflict.passage === null || conflict.kind === 'choice' || conflict.kind === 'decision');
  return (
    <section
      ref={card}
      className="merge-conflict"
      data-conflict={index}
      data-key={conflict.id}
      data-current={isCurrent || undefined}
      tabIndex={-1}
      data-takes-focus={isCurrent || undefined}
      aria-current={isCurrent ? 'true' : undefined}
      aria-label={t('merge.conflicts.label', {
        at: index + 1,
        count,
        title: [title, conflict.about].filter((part) => part !== '').join(', '),
      })}
    >
      <header className="line">
        <span className="dim merge-at">{t('merge.conflicts.at', { at: index + 1, count })}</span>
        <h3 className="strong merge-title">{title}</h3>
        {isNamed ? <bdi className="strong cut">{conflict.about}</bdi> : null}
        <span className="dim cut grow">
          <ConflictPlace conflict={conflict} />
        </span>
        {where === null ? null : (
          <Button
            kind="quiet"
            size="small"
            icon="go"
            keys={shownKeysOf('team.show')}
            onPress={() => showInPage(conflict, peek)}
          >
            {t(`merge.conflicts.show.${where}`)}
          </Button>
        )}
      </header>
      <ConflictContext conflict={conflict} />
      <Values conflict={conflict} chosen={chosen} onKeep={onKeep} />
      {sidesOf(conflict).some(({ inForce }) => inForce) ? null : (
        <p className="hint">{t('merge.conflicts.noneInForce')}</p>
      )}
      {isWriting ? (
        <WriteAnother
          conflict={conflict}
          chosen={chosen}
          onKeep={(value) => {
            writeAnother(null);
            onKeep({ value });
            card.current?.focus();
          }}
          onClose={() => {
            writeAnother(null);
            card.current?.focus();
          }}
        />
      ) : (
        <Choices conflict={conflict} chosen={chosen} onKeep={onKeep} />
      )}
    </section>
  );
}

/** All values of a conflict. Contradicting resolutions may have left none of them in force. */
const sidesOf = ({ mine, incoming, others }: Conflict): ConflictSide[] => [mine, incoming, ...others];

/** Whether a side can be kept that is neither mine nor the first incoming one. */
const canKeepByValue = ({ canWrite, kind }: Conflict): boolean => canWrite || kind === 'choice' || kind === 'decision';

function Values({ conflict, chosen, onKeep }: Pick<Props, 'conflict' | 'chosen' | 'onKeep'>) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const isMine = useIsMine(conflict);
  const [first, ...more] = othersOf(conflict);
  const written = chosen !== null && typeof chosen === 'object' ? chosen.value : null;
  return (
    <div className="merge-values">
      <ConflictValue
        title={t(isMine ? 'merge.conflicts.mine' : 'merge.conflicts.here')}
        side={conflict.mine}
        against={first ?? conflict.incoming}
        isOn={chosen === 'mine' || chosen === 'both'}
      />
      {first === undefined ? null : (
        <ConflictValue
          title={t('merge.conflicts.incoming')}
          side={first}
          against={conflict.mine}
          isOn={chosen === 'incoming' || chosen === 'both'}
        />
      )}
      {more.map((side) => (
        <ConflictValue
          key={side.commit}
          title={t('merge.conflicts.incoming')}
          side={side}
          against={conflict.mine}
          isOn={written !== null && JSON.stringify(written) === JSON.stringify(side.value)}
          {...(canKeepByValue(conflict) && !side.deleted && !isReadOnly
            ? { onKeep: () => onKeep({ value: side.value }) }
            : {})}
        />
      ))}
    </div>
  );
}

function Choices({ conflict, chosen, onKeep }: Pick<Props, 'conflict' | 'chosen' | 'onKeep'>) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const isMine = useIsMine(conflict);
  if (isReadOnly) return null;
  const written = chosen !== null && typeof chosen === 'object';
  const choice = (name: 'mine' | 'incoming' | 'both', keys: string[]) => {
    const isOn = chosen === name;
    return (
      <Button
        keys={keys}
        aria-pressed={isOn}
        {...(isOn ? { icon: 'check' as const } : {})}
        onPress={() => onKeep(name)}
      >
        {name === 'mine' && !isMine
          ? t(isOn ? 'merge.conflicts.keeping.here' : 'merge.conflicts.keep.here', { person: conflict.mine.person })
          : t(isOn ? `merge.conflicts.keeping.${name}` : `merge.conflicts.keep.${name}`)}
      </Button>
    );
  };
  return (
    <div className="line" data-wrap>
      {choice('mine', shownKeysOf('team.keepMine'))}
      {choice('incoming', shownKeysOf('team.keepIncoming'))}
      {conflict.canKeepBoth ? choice('both', shownKeysOf('team.keepBoth')) : null}
      {conflict.canWrite ? (
        <Button
          kind="quiet"
          keys={shownKeysOf('team.write')}
          {...(written ? { icon: 'check' as const, 'aria-pressed': true } : {})}
          onPress={() => writeAnother(conflict.id)}
        >
          {t(written ? 'merge.conflicts.written' : 'merge.conflicts.write')}
        </Button>
      ) : null}
    </div>
  );
}

/** Whether the acting person wrote `mine`. If not, another person did, and it came into this folder first. */
function useIsMine({ mine }: Conflict): boolean {
  const own = useCall('app.state', {}).data?.person.id;
  return own === undefined || mine.personId === own;
}

/** The kind of conflict, or the field. */
function titleOf(
  { kind, entity, field }: Conflict,
  words: RecordWords,
  t: ReturnType<typeof useTranslation>['t'],
): string {
  switch (kind) {
    case 'tags':
      return t('merge.conflicts.tags');
    case 'deleted':
      return t('merge.conflicts.deleted', { what: words.single(entity) });
    case 'choice':
      return t('merge.conflicts.choice');
    case 'decision':
      return t('merge.conflicts.decision');
    case 'field':
      return words.fieldOf(entity, field);
  }
}

interface AnotherProps {
  readonly conflict: Conflict;
  readonly chosen: Keep | null;
  readonly onKeep: (value: string) => void;
  readonly onClose: () => void;
}

/** A field for another value, which starts with your own. Ctrl Enter keeps the text, Escape closes the field. */
function WriteAnother({ conflict, chosen, onKeep, onClose }: AnotherProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => {
    const written = chosen !== null && typeof chosen === 'object' ? chosen.value : null;
    return typeof written === 'string' ? written : firstDraft(conflict);
  });
  const isEmpty = text.trim() === '';
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A block body: newer versions of Chromium return a promise, which React would take for a clean-up function.
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    // The field inside has the focus; its key events bubble up to here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={place}
      className="stack"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') onClose();
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isEmpty) onKeep(text);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Field label={t('merge.conflicts.another')} value={text} onChange={setText} lines={3} autoFocus />
      <div className="line" data-wrap>
        <Button isDisabled={isEmpty} keys={shownKeysOf('team.mergeNow')} onPress={() => onKeep(text)}>
          {t('merge.conflicts.keep.this')}
        </Button>
        <Button kind="quiet" keys={['Esc']} onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  );
}
