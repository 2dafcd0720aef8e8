import { useState } from 'react';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber, formatPeriod } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { ToItems } from './IncomingItems.tsx';
import { confirmedBefore, trustOf, TrustBadge } from './TrustBadge.tsx';
import { WarningNotes, warningsOf } from './warnings.tsx';

/** The incoming edits: warnings first, then by person and by source. */
export function Changes({ preview }: { preview: MergePreview }) {
  return (
    <>
      <Warnings preview={preview} />
      <People preview={preview} />
      <Sources preview={preview} />
    </>
  );
}

/** How many items the warnings name, without those that the log’s history explains. */
export function warningCount(t: Words, preview: MergePreview, known: readonly KnownPerson[] | undefined): number {
  const keys = preview.byPerson.filter((person) => ['changed', 'new'].includes(trustOf(person, known)));
  const counted = warningsOf(t, preview).filter(({ severity }) => severity !== 'plain');
  return counted.reduce((sum, { rows }) => sum + rows.length, keys.length);
}

function Warnings({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const warnings = warningsOf(t, preview);
  return (
    <div className="merge-warnings">
      <ChangedKeys people={preview.byPerson} />
      <WarningNotes warnings={warnings.filter(({ severity }) => severity === 'bad')} />
      <FreshKeys people={preview.byPerson} />
      {preview.undoneMerge === null ? null : <Note tone="plain">{t('merge.warn.undone')}</Note>}
      <WarningNotes warnings={warnings.filter(({ severity }) => severity !== 'bad')} />
    </div>
  );
}

type People = MergePreview['byPerson'];

/** People who sign with a different key from the one that was confirmed. */
function ChangedKeys({ people }: { people: People }) {
  const { t } = useTranslation();
  const known = useCall('app.people', {}).data?.people;
  const changed = people.filter((person) => trustOf(person, known) === 'changed');
  return (
    <>
      {changed.map((person) => (
        <Note key={person.fingerprint} tone="bad" role="alert">
          <p className="strong">{t('merge.warn.changed', { name: person.name })}</p>
          <p>{t('merge.warn.changedText', { name: person.name })}</p>
          <dl className="definitions merge-keys">
            <dt>{t('merge.warn.before')}</dt>
            <dd className="mono">{confirmedBefore(person, known) ?? t('merge.warn.notKnown')}</dd>
            <dt>{t('merge.warn.now')}</dt>
            <dd className="mono">{person.fingerprint}</dd>
          </dl>
        </Note>
      ))}
    </>
  );
}

function FreshKeys({ people }: { people: People }) {
  const { t } = useTranslation();
  const known = useCall('app.people', {}).data?.people;
  const fresh = people.filter((person) => trustOf(person, known) === 'new');
  return (
    <>
      {fresh.length === 0 ? null : (
        <Note tone="warn">
          <p className="strong">{t('merge.warn.fresh', { count: fresh.length })}</p>
          <p>{t('merge.warn.freshText')}</p>
          <dl className="definitions merge-keys">
            {fresh.map(({ name, fingerprint }) => (
              <div key={fingerprint} className="merge-key">
                <dt>
                  <bdi>{name}</bdi>
                </dt>
                <dd className="mono">{fingerprint}</dd>
              </div>
            ))}
          </dl>
        </Note>
      )}
    </>
  );
}

function People({ preview: { byPerson } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const now = useNow();
  const known = useCall('app.people', {}).data?.people;
  return (
    <section className="team-block" aria-labelledby="merge-by-person">
      <h3 id="merge-by-person" className="section-head">
        {t('merge.byPerson')}
      </h3>
      <table className="merge-table">
        <thead>
          <tr>
            <th scope="col">{t('merge.columns.person')}</th>
            <th scope="col">{t('merge.columns.fingerprint')}</th>
            <th scope="col">{t('merge.columns.written')}</th>
            <th scope="col" className="number">
              {t('merge.columns.commits')}
            </th>
            <th scope="col" className="number">
              {t('merge.columns.changes')}
            </th>
          </tr>
        </thead>
        <tbody>
          {byPerson.map((person) => (
            <tr key={person.person ?? person.fingerprint}>
              <th scope="row">
                <span className="line" data-wrap>
                  {/* Without a mark for the key: the badge says more. */}
                  <PersonInitials id={person.person} name={person.name} size="small" />
                  {person.person === null ? (
                    <bdi>{person.name}</bdi>
                  ) : (
                    <ToItems title={person.name} filter={{ person: person.person }} />
                  )}
                  <TrustBadge person={person} known={known} />
                </span>
              </th>
              <td className="mono">{person.fingerprint}</td>
              <td>{formatPeriod(person.from, person.to, now)}</td>
              <td className="number">{formatNumber(person.commits)}</td>
              <td className="number">{formatNumber(person.changes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The number of sources shown at first. */
const FIRST = 50;

function Sources({ preview: { bySource } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const [all, showAll] = useState(false);
  if (bySource.length === 0) return null;
  const rows = bySource.toSorted((a, b) => b.passages + b.tags - a.passages - a.tags);
  return (
    <section className="team-block" aria-labelledby="merge-by-source">
      <h3 id="merge-by-source" className="section-head">
        {t('merge.bySource')}
      </h3>
      <table className="merge-table">
        <thead>
          <tr>
            <th scope="col">{t('merge.columns.source')}</th>
            <th scope="col" className="number">
              {t('merge.columns.passages')}
            </th>
            <th scope="col" className="number">
              {t('merge.columns.tags')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, FIRST)).map(({ source, title, isNew, passages, tags }) => (
            <tr key={source}>
              <th scope="row">
                <span className="line">
                  <ToItems title={title} filter={{ source }} />
                  {isNew ? <Badge icon="add">{t('merge.newHere')}</Badge> : null}
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
          {t('merge.allSources', { count: rows.length })}
        </Button>
      )}
    </section>
  );
}
