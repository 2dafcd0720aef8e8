import { useEffect, useRef } from 'react';
import type { DraftDesk, DraftFinding, DraftSentence } from '../../../shared/contract/drafts.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { handleListKey } from '../../ui/keys.ts';
import { ListRow } from '../../ui/VirtualList.tsx';
import { isMarkdown, type Look, type Segment, segmentsOf, unresolved } from './state.ts';

interface SentencesProps {
  readonly desk: DraftDesk;
  readonly current: number;
  readonly look: Look;
  readonly onCurrent: (number: number) => void;
}
/** The sentences under their headings, in rows or as running text. The list is one tab stop; arrows, Home, End and page keys move. */
export function Sentences({ desk, current, look, onCurrent }: SentencesProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${idOf(current)}`)?.scrollIntoView({ block: 'nearest' });
  }, [current, desk.draft.id, look]);
  // A draft is read after it is opened; until then a button above has the focus.
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === document.body || (activeElement?.closest('.drafting-head') ?? null) !== null)
      list.current?.focus();
  }, [desk.draft.id]);
  const isMarked = isMarkdown(desk.draft.fileName);
  const groups = [...Map.groupBy(desk.sentences, ({ heading }) => heading)];
  return (
    <div
      ref={list}
      className="drafting-sentences scroll"
      role="listbox"
      aria-label={t('desk.sentences')}
      aria-activedescendant={idOf(current)}
      tabIndex={0}
      onKeyDown={(event) =>
        handleListKey(event, {
          current: current - 1,
          count: desk.sentences.length,
          ignoresModifiers: true,
          onMove: (next) => onCurrent(next + 1),
        })
      }
    >
      {groups.map(([heading, sentences]) => {
        const { text, level } =
          heading === null ? { text: '', level: 1 } : (desk.headings[heading] ?? { text: '', level: 1 });
        return (
          <div key={heading ?? 'none'} role="group" aria-label={text === '' ? t('desk.noHeading') : text}>
            {text === '' || sentences[0]?.isHeading === true ? null : (
              <p className="drafting-heading" data-level={level} aria-hidden>
                <bdi>{text}</bdi>
              </p>
            )}
            {look === 'text' ? (
              <Running sentences={sentences} current={current} isMarked={isMarked} onCurrent={onCurrent} />
            ) : null}
            {(look === 'text' ? [] : sentences).map((sentence, at) => (
              <Row
                key={sentence.number}
                sentence={sentence}
                isCurrent={sentence.number === current}
                isMarked={isMarked}
                isParagraph={at > 0 && sentences[at - 1]?.paragraph !== sentence.paragraph}
                onPress={() => onCurrent(sentence.number)}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

const idOf = (number: number): string => `drafting-sentence-${String(number)}`;

interface RowProps {
  readonly sentence: DraftSentence;
  readonly isCurrent: boolean;
  readonly isParagraph: boolean;
  readonly isMarked: boolean;
  readonly onPress: () => void;
}
function Row({ sentence, isCurrent, isParagraph, isMarked, onPress }: RowProps) {
  const { number, lang, state, isHeading } = sentence;
  return (
    <ListRow
      id={idOf(number)}
      isCurrent={isCurrent}
      className="drafting-row"
      data-paragraph={isParagraph || undefined}
      data-heading={isHeading || undefined}
      data-done={state === 'accepted' || state === 'once' || state === 'nothing' || undefined}
      onClick={onPress}
    >
      <span className="code dim">{formatNumber(number)}</span>
      <p className="drafting-words" lang={lang === 'zh' ? 'zh' : undefined}>
        {segmentsOf(sentence, isMarked).map((segment, at) => (
          <Words key={at} segment={segment} />
        ))}
      </p>
      <Status sentence={sentence} />
    </ListRow>
  );
}

/** The draft as running text in paragraphs, with a status sign after each sentence. */
function Running({
  sentences,
  current,
  isMarked,
  onCurrent,
}: Pick<SentencesProps, 'current' | 'onCurrent'> & {
  readonly sentences: readonly DraftSentence[];
  readonly isMarked: boolean;
}) {
  const { t } = useTranslation();
  return [...Map.groupBy(sentences, ({ paragraph }) => paragraph)].map(([paragraph, all]) => (
    <div key={paragraph} role="presentation" className="drafting-paragraph">
      {all.map((sentence) => {
        const { number, lang, state } = sentence;
        return (
          // The list handles the keyboard.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <span
            key={number}
            id={idOf(number)}
            role="option"
            aria-selected={number === current}
            tabIndex={-1}
            className="drafting-run"
            data-state={state}
            lang={lang === 'zh' ? 'zh' : undefined}
            title={t('desk.cell', { number, state: t(`desk.states.${state}`) })}
            onClick={() => onCurrent(number)}
          >
            {segmentsOf(sentence, isMarked).map((segment, at) => (
              <Words key={at} segment={segment} />
            ))}
            <span
              className="drafting-sign"
              data-tone={state === 'fails' ? 'bad' : state === 'returned' ? 'warn' : undefined}
            >
              <Icon name={SIGNS[state]} size="small" />
              <span className="unseen">{t(`desk.states.${state}`)}</span>
            </span>{' '}
          </span>
        );
      })}
    </div>
  ));
}

/** A run of words. Quoted words are in serif, since they claim to be a source’s words. */
function Words({ segment: { text, kinds, weight } }: { segment: Segment }) {
  if (kinds.size === 0) return <>{text}</>;
  const look =
    weight === 'error' ? 'error' : weight === 'warning' ? 'warning' : kinds.has('figure') ? 'figure' : undefined;
  return (
    <span
      className={kinds.has('quotation') ? 'source-words' : undefined}
      data-look={look}
      data-cites={kinds.has('citation') || undefined}
    >
      {text}
    </span>
  );
}

const SIGNS: Readonly<Record<DraftSentence['state'], IconName>> = {
  accepted: 'check',
  once: 'check',
  open: 'clock',
  returned: 'undo',
  fails: 'alert',
  nothing: 'minus',
};

/** The status of a sentence; if it fails, which finding fails. */
export function Status({ sentence }: { sentence: DraftSentence }) {
  const { t } = useTranslation();
  const { state } = sentence;
  const open = unresolved(sentence);
  const first = open[0];
  const tone = state === 'fails' ? 'bad' : state === 'returned' ? 'warn' : undefined;
  const more = open.length - (state === 'fails' ? 1 : 0);
  return (
    <span className="drafting-state">
      <span data-tone={tone}>
        <Icon name={SIGNS[state]} size="small" />
        {state === 'fails' && first !== undefined
          ? t(`desk.status.${failureOf(first)}`)
          : t(`desk.status.${stateWord(state)}`)}
      </span>
      {more > 0 && state !== 'accepted' && state !== 'nothing' ? (
        <span className="dim">{t('desk.status.more', { count: more })}</span>
      ) : null}
    </span>
  );
}
const stateWord = (state: DraftSentence['state']) => (state === 'fails' ? ('open' as const) : state);

function failureOf(
  finding: DraftFinding,
): 'changed' | 'not-found' | 'other-language' | 'relation' | 'figure' | 'order' {
  if (finding.kind === 'order') return 'order';
  if (finding.kind !== 'quotation') return finding.kind === 'figure' ? 'figure' : 'relation';
  return finding.status === 'not-found' || finding.status === 'other-language' ? finding.status : 'changed';
}
