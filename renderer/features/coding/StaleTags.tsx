import { useTranslation } from '../../app/strings/use-translation.ts';
import type { StaleTag } from '../../../shared/contract/coding.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatMoment } from '../../app/format.ts';
import { useCategories } from '../../app/state/source-passages.ts';
import { openPassage } from '../../app/state/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** As many are drawn; those that are confirmed make room. */
const DRAWN = 200;

/** Tags whose category was defined otherwise when they were given: still right, or to be changed. */
export function StaleTags() {
  const { t } = useTranslation();
  const me = useCall('project.info', {}).data?.person.id;
  const list = useCall('tags.stale', {});
  const confirm = useWrite('tags.confirm');
  const tags = list.data?.tags ?? [];
  const mine = tags.filter(({ person }) => person === me);
  return (
    <div className="scroll team-body">
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {confirm.error === null ? null : <InlineError message={confirm.error.message} />}
      {list.isSuccess && tags.length === 0 ? (
        <EmptyState title={t('coding.stale.none')} text={t('coding.stale.noneText')} />
      ) : (
        <>
          <p className="team-block reading">{t('coding.stale.meaning', { count: tags.length, mine: mine.length })}</p>
          <ul className="team-block team-list" aria-label={t('coding.tabs.stale')}>
            {tags.slice(0, DRAWN).map((tag) => (
              <Row
                key={`${tag.passage} ${tag.category} ${tag.person}`}
                tag={tag}
                onConfirm={
                  tag.person === me
                    ? () => confirm.mutate({ tags: [{ passage: tag.passage, category: tag.category }] })
                    : null
                }
              />
            ))}
          </ul>
          {tags.length > DRAWN ? (
            <p className="team-block hint">{t('coding.stale.more', { count: tags.length - DRAWN })}</p>
          ) : null}
        </>
      )}
    </div>
  );
}

function Row({ tag, onConfirm }: { tag: StaleTag; onConfirm: (() => void) | null }) {
  const { t } = useTranslation();
  const category = useCategories().get(tag.category);
  const { source, passage, quote, name, given, changed, differences } = tag;
  return (
    <li className="coding-stale">
      <div className="line">
        {category === undefined ? null : <Chip code={category.code} name={category.name} colour={category.colour} />}
        <bdi className="src cut grow">{quote}</bdi>
        <Button size="small" kind="quiet" onPress={() => openPassage({ source, passage })}>
          {t('coding.differences.open')}
        </Button>
        {onConfirm === null ? null : (
          <Button size="small" icon="check" onPress={onConfirm}>
            {t('coding.stale.confirm')}
          </Button>
        )}
      </div>
      <p className="hint">
        {t('coding.stale.when', { name, given: formatMoment(given), changed: formatMoment(changed) })}
      </p>
      <dl className="definitions">
        {differences.map(({ field, before, after }) => (
          <div key={field} className="coding-changed">
            <dt>{t(`coding.stale.field.${fieldName(field)}`)}</dt>
            <dd>
              <del>{before === '' ? '–' : before}</del> <ins>{after === '' ? '–' : after}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

const FIELDS = ['name', 'definition', 'include', 'exclude'] as const;
const fieldName = (field: string): (typeof FIELDS)[number] => FIELDS.find((one) => one === field) ?? 'definition';
