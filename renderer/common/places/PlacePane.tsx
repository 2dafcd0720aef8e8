import { useEffect, useRef, useState, useId, type KeyboardEvent } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { Note } from '../../ui/Note.tsx';
import { notifyError } from '../notices/notices.ts';
import { useReadOnly } from '../read-only.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { MovePlaceDialog } from './PlaceDialog.tsx';
import { distinctName, sourceName, useApart } from '../sources/sources.ts';
import { Field } from '../../ui/Field.tsx';

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

/** The most decisions listed, newest first. */
const LISTED = 100;

/** What people decided about the meaning of a place’s names in each source. Taking a decision back reopens the question. */
function PlaceDecisions({ place, isReadOnly }: { place: Place; isReadOnly: boolean }) {
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

type Name = Place['names'][number];
const ORDER: readonly Name['lang'][] = ['zh-Hans', 'zh-Hant', 'ug-Arab', 'ug-Latn', 'en', null];

/** The names of a place by language, and a field for a further one. */
function PlaceNames({ place, isReadOnly }: { place: Place; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const title = useId();
  const sorted = ORDER.flatMap((lang) => place.names.filter((one) => one.lang === lang));
  return (
    <section className="stack-tight" aria-labelledby={title}>
      <h3 id={title}>{t('placePane.names', { count: place.names.length })}</h3>
      <table className="place-names">
        <thead>
          <tr>
            <th scope="col">{t('placePane.name')}</th>
            <th scope="col">{t('placePane.confidence')}</th>
            <th scope="col">{t('placePane.source')}</th>
          </tr>
        </thead>
        {ORDER.map((lang) => {
          const names = sorted.filter((one) => one.lang === lang);
          if (names.length === 0) return null;
          return (
            <tbody key={lang ?? 'none'}>
              <tr>
                <th scope="rowgroup" colSpan={3} className="dim">
                  {t(`placePane.languages.${lang ?? 'none'}`)}
                </th>
              </tr>
              {names.map((name) => (
                <NameRow key={`${name.text} ${name.own ?? ''}`} name={name} isReadOnly={isReadOnly} />
              ))}
            </tbody>
          );
        })}
      </table>
      {isReadOnly ? null : <AddName place={place.id} />}
    </section>
  );
}

/** The HTML language of each kind of name. A name in Latin letters may be of any language. */
const HTML_LANG = {
  'zh-Hans': 'zh-Hans',
  'zh-Hant': 'zh-Hant',
  'ug-Arab': 'ug',
  'ug-Latn': 'ug-Latn',
  en: 'en',
} as const;

function NameRow({ name, isReadOnly }: { name: Name; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const { text, lang, kind, confidence, sources, own } = name;
  const withdraw = useWrite('places.removeName');
  const ofTeam = kind === null;
  return (
    <tr>
      <th scope="row">
        <bdi lang={lang === null ? undefined : HTML_LANG[lang]}>{text}</bdi>
        {kind === null || kind === 'official' || kind === 'common' ? null : (
          <span className="hint"> {t(`placePane.nameKinds.${kind}`)}</span>
        )}
      </th>
      <td data-confidence={confidence ?? undefined}>
        {confidence === null ? t('placePane.byTeam') : t(`placePane.confidences.${confidence}`)}
      </td>
      <td>
        {ofTeam ? (
          <span className="line">
            <span className="grow">{t('placePane.thisProject')}</span>
            {own === null || isReadOnly ? null : (
              <Button
                size="small"
                kind="quiet"
                isPending={withdraw.isPending}
                aria-label={t('placePane.withdrawName', { text })}
                onPress={() => withdraw.mutate({ id: own }, { onError: (thrown) => notifyError(errorDataOf(thrown)) })}
              >
                {t('placePane.withdraw')}
              </Button>
            )}
          </span>
        ) : (
          <span className="hint">{sources.length === 0 ? t('placePane.fromMemory') : sources.join('; ')}</span>
        )}
      </td>
    </tr>
  );
}

function AddName({ place }: { place: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = useWrite('places.addName');
  const save = (): void => {
    if (text.trim() === '') return;
    add.mutate({ place, text: text.trim() }, { onSuccess: () => setText('') });
  };
  return (
    <div className="stack-tight">
      <form
        className="line place-add"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="grow">
          <Field
            label={t('placePane.addName')}
            value={text}
            onChange={(next) => {
              add.reset();
              setText(next);
            }}
            error={add.error?.message ?? null}
            maxLength={100}
          />
        </div>
        <Button size="small" type="submit" isDisabled={text.trim().length < 2} isPending={add.isPending}>
          {t('placePane.add')}
        </Button>
      </form>
      <p className="hint">{t('placePane.addNameHint')}</p>
    </div>
  );
}
