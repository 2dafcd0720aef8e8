import type { Claim, ClaimLink } from '../../../shared/contract/claims.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { tellWhether } from '../../common/drafts/refused.ts';
import { SavedField } from '../../common/drafts/SavedField.tsx';
import { notifyError } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { GapBadge } from '../../ui/Badge.tsx';
import { Note } from '../../ui/Note.tsx';

/** The most UTF-16 code units of a quotation that serve as its name. */
const NAMED = 40;

/** What a claim lacks: answers to contradictions, origins, and other gaps. */
export function NeedsPane({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const against = claim.links.filter(({ as }) => as === 'contradicts');
  return (
    <aside className="pane claim-needs" aria-label={t('claims.needs')}>
      <header className="pane-head">
        <h2 className="grow">{t('claims.needs')}</h2>
      </header>
      <div className="grow scroll">
        {against.length === 0 ? null : (
          <section className="pane-section claim-answers">
            {claim.unanswered === 0 ? null : <Note tone="bad">{t('claims.open', { count: claim.unanswered })}</Note>}
            {against.map((link) => (
              <Answer key={`${claim.id} ${link.passage}`} claim={claim} link={link} />
            ))}
          </section>
        )}
        <Origins claim={claim} />
        <section className="pane-section">
          <h3>
            <span className="grow">{t('claims.gapsTitle')}</span>
            {claim.gaps.length}
          </h3>
          {claim.gaps.length === 0 ? <p className="dim">{t('claims.noGaps')}</p> : null}
          <div className="gap-badges claim-gaps">
            {claim.gaps.map((gap) => (
              <GapBadge key={gap}>{t(`claims.gaps.${gap}`)}</GapBadge>
            ))}
          </div>
          {claim.undecidedCopies === 0 ? null : (
            <Note tone="warn">{t('claims.undecided', { count: claim.undecidedCopies })}</Note>
          )}
          {claim.trashedContradictions === 0 ? null : (
            <Note tone="warn">{t('claims.trashed', { count: claim.trashedContradictions })}</Note>
          )}
          {claim.unknown === 0 ? null : <p className="hint">{t('claims.unknown', { count: claim.unknown })}</p>}
        </section>
      </div>
      <footer className="pane-foot">{t('claims.weighs')}</footer>
    </aside>
  );
}

function Answer({ claim, link }: { claim: Claim; link: ClaimLink }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const answer = useWrite('claims.answer');
  const words = link.quote === '' ? link.title : link.quote;
  const quote = words.length > NAMED ? `${words.slice(0, NAMED)}…` : words;
  return (
    <SavedField
      name={`claim ${claim.id} ${link.passage}`}
      label={t('claims.answerTo', { quote })}
      value={link.answer}
      lines={3}
      placeholder={t('claims.answerHint')}
      isReadOnly={isReadOnly}
      isGap={(text) => text === ''}
      onSave={(text, tell) =>
        tellWhether(answer.mutateAsync({ id: claim.id, passage: link.passage, answer: text }), tell, (thrown) =>
          notifyError(errorDataOf(thrown)),
        )
      }
    />
  );
}

/** The texts that support a claim. Copies of one text count once. */
function Origins({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const supporting = claim.links.filter(({ as }) => as === 'supports');
  if (supporting.length === 0) return null;
  const groups = [...Map.groupBy(supporting, ({ origin }) => origin).values()];
  return (
    <section className="pane-section">
      <h3>
        <span className="grow">{t('claims.originsTitle')}</span>
        {t('claims.originsOf', { origins: groups.length, count: supporting.length })}
      </h3>
      <ul className="claim-origins">
        {groups.map((links) => {
          const first = links.find(({ source, origin }) => source === origin) ?? links[0];
          const sources = new Set(links.map(({ source }) => source)).size;
          return first === undefined ? null : (
            <li key={first.origin} className="line">
              <bdi className="grow cut">{first.title}</bdi>
              {sources > 1 ? <span className="hint">{t('claims.withCopies', { count: sources - 1 })}</span> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
