import { Button as AriaButton } from 'react-aria-components';
import type { Dimension, Passage, PersonId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { formatAll } from '../../common/format.ts';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { UnsignedNote } from '../../common/review/UnsignedNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';

/** The dimensions that are set on a passage, with their values; the others by name, in one line. */
export function DimensionList({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const dimensions = (useCall('codebook.get', {}).data?.dimensions ?? []).filter(({ on }) => on === 'passage');
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const isSet = ({ id }: Dimension): boolean => passage.settings.some(({ dimension }) => dimension === id);
  const unset = dimensions.filter((dimension) => !isSet(dimension));
  if (dimensions.length === 0) return null;
  return (
    <section className="pane-section" aria-label={t('inspector.dimensions')}>
      <SectionHead
        title={t('inspector.dimensions')}
        act={t('inspector.set')}
        keys={shownKeysOf('dimensions')}
        onAct={isReadOnly ? null : () => runCommand('dimensions')}
      />
      {unset.length === dimensions.length ? null : (
        <dl className="definitions">
          {dimensions.filter(isSet).map((dimension) => (
            <DimensionRow key={dimension.id} dimension={dimension} passage={passage} own={own} />
          ))}
        </dl>
      )}
      <UnsignedNote passage={passage} of={['setting']} />
      {unset.length === 0 ? null : (
        <p className="hint cut" title={formatAll(unset.map(({ name }) => name))}>
          <span className="unset">{t('inspector.notSetYet', { names: formatAll(unset.map(({ name }) => name)) })}</span>
        </p>
      )}
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
        {settings.map(({ value: id, person }) => {
          const value = dimension.values.find((one) => one.id === id);
          const label = value?.label ?? '?';
          return (
            <span key={`${person} ${id}`} className="dimension-value">
              <bdi>{label}</bdi>
              {person === own ? null : (
                <span className="hint">
                  <PersonName id={person} name={people.find((one) => one.id === person)?.name ?? '?'} />
                </span>
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
