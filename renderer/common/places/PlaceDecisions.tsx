import { useId } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { notifyError } from '../notices/notices.ts';
import { distinctName, sourceName, useApart } from '../sources/sources.ts';
import { useTranslation } from '../strings/use-translation.ts';

type Place = CallOutput<'places.get'>;
/** The most decisions listed, newest first. */
const LISTED = 100;

/** What people decided about the meaning of a place’s names in each source. Taking a decision back reopens the question. */
export function PlaceDecisions({ place, isReadOnly }: { place: Place; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const title = useId();
  const people = useCall('people.list', {}).data?.people;
  const sources = useCall('sources.list', {}).data?.sources;
  const apart = useApart();
  const takeBack = useWrite('places.unchoose');
  const shown = place.decisions.toReversed().slice(0, LISTED);
  return (
    <section className="stack-tight" aria-labelledby={title}>
      <h3 id={title}>{t('placePane.decisions', { count: place.decisions.length })}</h3>
      {shown.length === 0 ? <p className="hint">{t('placePane.noDecisions')}</p> : null}
      <ul className="place-decisions">
        {shown.map((one) => {
          const source = sources?.find(({ id }) => id === one.source);
          const where =
            source === undefined ? t('placePane.inTrash') : distinctName(sourceName(source), apart.get(source.id));
          const who = people?.find(({ id }) => id === one.person)?.name;
          return (
            <li key={one.id} className="line">
              <span className="grow">
                <bdi>
                  {t(one.place === null ? 'placePane.isNone' : 'placePane.is', { text: one.text, name: one.name })}
                </bdi>{' '}
                <span className="hint">
                  <bdi>{where}</bdi>
                  {who === undefined ? null : (
                    <>
                      , <bdi>{who}</bdi>
                    </>
                  )}
                </span>
              </span>
              {isReadOnly ? null : (
                <Button
                  size="small"
                  kind="quiet"
                  aria-label={t('placePane.takeBackOf', { text: one.text, source: where })}
                  onPress={() =>
                    takeBack.mutate({ id: one.id }, { onError: (thrown) => notifyError(errorDataOf(thrown)) })
                  }
                >
                  {t('placePane.takeBack')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {place.decisions.length > LISTED ? (
        <p className="hint">{t('placePane.moreDecisions', { count: place.decisions.length - LISTED })}</p>
      ) : null}
    </section>
  );
}
