import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { formatMoment, formatWhenShort } from '../../common/format.ts';
import { directionOf, languageName } from '../../common/review/languages.ts';
import { MarkedWords } from '../../common/review/MarkedWords.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { happenedTo, type Happened } from './history.ts';

/** All that happened to the passage in review, the newest first; a draft opens to how it differs from the one before. */
export function History({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation();
  const all = happenedTo(detail);
  if (all.length === 0) return <p className="hint">{t('review.history.none')}</p>;
  const isMany = new Set(detail.drafts.map(({ language }) => language)).size > 1;
  return (
    <ol className="review-history">
      {all.map((one) => (
        <Line
          key={`${one.kind} ${String(one.at)} ${one.kind === 'draft' ? one.draft.language : one.move.state}`}
          one={one}
          isMany={isMany}
        />
      ))}
    </ol>
  );
}

function Line({ one, isMany }: { one: Happened; isMany: boolean }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const [isOpen, setOpen] = useState(false);
  const who = one.kind === 'move' ? one.move.name : one.draft.person;
  return (
    <li>
      <div className="review-happened">
        <span className="grow">
          {one.kind === 'move' ? (
            <Move one={one} />
          ) : (
            <DraftName one={one} isMany={isMany} isOpen={isOpen} onOpen={() => setOpen(!isOpen)} />
          )}
        </span>
        <bdi className="hint" title={formatMoment(one.at)}>
          {who}, {formatWhenShort(one.at, now)}
        </bdi>
      </div>
      {one.kind === 'draft' && isOpen ? (
        <p className="review-draft review-words" lang={one.draft.language} dir={directionOf(one.draft.language)}>
          {one.draft.text === '' ? (
            <span className="unset">{t('review.history.emptied')}</span>
          ) : (
            <MarkedWords text={one.draft.text} before={one.before?.text ?? null} />
          )}
        </p>
      ) : null}
    </li>
  );
}

function Move({ one: { move } }: { one: Extract<Happened, { kind: 'move' }> }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`review.states.${move.state}`)}
      {move.comment === '' ? null : (
        <>
          : <bdi dir="auto">{move.comment}</bdi>
        </>
      )}
      {move.second === null ? null : <span className="hint"> {move.second.words}</span>}
      {move.counts ? null : (
        <>
          {' '}
          <Badge tone={move.forged ? 'bad' : 'warn'} icon={move.forged ? 'unverified' : 'alert'}>
            {t('review.history.notCounted')}
          </Badge>{' '}
          <span className="hint">{move.why}</span>
        </>
      )}
    </>
  );
}

interface DraftNameProps {
  readonly one: Extract<Happened, { kind: 'draft' }>;
  readonly isMany: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function DraftName({ one: { number, before, draft }, isMany, isOpen, onOpen }: DraftNameProps) {
  const { t } = useTranslation();
  const what =
    before === null
      ? t('review.history.draft', { number })
      : t('review.history.replaces', { number, before: number - 1 });
  return (
    <LinkButton aria-expanded={isOpen} onPress={onOpen}>
      {isMany ? `${what}, ${languageName(draft.language)}` : what}
    </LinkButton>
  );
}
