import type { DraftCard } from '../../../shared/contract/draft-cards.ts';
import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import { periodWords, unitWords, valueWords } from '../../common/figures/words.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage, openRange } from '../../common/workbench/workbench.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { isAtOdds } from './state.ts';

type FigureFinding = Extract<DraftFinding, { kind: 'figure' }>;

/** A figure of the draft with its cards, and with the passages whose words contain it. */
export function FigureCards({ finding }: { finding: FigureFinding }) {
  const { t } = useTranslation();
  const { cards, matches, text } = finding;
  const sources = new Set<string>(cards.map(({ source }) => source));
  const others = matches.filter(({ source, linked }) => linked || !sources.has(source));
  return (
    <>
      <p className="line">
        {isAtOdds(finding) ? <span className="dim">{t('desk.draftWords')}</span> : null}
        <bdi className="strong">{text}</bdi>
      </p>
      {cards.map((card) => (
        <Card key={card.id} card={card} />
      ))}
      {cards.length + others.length === 0 ? <p className="hint">{t('desk.noMatch')}</p> : null}
      {others.map((match) => (
        <p key={match.passage} className="line hint">
          <span className="grow">
            {match.linked ? t('desk.linkedFigure') : t('desk.matches')} <bdi>{match.title}</bdi>:{' '}
            <bdi className="source-words">{match.text}</bdi>
          </span>
          <LinkButton onPress={() => openPassage(match)}>{t('desk.openPlace')}</LinkButton>
        </p>
      ))}
    </>
  );
}

/** A figure card: value, unit, period and place, whether a person confirmed it, and where the draft differs from it. */
function Card({ card }: { card: DraftCard }) {
  const { t } = useTranslation();
  const { kind, period, place, title, state, differs, because, source, start, end, text, subject } = card;
  const isConfirmed = state === 'confirmed' || state === 'reviewed';
  const marked = (what: DraftCard['differs'][number], words: string) =>
    differs.includes(what) ? <mark>{words}</mark> : words;
  const parts = [
    <bdi key="value" className="strong">
      {marked('value', valueWords(card))} {marked('unit', unitWords(card, t))}
    </bdi>,
    ...(kind === 'actual' && !differs.includes('kind')
      ? []
      : [<span key="kind">{marked('kind', t(`figureCards.kinds.${kind}`))}</span>]),
    ...(period === null ? [] : [<span key="period">{marked('period', periodWords(period))}</span>]),
    ...(place === null ? [] : [<bdi key="place">{marked('place', place)}</bdi>]),
    ...(subject === '' ? [] : [<bdi key="subject">{subject}</bdi>]),
  ];
  return (
    <div className="drafting-card" data-state={differs.length > 0 ? 'differs' : isConfirmed ? 'confirmed' : 'found'}>
      <p className="line" data-wrap>
        <Icon name={differs.length > 0 ? 'alert' : isConfirmed ? 'check' : 'clock'} size="small" />
        {parts}
      </p>
      <p className="line hint">
        <span className="grow">
          {t(`figureCards.states.${state}`)}
          {because === null ? null : `, ${t(`desk.cardBecause.${because}`)}`}: <bdi>{title}</bdi>,{' '}
          <bdi className="source-words">{text}</bdi>
        </span>
        <LinkButton onPress={() => openRange(source, { start, end })}>{t('desk.openPlace')}</LinkButton>
      </p>
    </div>
  );
}
