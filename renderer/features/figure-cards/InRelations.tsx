import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import type { RelationCard } from '../../../shared/contract/relations.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { formatNumber } from '../../common/format.ts';
import { bringRelation } from '../../common/relations/state.ts';
import { Verdict } from '../../common/relations/Verdict.tsx';
import { followedOf } from '../../../shared/figures/followed.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { LinkButton } from '../../ui/Button.tsx';

const figuresOf = ({ inputs, printed }: RelationCard) => (printed === null ? inputs : [...inputs, printed]);

/** The suggested and recorded relations of a figure, with their verdicts. Dismissed ones are left out. */
export function InRelations({ source, figure: { id } }: { source: SourceId; figure: FigureInText }) {
  const { t } = useTranslation();
  const { data } = useCall('relations.ofSource', { source });
  if (data === undefined) return null;
  const own = data.relations.filter(
    (one) => one.state !== 'dismissed' && figuresOf(one).some((figure) => figure.id === id),
  );
  return (
    <section className="pane-section" aria-label={t('figureCards.relations')}>
      <h3>
        <span className="grow">{t('figureCards.relations')}</span>
        {own.length === 0 ? null : formatNumber(own.length)}
      </h3>
      {own.length === 0 ? <p className="hint">{t('figureCards.inNoRelation')}</p> : null}
      <ul className="figure-relations">
        {own.map((one) => {
          const kind = t(`relations.kind.${one.kind}`);
          const others = figuresOf(one).map(({ text }) => text);
          const followed = one.inputs.find((input) => input.id === followedOf(one.checks).figure);
          return (
            <li key={one.id}>
              <LinkButton
                aria-label={t('figureCards.openRelation', { kind, figures: others.join(', ') })}
                onPress={() => open(one, source)}
              >
                {kind}
              </LinkButton>
              <Verdict relation={one} />
              <bdi className="hint cut">{others.join(', ')}</bdi>
              {followed === undefined ? null : (
                <bdi className="hint">{t('relations.follow.followed', { figure: followed.text })}</bdi>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function open({ id }: RelationCard, source: SourceId): void {
  runCommand('relations');
  bringRelation(id, source);
}
