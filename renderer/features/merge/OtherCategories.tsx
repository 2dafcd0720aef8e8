import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CategoryMatch, MergePreview } from '../../../shared/contract/merge.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { matchCategory, useMerging } from './merge-state.ts';

type Mine = CategoryMatch['mine'][number];

/** How the other project's categories find their places: what is proposed waits for a yes, and a name alone proposes nothing. */
export function OtherCategories({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const categories = preview.other?.categories ?? [];
  const of = (how: CategoryMatch['how']) => categories.filter((one) => one.how === how);
  const [proposed, fresh, same] = [of('proposed'), of('new'), of('same')];
  return (
    <>
      <p className="team-block reading mid">{t('team.other.matching')}</p>
      {proposed.length === 0 ? null : (
        <section className="team-block" aria-labelledby="team-proposed">
          <h3 id="team-proposed" className="section-head">
            {t('team.other.proposed', { count: proposed.length })}
          </h3>
          <ul className="team-matches">
            {proposed.map((match) => (
              <Proposal key={match.incoming.id} match={match} />
            ))}
          </ul>
        </section>
      )}
      <Listed id="team-new" title={t('team.other.fresh', { count: fresh.length })} matches={fresh} />
      <Listed id="team-same" title={t('team.other.same', { count: same.length })} matches={same} />
    </>
  );
}

/** Theirs and ours side by side, and the question whether they are one. */
function Proposal({ match }: { match: CategoryMatch }) {
  const { t } = useTranslation();
  const { incoming, mine } = match;
  const answers = useMerging((state) => state.addition.categories);
  const answer = answers.get(incoming.id);
  return (
    <li className="team-match">
      <div className="team-values">
        <Side title={t('team.other.incoming')} {...incoming} tags={incoming.tags} isOn={false} />
        <div className="team-candidates">
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
          {t('team.other.no')}
        </Button>
        {answer === undefined ? (
          <Badge tone="warn" icon="alert">
            {t('team.other.open')}
          </Badge>
        ) : null}
      </div>
    </li>
  );
}

function Candidate({ incoming, mine, isOn }: { incoming: CategoryId; mine: Mine; isOn: boolean }) {
  const { t } = useTranslation();
  return (
    <Side title={t('team.other.mine')} {...mine} isOn={isOn}>
      <Button
        size="small"
        aria-pressed={isOn}
        {...(isOn ? { icon: 'check' as const } : {})}
        aria-label={t('team.other.yesOf', { name: mine.name })}
        onPress={() => matchCategory(incoming, mine.id)}
      >
        {t('team.other.yes')}
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
    <div className="team-value" data-on={isOn || undefined}>
      <p className="line">
        <span className="hint">{title}</span>
        <span className="code">{code}</span>
        <bdi className="strong cut grow">{name}</bdi>
        {tags === undefined ? null : <span className="hint">{t('team.other.tags', { count: tags })}</span>}
      </p>
      <p className="team-definition">
        {definition === '' ? <span className="dim">{t('team.other.noDefinition')}</span> : <bdi>{definition}</bdi>}
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
            <span className="code team-code">{incoming.code}</span>
            <bdi className="grow cut">{incoming.name}</bdi>
            {how === 'same' && first !== undefined && first.name !== incoming.name ? (
              <span className="line mid">
                <Icon name="go" size="small" />
                <bdi>{first.name}</bdi>
              </span>
            ) : null}
            <span className="number dim">{t('team.other.tags', { count: incoming.tags })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
