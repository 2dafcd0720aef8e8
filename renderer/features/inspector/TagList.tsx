import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Passage, PersonId, Tag } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { formatWhen } from '../../common/format.ts';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { Chip } from '../../ui/Chip.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';

/** Tags, by person: one's own can be taken off, those of others are theirs. */
export function TagList({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const categories = useCategories();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const people = useCall('project.info', {}).data?.people ?? [];
  const moved = useCall('passages.movedTags', passage.tags.length === 0 ? null : { id: passage.id }).data?.moved ?? [];
  const [now] = useState(() => Date.now());
  const byPerson = [...Map.groupBy(passage.tags, ({ person }) => person)].sort(
    ([a], [b]) => Number(b === own) - Number(a === own),
  );
  const isAlone = byPerson.length === 1 && byPerson[0]?.[0] === own;
  const nameOf = (person: PersonId): string => people.find(({ id }) => id === person)?.name ?? '?';

  const chip = (tag: Tag) => {
    const category = categories.get(tag.category);
    if (category === undefined) {
      return (
        <span key={tag.category} className="chip dim">
          {t('inspector.unknownCategory')}
        </span>
      );
    }
    const { code, name, colour } = category;
    const remove =
      tag.person === own
        ? {
            removeLabel: t('inspector.removeTag', { name }),
            onRemove: () => void acts.tag({ kind: 'passage', passage: passage.id }, [], [tag.category]),
          }
        : {};
    return <Chip key={tag.category} code={code} name={name} colour={colour} {...remove} />;
  };
  return (
    <section className="pane-section" aria-label={t('inspector.tags')}>
      <SectionHead title={t('inspector.tags')} act={t('inspector.add')} keys={['T']} onAct={() => runCommand('tag')} />
      {passage.tags.length === 0 ? <p className="unset">{t('inspector.noTags')}</p> : null}
      {byPerson.map(([person, tags]) => (
        <div key={person} className="tags-of">
          {isAlone ? null : <bdi className="hint">{nameOf(person)}</bdi>}
          <div className="line" data-wrap>
            {tags.map(chip)}
          </div>
          {moved
            .filter((one) => one.person === person && tags.some(({ category }) => category === one.category))
            .map((one) => (
              <p key={one.category} className="hint" title={one.label}>
                {t('inspector.moved', {
                  code: categories.get(one.category)?.code ?? '?',
                  who: one.by.name,
                  when: formatWhen(one.at, now),
                })}
                <bdi>{`: ${one.label}`}</bdi>
              </p>
            ))}
        </div>
      ))}
    </section>
  );
}
