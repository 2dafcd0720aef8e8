import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Dimension, Passage, PersonId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { Icon } from '../../ui/Icon.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';

/** Every dimension a passage can have. One that is not set is a gap, and drawn as one. */
export function DimensionList({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const dimensions = (useCall('codebook.get', {}).data?.dimensions ?? []).filter(({ on }) => on === 'passage');
  const own = useCall('app.state', {}).data?.person.id ?? null;
  if (dimensions.length === 0) return null;
  return (
    <section className="pane-section" aria-label={t('inspector.dimensions')}>
      <SectionHead
        title={t('inspector.dimensions')}
        act={t('inspector.set')}
        keys={['Shift', 'T']}
        onAct={() => runCommand('dimensions')}
      />
      <dl className="definitions">
        {dimensions.map((dimension) => (
          <DimensionRow key={dimension.id} dimension={dimension} passage={passage} own={own} />
        ))}
      </dl>
    </section>
  );
}

function DimensionRow({ dimension, passage, own }: { dimension: Dimension; passage: Passage; own: PersonId | null }) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const settings = passage.settings.filter((setting) => setting.dimension === dimension.id);
  const people = useCall('project.info', {}).data?.people ?? [];
  const mine = settings.filter(({ person }) => person === own).map(({ value }) => value);
  return (
    <>
      <dt title={dimension.name}>{dimension.name}</dt>
      <dd>
        {settings.length === 0 ? <span className="unset">{t('inspector.notSet')}</span> : null}
        {settings.map(({ value: id, person }) => {
          const value = dimension.values.find((one) => one.id === id);
          const label = value?.label ?? '?';
          return (
            <span key={`${person} ${id}`} className="dimension-value">
              <bdi>{label}</bdi>
              {person === own ? null : (
                <bdi className="hint">{people.find((one) => one.id === person)?.name ?? '?'}</bdi>
              )}
              {person === own ? (
                <AriaButton
                  className="take-off"
                  aria-label={t('inspector.clear', { value: label, dimension: dimension.name })}
                  onPress={() =>
                    void acts.set(
                      { kind: 'passage', passage: passage.id },
                      dimension.id,
                      mine.filter((other) => other !== id),
                    )
                  }
                >
                  <Icon name="close" size="small" />
                </AriaButton>
              ) : null}
            </span>
          );
        })}
      </dd>
    </>
  );
}
