import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { useCall } from '../../api/index.ts';
import { formatMoment, formatNumber, formatWhen, shortHash } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { ToItems } from './ToItems.tsx';
import { confirmedBefore, trustOf } from './trust.ts';
import { TrustBadge } from './TrustBadge.tsx';

/** What comes in: what one should know first, then by person and by source. */
export function Changes({ preview }: { preview: MergePreview }) {
  return (
    <>
      <Warnings preview={preview} />
      <People preview={preview} />
      <Sources preview={preview} />
    </>
  );
}

function Warnings({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const known = useCall('app.people', {}).data?.people;
  const changed = preview.byPerson.filter((person) => trustOf(person, known) === 'changed');
  const fresh = preview.byPerson.filter((person) => trustOf(person, known) === 'new');
  const { undos, ahead, files, undoneMerge } = preview;
  return (
    <div className="team-warnings">
      {changed.map((person) => (
        <Note key={person.fingerprint} tone="bad" role="alert">
          <p className="strong">{t('team.warn.changed', { name: person.name })}</p>
          <p>{t('team.warn.changedText', { name: person.name })}</p>
          <dl className="definitions team-keys">
            <dt>{t('team.warn.before')}</dt>
            <dd className="mono">{confirmedBefore(person, known) ?? t('team.warn.notKnown')}</dd>
            <dt>{t('team.warn.now')}</dt>
            <dd className="mono">{person.fingerprint}</dd>
          </dl>
        </Note>
      ))}
      {fresh.length === 0 ? null : (
        <Note tone="warn">
          <p className="strong">{t('team.warn.fresh', { count: fresh.length })}</p>
          <p>{t('team.warn.freshText')}</p>
          <dl className="definitions team-keys">
            {fresh.map(({ name, fingerprint }) => (
              <div key={fingerprint} className="team-key">
                <dt>
                  <bdi>{name}</bdi>
                </dt>
                <dd className="mono">{fingerprint}</dd>
              </div>
            ))}
          </dl>
        </Note>
      )}
      {undoneMerge === null ? null : <Note tone="plain">{t('team.warn.undone')}</Note>}
      <Named
        title={t('team.warn.undos', { count: undos.length })}
        text={t('team.warn.undosText')}
        rows={undos.map(({ commit, label, person, at }) => ({
          key: commit,
          text: t('team.warn.undo', { label, person, when: formatMoment(at) }),
        }))}
      />
      <Named
        title={t('team.warn.ahead', { count: ahead.length })}
        text={t('team.warn.aheadText')}
        rows={ahead.map(({ commit, person, at }) => ({
          key: commit,
          text: t('team.warn.aheadOne', { person, when: formatMoment(at), commit: shortHash(commit) }),
        }))}
      />
      <Named
        title={t('team.warn.missing', { count: files.missing.length })}
        text={t('team.warn.missingText')}
        rows={files.missing.map((hash) => ({ key: hash, text: shortHash(hash) }))}
      />
    </div>
  );
}

/** So many are named, the others counted. */
const NAMED = 10;

function Named({
  title,
  text,
  rows,
}: {
  title: string;
  text: string;
  rows: readonly { readonly key: string; readonly text: string }[];
}) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Note tone="warn">
      <p className="strong">{title}</p>
      <p>{text}</p>
      <ul className="team-named">
        {rows.slice(0, NAMED).map((row) => (
          <li key={row.key}>
            <bdi>{row.text}</bdi>
          </li>
        ))}
      </ul>
      {rows.length > NAMED ? <p>{t('team.andMore', { count: rows.length - NAMED })}</p> : null}
    </Note>
  );
}

function People({ preview: { byPerson } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const now = useNow();
  const known = useCall('app.people', {}).data?.people;
  return (
    <section className="team-block" aria-labelledby="team-by-person">
      <h3 id="team-by-person" className="section-head">
        {t('team.merge.byPerson')}
      </h3>
      <table className="team-table">
        <thead>
          <tr>
            <th scope="col">{t('team.columns.person')}</th>
            <th scope="col">{t('team.columns.fingerprint')}</th>
            <th scope="col">{t('team.columns.written')}</th>
            <th scope="col" className="number">
              {t('team.columns.commits')}
            </th>
            <th scope="col" className="number">
              {t('team.columns.changes')}
            </th>
          </tr>
        </thead>
        <tbody>
          {byPerson.map((person) => (
            <tr key={person.person ?? person.fingerprint}>
              <th scope="row">
                <span className="line" data-wrap>
                  {person.person === null ? (
                    <bdi>{person.name}</bdi>
                  ) : (
                    <ToItems title={person.name} filter={{ person: person.person }} />
                  )}
                  <TrustBadge person={person} known={known} />
                </span>
              </th>
              <td className="mono">{person.fingerprint}</td>
              <td>
                {formatWhen(person.from, now) === formatWhen(person.to, now)
                  ? formatWhen(person.to, now)
                  : t('team.merge.fromTo', { from: formatWhen(person.from, now), to: formatWhen(person.to, now) })}
              </td>
              <td className="number">{formatNumber(person.commits)}</td>
              <td className="number">{formatNumber(person.changes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** So many sources at first; the others when asked for. */
const FIRST = 50;

function Sources({ preview: { bySource } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const [all, showAll] = useState(false);
  if (bySource.length === 0) return null;
  const rows = bySource.toSorted((a, b) => b.passages + b.tags - a.passages - a.tags);
  return (
    <section className="team-block" aria-labelledby="team-by-source">
      <h3 id="team-by-source" className="section-head">
        {t('team.merge.bySource')}
      </h3>
      <table className="team-table">
        <thead>
          <tr>
            <th scope="col">{t('team.columns.source')}</th>
            <th scope="col" className="number">
              {t('team.columns.passages')}
            </th>
            <th scope="col" className="number">
              {t('team.columns.tags')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, FIRST)).map(({ source, title, isNew, passages, tags }) => (
            <tr key={source}>
              <th scope="row">
                <span className="line">
                  <ToItems title={title} filter={{ source }} />
                  {isNew ? <Badge icon="add">{t('team.merge.newHere')}</Badge> : null}
                </span>
              </th>
              <td className="number">{formatNumber(passages)}</td>
              <td className="number">{formatNumber(tags)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all || rows.length <= FIRST ? null : (
        <Button size="small" onPress={() => showAll(true)}>
          {t('team.merge.allSources', { count: rows.length })}
        </Button>
      )}
    </section>
  );
}
