import { useRef, useEffect, useState, useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useReadOnly } from '../../common/read-only.ts';
import type { Conflict, ConflictSide, Keep } from '../../../shared/contract/merge.ts';
import { useCall, usePeek } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import {
  useConflictAt,
  writeAnother,
  othersOf,
  firstDraft,
  placeOf,
  showInPage,
  categoriesIn,
  taggingOf,
} from './conflicts.ts';
import { useRecordWords, type RecordWords } from '../../common/strings/record-words.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { Field } from '../../ui/Field.tsx';
import type { Category, Passage, Source } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { familyStyle, FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { PersonName } from '../../common/people/PersonName.tsx';
import { wordPieces } from '../../../shared/text/diff.ts';
import { formatWhen } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Icon } from '../../ui/Icon.tsx';

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

/** The place of a conflict: source and page, or the codebook. */
function ConflictPlace({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation();
  const { passage, source } = useHome(conflict);
  if (source !== undefined) {
    const name = source.title ?? source.fileName;
    // A conflict about the source itself begins with its name.
    if (conflict.entity === 'source' && conflict.about === `“${name}”`) return null;
    const hasPages = passage !== undefined && source.kind === 'pdf';
    return (
      <>
        <bdi>{name}</bdi>
        {hasPages ? t('merge.conflicts.page', { page: passage.anchor.page }) : null}
      </>
    );
  }
  return conflict.category === null ? null : t('merge.conflicts.codebook');
}

/** The quotation with its surrounding text, or the category, that a conflict is about. */
function ConflictContext({ conflict }: { conflict: Conflict }) {
  const { passage, source } = useHome(conflict);
  const categories = useCall('codebook.get', {}).data?.categories;
  if (passage !== undefined) {
    const [first] = passage.tags;
    const category = categories?.find(({ id }) => id === first?.category);
    return <Quote passage={passage} source={source} category={category} />;
  }
  const category = categories?.find(({ id }) => id === conflict.category);
  return category === undefined ? null : <CategoryLine category={category} />;
}

function useHome({ passage: id, source: of }: Conflict): {
  readonly passage: Passage | undefined;
  readonly source: Source | undefined;
} {
  const passage = useCall('passages.get', id === null ? null : { id }).data;
  const home = passage?.source ?? of;
  const source = useCall('sources.get', home === null ? null : { id: home }).data;
  return { passage, source };
}

interface QuoteProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
  readonly category: Category | undefined;
}

function Quote({ passage: { anchor }, source, category }: QuoteProps) {
  const { t } = useTranslation();
  if (anchor.kind === 'area') return <p className="team-context mid">{t('merge.conflicts.area')}</p>;
  const { className, style } = category === undefined ? NO_FAMILY : familyStyle(category.code, category.colour);
  const language = source?.language ?? null;
  const shown = (text: string): string => quotedWords(text, 'pdf');
  return (
    <blockquote className="team-context source-words" dir="auto" {...(language === null ? {} : { lang: language })}>
      <span className="dim">{shown(anchor.prefix)}</span>
      <mark className={`team-quote ${className}`} style={style}>
        {quotedWords(anchor.exact, source?.kind ?? 'text')}
      </mark>
      <span className="dim">{shown(anchor.suffix)}</span>
    </blockquote>
  );
}
const NO_FAMILY = { className: 'f-aim', style: {} };

function CategoryLine({ category }: { category: Category }) {
  const { t } = useTranslation();
  return (
    <p className="team-context line">
      <FamilySign code={category.code} colour={category.colour} />
      <span className="code">{restOf(category.code)}</span>
      <bdi>{category.name}</bdi>
      <span className="dim">{t('merge.conflicts.use', { count: category.passages })}</span>
    </p>
  );
}

interface ValueProps {
  readonly title: string;
  readonly side: ConflictSide;
  /** The value to compare with: differing words are marked. */
  readonly against: ConflictSide;
  readonly isOn: boolean;
  /** Given if the card has no button for this value, which is so for all but mine and the first incoming one. */
  readonly onKeep?: () => void;
}

/** One value of a conflict, with who wrote it and when. */
function ConflictValue({ title, side, against, isOn, onKeep }: ValueProps) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <div className="merge-value" data-on={isOn || undefined}>
      <p className="line">
        <span className="strong">{title}</span>
        <span className="hint cut" title={formatMoment(side.at)}>
          <PersonName id={side.personId ?? null} name={side.person} />
          {`, ${formatWhen(side.at, now)}`}
        </span>
        {side.inForce ? <span className="hint">{t('merge.conflicts.inForce')}</span> : null}
        {isOn ? <span className="unseen">{t('merge.conflicts.kept')}</span> : null}
      </p>
      <ValueText side={side} against={against} />
      {onKeep === undefined ? null : (
        <Button size="small" onPress={onKeep}>
          {t('merge.conflicts.keep.this')}
        </Button>
      )}
    </div>
  );
}

function ValueText({ side, against }: Pick<ValueProps, 'side' | 'against'>) {
  const { t } = useTranslation();
  const categories = useCall('codebook.get', {}).data?.categories;
  const known = useMemo(() => new Map((categories ?? []).map((one) => [one.id as string, one])), [categories]);
  if (side.deleted) {
    return (
      <p className="merge-value-text mid">
        <Icon name="close" size="small" />
        <bdi>{side.text === '' ? t('merge.conflicts.gone') : side.text}</bdi>
      </p>
    );
  }
  const tagging = taggingOf(side);
  if (tagging !== null) {
    return (
      <>
        <Tagged how="added" categories={categoriesIn(tagging.added, known)} />
        <Tagged how="removed" categories={categoriesIn(tagging.removed, known)} />
      </>
    );
  }
  const tagged = categoriesIn(side.value, known);
  if (tagged.length > 0) {
    return (
      <div className="line" data-wrap>
        {tagged.map(({ id, code, name, colour }) => (
          <Chip key={id} code={code} name={name} colour={colour} />
        ))}
      </div>
    );
  }
  if (side.text === '') return <p className="dim">{t('records.empty')}</p>;
  return (
    <p className="merge-text" dir="auto">
      <Marked text={side.text} against={against.text} />
    </p>
  );
}

/** Tags added or removed, as chips. */
function Tagged({ how, categories }: { how: 'added' | 'removed'; categories: readonly Category[] }) {
  const { t } = useTranslation();
  if (categories.length === 0) return null;
  return (
    <div className="line" data-wrap>
      <span className="merge-how mid">
        <Icon name={how === 'added' ? 'add' : 'minus'} size="small" />
        {t(`records.hows.${how}`)}
      </span>
      {categories.map(({ id, code, name, colour }) => (
        <Chip key={id} code={code} name={name} colour={colour} />
      ))}
    </div>
  );
}

/** Differences are not marked if both texts together are longer than this, in UTF-16 code units. */
const LONGEST = 20_000;

/** The text of a value. Words that the other value lacks are underlined. */
function Marked({ text, against }: { text: string; against: string }) {
  const pieces = useMemo(
    () => (text.length + against.length > LONGEST ? [] : wordPieces(against, text)),
    [text, against],
  );
  if (!pieces.some(({ kind }) => kind === 'same')) return text;
  return pieces.map(({ kind, text: words }, at) => {
    // The pieces of a text have no identity other than their order.
    const key = String(at);
    if (kind === 'gone') return null;
    return kind === 'new' ? <ins key={key}>{words}</ins> : <span key={key}>{words}</span>;
  });
}
