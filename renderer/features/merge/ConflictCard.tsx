import { useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Conflict, Keep } from '../../../shared/contract/merge.ts';
import { usePeek } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useConflictAt, writeAnother } from './conflict-state.ts';
import { othersOf } from './conflict-words.ts';
import { ConflictContext, ConflictPlace } from './ConflictContext.tsx';
import { ConflictValue } from './ConflictValue.tsx';
import { placeOf, showInPage } from './show-conflict.ts';
import { useWords, type Words } from './words.ts';
import { WriteAnother } from './WriteAnother.tsx';

interface Props {
  readonly conflict: Conflict;
  readonly index: number;
  readonly count: number;
  readonly isCurrent: boolean;
  /** What was decided and is done with the merge. */
  readonly decided: Keep | null;
  readonly onKeep: (keep: Keep) => void;
}

/** One conflict in its place: the words it is about, both values, who said them and when, and what one can keep. */
export function ConflictCard({ conflict, index, count, isCurrent, decided, onKeep }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const peek = usePeek();
  const card = useRef<HTMLElement>(null);
  const isWriting = useConflictAt((state) => state.writing === conflict.id);
  const title = titleOf(conflict, words, t);
  const where = placeOf(conflict);
  return (
    <section
      ref={card}
      className="team-conflict"
      data-conflict={index}
      data-key={conflict.id}
      data-current={isCurrent || undefined}
      tabIndex={-1}
      aria-current={isCurrent ? 'true' : undefined}
      aria-label={t('team.conflicts.label', { at: index + 1, count, title })}
    >
      <header className="line">
        <span className="dim team-at">{t('team.conflicts.at', { at: index + 1, count })}</span>
        <h3 className="strong team-title">{title}</h3>
        <span className="dim cut grow">
          <ConflictPlace conflict={conflict} />
        </span>
        {where === null ? null : (
          <Button kind="quiet" size="small" icon="go" keys={['O']} onPress={() => showInPage(conflict, peek)}>
            {t(`team.conflicts.show.${where}`)}
          </Button>
        )}
      </header>
      <ConflictContext conflict={conflict} />
      <Values conflict={conflict} decided={decided} onKeep={onKeep} />
      {isWriting ? (
        <WriteAnother
          conflict={conflict}
          decided={decided}
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
        <Choices conflict={conflict} decided={decided} onKeep={onKeep} />
      )}
    </section>
  );
}

function Values({ conflict, decided, onKeep }: Pick<Props, 'conflict' | 'decided' | 'onKeep'>) {
  const { t } = useTranslation();
  const [first, ...more] = othersOf(conflict);
  const written = decided !== null && typeof decided === 'object' ? decided.value : null;
  return (
    <div className="team-values">
      <ConflictValue
        title={t('team.conflicts.mine')}
        side={conflict.mine}
        against={first ?? conflict.incoming}
        isOn={decided === 'mine' || decided === 'both'}
      />
      {first === undefined ? null : (
        <ConflictValue
          title={t('team.conflicts.incoming')}
          side={first}
          against={conflict.mine}
          isOn={decided === 'incoming' || decided === 'both'}
        />
      )}
      {more.map((side) => (
        <ConflictValue
          key={side.commit}
          title={t('team.conflicts.incoming')}
          side={side}
          against={conflict.mine}
          isOn={written !== null && JSON.stringify(written) === JSON.stringify(side.value)}
          {...(conflict.canWrite && !side.deleted ? { onKeep: () => onKeep({ value: side.value }) } : {})}
        />
      ))}
    </div>
  );
}

function Choices({ conflict, decided, onKeep }: Pick<Props, 'conflict' | 'decided' | 'onKeep'>) {
  const { t } = useTranslation();
  const written = decided !== null && typeof decided === 'object';
  const choice = (name: 'mine' | 'incoming' | 'both', key: string) => {
    const isOn = decided === name;
    return (
      <Button
        keys={[key]}
        aria-pressed={isOn}
        {...(isOn ? { icon: 'check' as const } : {})}
        onPress={() => onKeep(name)}
      >
        {t(isOn ? `team.conflicts.keeping.${name}` : `team.conflicts.keep.${name}`)}
      </Button>
    );
  };
  return (
    <div className="line" data-wrap>
      {choice('mine', '1')}
      {choice('incoming', '2')}
      {conflict.canKeepBoth ? choice('both', '3') : null}
      {conflict.canWrite ? (
        <Button
          kind="quiet"
          keys={['4']}
          {...(written ? { icon: 'check' as const, 'aria-pressed': true } : {})}
          onPress={() => writeAnother(conflict.id)}
        >
          {t(written ? 'team.conflicts.written' : 'team.conflicts.write')}
        </Button>
      ) : null}
    </div>
  );
}

/** What stands against what, in a few words. */
function titleOf({ kind, entity, field }: Conflict, words: Words, t: ReturnType<typeof useTranslation>['t']): string {
  switch (kind) {
    case 'tags':
      return t('team.conflicts.tags');
    case 'deleted':
      return t('team.conflicts.deleted', { what: words.single(entity) });
    case 'field':
      return words.fieldOf(entity, field);
  }
}
