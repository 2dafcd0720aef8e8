import { useId, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { notifyError } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';

type Place = CallOutput<'places.get'>;
type Name = Place['names'][number];
const ORDER: readonly Name['lang'][] = ['zh-Hans', 'zh-Hant', 'ug-Arab', 'ug-Latn', 'en', null];

/** The names of a place by language, and a field for a further one. */
export function PlaceNames({ place, isReadOnly }: { place: Place; isReadOnly: boolean }) {
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
