import type { Claim, ClaimLink } from '../../../shared/contract/claims.ts';
import { CLAIM_RELATIONS, type ClaimRelation } from '../../../shared/model/index.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { tellWhether } from '../../common/drafts/refused.ts';
import { SavedField } from '../../common/drafts/SavedField.tsx';
import { formatWhen } from '../../common/format.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useNow } from '../../common/now.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useNames } from '../../common/people/use-names.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { directionOf } from '../../common/review/languages.ts';
import { StateBadge } from '../../common/review/InspectorReview.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Balance } from './Balance.tsx';
import { RELATION_SIGNS } from '../../common/claims/relations.ts';
import { openAddDialog } from '../../common/dossiers/add-dialog.ts';
import { showClaim } from '../../common/claims/state.ts';

const EMPTY = { passages: 0, origins: 0 } as const;

interface ClaimPaneProps {
  readonly claim: Claim;
  readonly number: number;
  readonly onLink: () => void;
}

/** A claim with its passages, grouped by whether they support, limit or contradict it. */
export function ClaimPane({ claim, number, onLink }: ClaimPaneProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const now = useNow();
  const name = useNames()?.get(claim.person ?? '');
  const change = useWrite('claims.change');
  const remove = useWrite('claims.remove');
  return (
    <section className="claim-main" aria-label={t('claims.number', { number })}>
      <div className="bar">
        <h2 className="strong">{t('claims.number', { number })}</h2>
        <span className="line dim grow">
          {name === undefined ? null : <PersonName id={claim.person} name={name} isInRow />}
          {formatWhen(claim.createdAt, now)}
        </span>
        <Button icon="link" keys={shownKeysOf('linkPassage')} isDisabled={isReadOnly} onPress={onLink}>
          {t('claims.link')}
        </Button>
        {isReadOnly ? null : (
          <Menu
            label={t('claims.menu')}
            trigger={<IconButton icon="more" label={t('claims.menu')} />}
            entries={[
              {
                id: 'dossier',
                label: t('addToDossier.command'),
                icon: 'folder',
                run: () => openAddDialog({ kind: 'claim', claim: claim.id }),
              },
              {
                id: 'remove',
                label: t('claims.remove'),
                icon: 'remove',
                tone: 'bad',
                run: () =>
                  remove.mutate(
                    { id: claim.id },
                    {
                      onSuccess: () => {
                        showClaim(null);
                        announce(t('claims.done.removed'));
                      },
                    },
                  ),
              },
            ]}
          />
        )}
      </div>
      <div className="claim-head">
        <SavedField
          key={claim.id}
          name={`claim ${claim.id} text`}
          label={t('claims.sentence')}
          value={claim.text}
          lines={3}
          isReadOnly={isReadOnly}
          check={(text) => (text === '' ? t('claims.empty') : null)}
          onSave={(text, tell) =>
            tellWhether(change.mutateAsync({ id: claim.id, text }), tell, (thrown) => notifyError(errorDataOf(thrown)))
          }
        />
        <Sums claim={claim} />
      </div>
      <div className="grow scroll" role="group" aria-label={t('claims.passages')}>
        {claim.links.length === 0 ? (
          <EmptyState title={t('claims.none.title')} text={t('claims.none.text')}>
            {isReadOnly ? null : (
              <Button kind="primary" icon="link" onPress={onLink}>
                {t('claims.link')}
              </Button>
            )}
          </EmptyState>
        ) : (
          CLAIM_RELATIONS.map((as) => <Relation key={as} claim={claim} as={as} />)
        )}
      </div>
    </section>
  );
}

/** The support of a claim in words beside the blocks. Contradictions are never left out. */
function Sums({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const { supports, limits, contradicts, unanswered } = claim;
  const copies = supports.passages - supports.origins;
  return (
    <div className="line claim-sums" data-wrap>
      <span className="line">
        {supports.passages === 0 ? null : <Balance claim={{ supports, limits: EMPTY, contradicts: EMPTY }} />}
        <span className="strong">{t('claims.support', { count: supports.origins })}</span>
        {copies > 0 ? <span className="dim">{t('claims.copies', { count: copies })}</span> : null}
      </span>
      {limits.passages === 0 ? null : (
        <span className="line">
          <Balance claim={{ supports: EMPTY, limits, contradicts: EMPTY }} />
          {t('claims.limit', { count: limits.passages })}
        </span>
      )}
      {contradicts.passages === 0 ? null : (
        <span className="line" data-tone={unanswered > 0 ? 'bad' : undefined}>
          <Balance claim={{ supports: EMPTY, limits: EMPTY, contradicts }} />
          {t('claims.contradict', { count: contradicts.passages })}
          {unanswered === 0 ? null : `, ${t('claims.unanswered', { count: unanswered })}`}
        </span>
      )}
    </div>
  );
}

function Relation({ claim, as }: { claim: Claim; as: ClaimRelation }) {
  const { t } = useTranslation();
  const links = claim.links.filter((link) => link.as === as);
  if (links.length === 0) return null;
  const { passages, origins } = claim[as];
  // A copy is listed below the first passage of its origin, so that it does not look like further support.
  const known = new Set<string>();
  const rows = links.map((link) => {
    const isCopy =
      known.has(link.origin) && links.some((one) => one.origin === link.origin && one.source !== link.source);
    known.add(link.origin);
    return { link, isCopy };
  });
  return (
    <section aria-label={t(`claims.as.${as}`)}>
      <h3 className="claim-relation">
        <span className="strong" data-tone={as === 'contradicts' ? 'bad' : undefined}>
          {t(`claims.as.${as}`)}
        </span>
        <span className="dim">
          {t('claims.counted', { count: passages })}
          {origins === passages ? null : `, ${t('claims.origins', { count: origins })}`}
        </span>
      </h3>
      <ul className="claim-links">
        {rows.map(({ link, isCopy }) => (
          <LinkRow key={link.passage} claim={claim} link={link} isCopy={isCopy} />
        ))}
      </ul>
    </section>
  );
}

function LinkRow({ claim, link, isCopy }: { claim: Claim; link: ClaimLink; isCopy: boolean }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const again = useWrite('claims.link');
  const unlink = useWrite('claims.unlink');
  const { passage, source, quote, language, translation } = link;
  return (
    <li className="claim-link" data-copy={isCopy || undefined}>
      <Icon name={isCopy ? 'copy' : RELATION_SIGNS[link.as]} size="small" />
      <blockquote className="source-words" lang={language ?? undefined} dir="auto">
        {quote === '' ? t('claims.area', { page: link.page }) : quotedWords(quote, link.kind)}
      </blockquote>
      <div className="claim-from">
        <LinkButton onPress={() => openPassage({ source, passage })}>
          <bdi>{link.title}</bdi>, {t('claims.page', { page: link.page })}
        </LinkButton>
        <span className="line dim" data-wrap>
          {link.date === null ? t('claims.noDate') : <DateEdtf edtf={link.date} />}
          <StateBadge state={link.state} />
        </span>
        {link.as === 'contradicts' ? (
          <span data-tone={link.answer === '' ? 'warn' : undefined}>
            {link.answer === '' ? t('claims.noAnswer') : t('claims.answered')}
          </span>
        ) : null}
        {isCopy ? <span className="dim">{t('claims.isCopy')}</span> : null}
      </div>
      {translation === null ? null : (
        <p className="claim-translation" lang={translation.language} dir={directionOf(translation.language)}>
          {translation.text}
        </p>
      )}
      {isReadOnly ? null : (
        <Menu
          label={t('claims.linkMenu')}
          trigger={<IconButton size="small" icon="more" label={t('claims.linkMenu')} />}
          entries={[
            ...CLAIM_RELATIONS.filter((as) => as !== link.as).map((as) => ({
              id: as,
              label: t(`claims.relink.${as}`),
              icon: RELATION_SIGNS[as],
              run: () =>
                again.mutate(
                  { id: claim.id, passages: [passage], as },
                  { onSuccess: () => announce(t(`claims.linkedAs.${as}`)) },
                ),
            })),
            {
              id: 'unlink',
              label: t('claims.unlink'),
              icon: 'remove' as const,
              run: () =>
                unlink.mutate({ id: claim.id, passage }, { onSuccess: () => announce(t('claims.done.unlinked')) }),
            },
          ]}
        />
      )}
    </li>
  );
}
