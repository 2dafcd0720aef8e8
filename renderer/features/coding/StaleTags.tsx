import { useMemo, useState } from 'react';
import { fieldName } from '../../../shared/changes/fields.ts';
import type { StaleTag } from '../../../shared/contract/coding.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatWhen } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { MarkedWords } from '../../common/review/MarkedWords.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { useLanguages } from './comparison.tsx';

/** At most this many tags of a group are shown; the next ones follow as these are confirmed. */
const MAX_SHOWN = 100;

/** Tags whose category had another definition when they were added: confirm or change them. */
export function StaleTags() {
  const { t } = useTranslation();
  const info = useCall('project.info', {}).data;
  const list = useCall('tags.stale', {});
  const confirm = useWrite('tags.confirm');
  const tags = useMemo(() => list.data?.tags ?? [], [list.data]);
  const groups = useMemo(() => grouped(tags), [tags]);
  const me = info === undefined || info.readOnly ? null : info.person.id;
  const mine = tags.filter(({ person }) => person === me);
  const confirmTags = (selected: readonly StaleTag[]): void =>
    confirm.mutate({ tags: selected.map(({ passage, category }) => ({ passage, category })) });
  return (
    <div className="scroll team-body" tabIndex={-1}>
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {confirm.error === null ? null : <InlineError message={confirm.error.message} />}
      {list.isSuccess && tags.length === 0 ? (
        <EmptyState title={t('coding.stale.none')} text={t('coding.stale.noneText')} />
      ) : (
        <>
          <p className="team-block reading">
            {t('coding.stale.meaning', { count: tags.length })} {t('coding.stale.mine', { count: mine.length })}
          </p>
          {groups.map((group) => (
            <Group key={group.key} group={group} me={me} onConfirm={confirmTags} />
          ))}
        </>
      )}
    </div>
  );
}

interface GroupProps {
  readonly group: StaleGroup;
  readonly me: string | null;
  readonly onConfirm: (tags: readonly StaleTag[]) => void;
}

function Group({ group: { category: id, changed, differences, tags }, me, onConfirm }: GroupProps) {
  const { t } = useTranslation();
  const [drawn, setDrawn] = useState(MAX_SHOWN);
  const now = useNow();
  const category = useCategories().get(id);
  const mine = tags.filter(({ person }) => person === me);
  return (
    <section className="team-block coding-stale" aria-label={category?.name ?? ''}>
      <div className="line" data-wrap>
        {category === undefined ? null : <Chip code={category.code} name={category.name} colour={category.colour} />}
        <span className="hint grow" title={formatMoment(changed)}>
          {t('coding.stale.changed', { when: formatWhen(changed, now) })}
        </span>
        {mine.length < 2 ? null : (
          <Button size="small" icon="check" onPress={() => onConfirm(mine)}>
            {t('coding.stale.confirmAll', { count: mine.length })}
          </Button>
        )}
      </div>
      <dl className="definitions">
        {differences.map(({ field, before, after }) => (
          <div key={field} className="coding-changed">
            <dt>{fieldName('category', field)}</dt>
            <dd className="review-words" dir="auto">
              <MarkedWords text={after} before={before} />
            </dd>
          </div>
        ))}
      </dl>
      <ul className="team-list" aria-label={t('coding.tabs.stale')}>
        {tags.slice(0, drawn).map((tag) => (
          <Row
            key={`${tag.passage} ${tag.person}`}
            tag={tag}
            onConfirm={tag.person === me ? () => onConfirm([tag]) : null}
          />
        ))}
      </ul>
      {tags.length > drawn ? (
        <Button size="small" kind="quiet" onPress={() => setDrawn(drawn + MAX_SHOWN)}>
          {t('coding.stale.more', { count: tags.length - drawn })}
        </Button>
      ) : null}
    </section>
  );
}

function Row({ tag, onConfirm }: { tag: StaleTag; onConfirm: (() => void) | null }) {
  const { t } = useTranslation();
  const language = useLanguages().get(tag.source);
  const { source, passage, quote, name, given } = tag;
  const now = useNow();
  return (
    <li className="team-row coding-tag">
      <span className="coding-two-lines grow">
        <bdi className="coding-quote cut" lang={language}>
          {quotedWords(quote, 'pdf')}
        </bdi>
        <span className="hint cut" title={formatMoment(given)}>
          {t('coding.stale.given', { name, when: formatWhen(given, now) })}
        </span>
      </span>
      <Button size="small" kind="quiet" onPress={() => openPassage({ source, passage })}>
        {t('coding.differences.open')}
      </Button>
      {onConfirm === null ? null : (
        <Button size="small" icon="check" onPress={onConfirm}>
          {t('coding.stale.confirm')}
        </Button>
      )}
    </li>
  );
}

/** Tags of one category that were added under the same earlier definition. */
interface StaleGroup {
  readonly key: string;
  readonly category: CategoryId;
  /** Epoch ms. */
  readonly changed: number;
  readonly differences: StaleTag['differences'];
  readonly tags: readonly StaleTag[];
}

/** Groups tags that share one change of a definition, in their order. */
export function grouped(tags: readonly StaleTag[]): StaleGroup[] {
  const groups = Map.groupBy(tags, ({ category, differences }) => `${category} ${JSON.stringify(differences)}`);
  return [...groups].flatMap(([key, own]): StaleGroup[] => {
    const [first] = own;
    if (first === undefined) return [];
    return [{ key, category: first.category, changed: first.changed, differences: first.differences, tags: own }];
  });
}
