import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { Note } from '../../ui/Note.tsx';
import { notifyError } from '../notices/notices.ts';
import { useReadOnly } from '../read-only.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { PlaceDecisions } from './PlaceDecisions.tsx';
import { MovePlaceDialog } from './PlaceDialog.tsx';
import { PlaceNames } from './PlaceNames.tsx';

type Place = CallOutput<'places.get'>;

/**
 * One place: where it is, its names in all scripts with their sources, and what people decided about them. People can add names; a place
 * that the team added can also be moved or removed.
 */
export function PlacePane({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error } = useCall('places.get', { id });
  const isReadOnly = useReadOnly();
  const { pane, close, keyDown } = useFocusIn(data !== undefined || error !== null, onClose);
  return (
    // Escape closes it from anywhere within.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside ref={pane} className="pane place-pane" aria-label={t('placePane.label')} onKeyDown={keyDown}>
      <header className="pane-head">
        <h2 className="grow cut" tabIndex={-1}>
          <bdi>{data?.name ?? id}</bdi>
        </h2>
        <IconButton icon="close" label={t('placePane.close')} onPress={close} />
      </header>
      {error === null ? null : <p className="pane-section">{error.message}</p>}
      {data === undefined ? (
        <div className="grow" aria-busy="true" />
      ) : (
        // Focusable, so that it can be scrolled by keyboard where nothing in it can be pressed.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="scroll place-body" role="group" aria-label={data.name} tabIndex={0}>
          <About place={data} isReadOnly={isReadOnly} onGone={close} />
          {isReadOnly ? <Note>{t('placePane.readOnly')}</Note> : null}
          <PlaceNames place={data} isReadOnly={isReadOnly} />
          <PlaceDecisions place={data} isReadOnly={isReadOnly} />
        </div>
      )}
    </aside>
  );
}

/** The pane takes the focus once it is there; closing gives it back to what opened it. */
function useFocusIn(isReady: boolean, onClose: () => void) {
  const pane = useRef<HTMLElement>(null);
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    if (isReady) pane.current?.querySelector<HTMLElement>('h2')?.focus();
  }, [isReady]);
  const close = (): void => {
    onClose();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    close();
  };
  return { pane, close, keyDown };
}

/** Kind and location of a place, and commands for a place that the team added. */
function About({ place, isReadOnly, onGone }: { place: Place; isReadOnly: boolean; onGone: () => void }) {
  const { t } = useTranslation();
  const { own, type, line, chinese, uyghur } = place;
  const kind = own === null ? (type === null ? null : t(`placePane.types.${type}`)) : kindOf(own.kind, t);
  return (
    <section className="stack-tight" aria-label={t('placePane.about')}>
      <p className="line place-scripts" data-wrap>
        {chinese === null ? null : <bdi lang="zh-Hans">{chinese}</bdi>}
        {uyghur === null ? null : (
          <bdi lang="ug" dir="rtl">
            {uyghur}
          </bdi>
        )}
      </p>
      <p>
        {kind}
        {kind === null || line.length === 0 ? null : ' · '}
        {line.length === 0 ? null : <bdi>{t('placePane.in', { line: line.map(({ name }) => name).join(' › ') })}</bdi>}
      </p>
      <p className="hint">
        {own === null ? t('placePane.fromGazetteer', { version: place.gazetteer }) : t('placePane.ofTeam')}
      </p>
      {own === null || isReadOnly ? null : <OwnActs place={place} id={own.id} onGone={onGone} />}
    </section>
  );
}

const kindOf = (kind: NonNullable<Place['own']>['kind'], t: ReturnType<typeof useTranslation>['t']): string | null =>
  kind === null ? null : t(`placePane.kinds.${kind}`);

function OwnActs({ place, id, onGone }: { place: Place; id: NonNullable<Place['own']>['id']; onGone: () => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<'name' | 'move' | null>(null);
  const rename = useWrite('places.rename');
  const remove = useWrite('places.remove');
  const done = (): void => {
    rename.reset();
    setAsking(null);
  };
  return (
    <div className="line" data-wrap>
      <Button size="small" onPress={() => setAsking('name')}>
        {t('placePane.rename')}
      </Button>
      <Button size="small" onPress={() => setAsking('move')}>
        {t('placePane.move')}
      </Button>
      <Button
        size="small"
        kind="danger"
        isPending={remove.isPending}
        onPress={() =>
          remove.mutate({ id }, { onSuccess: onGone, onError: (thrown) => notifyError(errorDataOf(thrown)) })
        }
      >
        {t('placePane.remove')}
      </Button>
      {asking === 'name' ? (
        <NameDialog
          title={t('placePane.rename')}
          label={t('placePane.name')}
          words={{ save: t('placePane.save'), cancel: t('app.cancel') }}
          initial={place.name}
          error={rename.error?.message ?? null}
          isPending={rename.isPending}
          onSave={(name) => rename.mutate({ id, name }, { onSuccess: done })}
          onClose={done}
        />
      ) : null}
      {asking === 'move' ? <MovePlaceDialog place={place} id={id} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}
