import type { Claim } from '../../../shared/contract/claims.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { shownKeysOf } from '../commands/command-keys.ts';
import { runCommand } from '../commands/registry.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { goTo } from '../workbench/workbench.ts';
import { Badge } from '../../ui/Badge.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { useReadOnly } from '../read-only.ts';
import { Icon } from '../../ui/Icon.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { RELATION_SIGNS } from './relations.ts';
import { openClaims, setWhich, showClaim, showPane } from './state.ts';

/** The claims that a passage is linked to, with their open problems: an unanswered contradiction is shown wherever the claim is. */
export function PassageClaims({ passage }: { passage: PassageId }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const claims = useCall('claims.list', {}).data?.claims ?? [];
  const linked = claims.flatMap((claim) => {
    const link = claim.links.find((one) => one.passage === passage);
    return link === undefined ? [] : [{ claim, link }];
  });
  return (
    <section className="pane-section" aria-label={t('claims.title')}>
      <SectionHead
        title={t('claims.title')}
        act={t('claims.linkAct')}
        keys={shownKeysOf('linkToClaim')}
        onAct={isReadOnly ? null : () => runCommand('linkToClaim')}
      />
      {linked.length === 0 ? <p className="unset">{t('claims.ofNone')}</p> : null}
      <ul className="claims-of-passage">
        {linked.map(({ claim, link }) => (
          <li key={claim.id}>
            <Icon name={RELATION_SIGNS[link.as]} size="small" />
            <div className="grow">
              <span className="hint">{t(`claims.as.${link.as}`)}</span>
              <LinkButton onPress={() => goToClaim(claim)}>
                <bdi>{claim.text}</bdi>
              </LinkButton>
              {claim.unanswered === 0 ? null : (
                <Badge tone="bad" icon="alert">
                  {link.as === 'contradicts' && link.answer === ''
                    ? t('claims.notAnsweredHere')
                    : t('claims.gaps.contradicted')}
                </Badge>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function goToClaim({ id }: Claim): void {
  openClaims();
  setWhich('all');
  showClaim(id);
  showPane('claim');
  goTo('evidence');
}
