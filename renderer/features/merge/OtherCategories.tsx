import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CategoryMatch, MergePreview } from '../../../shared/contract/merge.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { matchCategory, useMerging } from './merge-state.ts';

type Mine = CategoryMatch['mine'][number];

/** How the other project's categories match those here. Proposed matches need an answer. */
export function OtherCategories({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const categories = preview.other?.categories ?? [];
  const of = (how: CategoryMatch['how']) => categories.filter((one) => one.how === how);
  const [proposed, fresh, same] = [of('proposed'), of('new'), of('same')];
  return (
    <>
      <p className="team-block reading mid">{t('merge.other.matching')}</p>
      {proposed.length === 0 ? null : (
        <section className="team-block" aria-labelledby="merge-proposed">
          <h3 id="merge-proposed" className="section-head">
            {t('merge.other.proposed', { count: proposed.length })}
          </h3>
          <ul className="merge-matches">
            {proposed.map((match) => (
              <Proposal key={match.incoming.id} match={match} />
            ))}
          </ul>
        </section>
      )}
      <Listed id="merge-new" title={t('merge.other.fresh', { count: fresh.length })} matches={fresh} />
      <Listed id="merge-same" title={t('merge.other.same', { count: same.length })} matches={same} />
    </>
  );
}

/** An incoming category beside similar ones here, and the question whether they are the same. */
function Proposal({ match }: { match: CategoryMatch }) {
  const { t } = useTranslation();
  const { incoming, mine } = match;
  const answers = useMerging((state) => state.addition.categories);
  const answer = answers.get(incoming.id);
  return (
    <li className="merge-match">
      <div className="merge-values">
        <Side title={t('merge.other.incoming')} {...incoming} tags={incoming.tags} isOn={false} />
        <div className="merge-candidates">
          {mine.map((one) => (
            <Candidate key={one.id} incoming={incoming.id} mine={one} isOn={answer === one.id} />
          ))}
        </div>
      </div>
      <div className="line" data-wrap>
        <Button
          size="small"
          aria-pressed={answer === null}
          {...(answer === null ? { icon: 'check' as const } : {})}
          onPress={() => matchCategory(incoming.id, null)}
        >
          {t('merge.other.no')}
        </Button>
        {answer === undefined ? (
          <Badge tone="warn" icon="alert">
            {t('merge.other.open')}
          </Badge>
        ) : null}
      </div>
    </li>
  );
}

function Candidate({ incoming, mine, isOn }: { incoming: CategoryId; mine: Mine; isOn: boolean }) {
  const { t } = useTranslation();
  return (
    <Side title={t('merge.other.mine')} {...mine} isOn={isOn}>
      <Button
        size="small"
        aria-pressed={isOn}
        {...(isOn ? { icon: 'check' as const } : {})}
        aria-label={t('merge.other.yesOf', { name: mine.name })}
        onPress={() => matchCategory(incoming, mine.id)}
      >
        {t('merge.other.yes')}
      </Button>
    </Side>
  );
}

interface SideProps {
  readonly title: string;
  readonly code: string;
  readonly name: string;
  readonly definition: string;
  readonly tags?: number;
  readonly isOn: boolean;
  readonly children?: React.ReactNode;
}

function Side({ title, code, name, definition, tags, isOn, children }: SideProps) {
  const { t } = useTranslation();
  return (
    <div className="merge-value" data-on={isOn || undefined}>
      <p className="line">
        <span className="hint">{title}</span>
        <span className="code">{code}</span>
        <bdi className="strong cut grow">{name}</bdi>
        {tags === undefined ? null : <span className="hint">{t('merge.other.tags', { count: tags })}</span>}
      </p>
      <p className="merge-definition">
        {definition === '' ? <span className="dim">{t('merge.other.noDefinition')}</span> : <bdi>{definition}</bdi>}
      </p>
      {children === undefined ? null : <div className="line">{children}</div>}
    </div>
  );
}

function Listed({ id, title, matches }: { id: string; title: string; matches: readonly CategoryMatch[] }) {
  const { t } = useTranslation();
  if (matches.length === 0) return null;
  return (
    <section className="team-block" aria-labelledby={id}>
      <h3 id={id} className="section-head">
        {title}
      </h3>
      <ul className="team-list">
        {matches.map(({ incoming, how, mine: [first] }) => (
          <li key={incoming.id} className="team-row">
            <span className="code merge-code">{incoming.code}</span>
            <bdi className="grow cut">{incoming.name}</bdi>
            {how === 'same' && first !== undefined && first.name !== incoming.name ? (
              <span className="line mid">
                <Icon name="go" size="small" />
                <bdi>{first.name}</bdi>
              </span>
            ) : null}
            <span className="number dim">{t('merge.other.tags', { count: incoming.tags })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
