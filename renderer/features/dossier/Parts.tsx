import type { ReactNode } from 'react';
import type { DossierFrom, DossierPreview, SavedDossier } from '../../../shared/contract/dossier.ts';
import { type ClaimId, type DossierPart, type DossierShows, TEMPLATES } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { GapBadge } from '../../ui/Badge.tsx';
import { Check } from '../../ui/Choice.tsx';
import { ExhibitsBeside } from './ExhibitsBeside.tsx';
import { useDossierActs } from './useDossierActs.ts';

interface PartsProps {
  readonly saved: SavedDossier;
  readonly preview: DossierPreview | undefined;
}

/** The optional parts of a dossier. Every other part is printed if it has content. */
const CHOSEN = ['contents', 'documents', 'summary', 'methods', 'figures', 'codebook', 'agreement', 'gaps'] as const;
type Chosen = (typeof CHOSEN)[number] & keyof DossierShows;
const isChosen = (part: DossierPart): part is Chosen => CHOSEN.some((one) => one === part);

/** The parts of a dossier in its template’s order, each with a count: the parts before the exhibits, the exhibits, and the parts after them. */
export function Parts({ saved, preview }: PartsProps) {
  const { t } = useTranslation();
  const { before, after, exhibits } = TEMPLATES[saved.template];
  const isOfClaims = preview?.groups.some(({ claim }) => claim !== null) ?? true;
  const order = exhibits === 'claims' && !isOfClaims ? 'sources' : exhibits;
  return (
    <section className="pane-section" aria-label={t('dossier.parts.title')}>
      {before.filter(isChosen).map((part) => (
        <Part key={part} part={part} saved={saved} preview={preview} />
      ))}
      <h3 className="line dossier-parts-head">
        <span className="grow">{t('dossier.exhibits')}</span>
        <span className="dim">
          {t(`dossier.parts.order.${order}`, { number: formatNumber(preview?.counts.exhibits ?? 0) })}
        </span>
      </h3>
      <Groups saved={saved} preview={preview} />
      <h3 className="dossier-parts-head">{t('dossier.parts.after')}</h3>
      {after.filter(isChosen).map((part) => (
        <Part key={part} part={part} saved={saved} preview={preview} />
      ))}
    </section>
  );
}

function Part({ part, saved, preview }: PartsProps & { part: Chosen }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const acts = useDossierActs(saved);
  return (
    <div className="dossier-part">
      <Check
        label={t(`dossier.shows.${part}`)}
        selected={saved.shows[part] ?? TEMPLATES[saved.template].shows[part]}
        isDisabled={isReadOnly}
        onChange={(on) => acts.change({ shows: { ...saved.shows, [part]: on } })}
      />
      <span className="dim">{preview === undefined ? null : <HowMuch part={part} saved={saved} {...preview} />}</span>
    </div>
  );
}

function HowMuch({ part, saved, counts, alpha }: { part: Chosen; saved: SavedDossier } & DossierPreview): ReactNode {
  const { t } = useTranslation();
  switch (part) {
    case 'contents':
      return t('dossier.parts.made');
    case 'methods':
      return null;
    case 'documents':
      return formatNumber(counts.documents);
    case 'summary':
      return saved.summary.trim() === '' ? <GapBadge>{t('dossier.parts.toWrite')}</GapBadge> : null;
    case 'figures':
      return counts.figures === null ? '–' : formatNumber(counts.figures);
    case 'codebook':
      return formatNumber(counts.categories);
    case 'agreement':
      return alpha === null ? '–' : `α ${alpha.toFixed(2)}`;
    case 'gaps':
      return formatNumber(counts.gaps);
  }
}

/** The groups of exhibits. Groups by claim can be left out, all but the last one; groups by document or filter are only counted. */
function Groups({ saved, preview }: PartsProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const acts = useDossierActs(saved);
  const all = useCall('claims.list', {}).data?.claims ?? [];
  const { from } = saved;
  const groups = preview?.groups ?? [];
  if (from.kind !== 'claims' || TEMPLATES[saved.template].exhibits !== 'claims')
    return groups.map((group, at) => (
      <div key={group.claim ?? group.document ?? 'none'} className="dossier-part-group">
        <div className="dossier-part">
          <span className="cut">
            {group.claim === null && group.document === null ? null : <b className="strong">{at + 1} </b>}
            <bdi>{group.text === '' ? t('dossier.noClaim') : group.text}</bdi>
          </span>
          <GroupCount group={group} />
        </div>
        <ExhibitsBeside saved={saved} preview={preview} group={group} />
      </div>
    ));
  const chosen = new Set(from.claims.length === 0 ? all.map(({ id }) => id) : from.claims);
  const numbers = new Map(all.filter(({ id }) => chosen.has(id)).map(({ id }, at) => [id, at + 1]));
  return all.map(({ id, text }) => {
    const number = numbers.get(id);
    const group = groups.find(({ claim }) => claim === id);
    return (
      <div key={id} className="dossier-part-group">
        <div className="dossier-part">
          <Check
            label={number === undefined ? text : `${String(number)} ${text}`}
            selected={chosen.has(id)}
            isDisabled={isReadOnly || (chosen.size === 1 && chosen.has(id))}
            onChange={(on) => acts.change({ from: withClaim(all, chosen, id, on) })}
          />
          {group === undefined ? null : <GroupCount group={group} />}
        </div>
        {group === undefined ? null : <ExhibitsBeside saved={saved} preview={preview} group={group} />}
      </div>
    );
  });
}

/** The chosen claims with one more or one less. If all are chosen, the list is empty, which means all claims, also those written later. */
function withClaim(
  all: readonly { readonly id: ClaimId }[],
  chosen: ReadonlySet<ClaimId>,
  claim: ClaimId,
  isOn: boolean,
): DossierFrom {
  const claims = all.flatMap(({ id }) => ((id === claim ? isOn : chosen.has(id)) ? id : []));
  return { kind: 'claims', claims: claims.length === all.length ? [] : claims };
}

type Group = DossierPreview['groups'][number];

function GroupCount({ group }: { group: Group }) {
  const { t } = useTranslation();
  return (
    <span className="line dim">
      {group.unanswered === 0 ? null : <span data-tone="bad">{t('dossier.parts.contradicted')}</span>}
      {formatNumber(group.exhibits.length)}
    </span>
  );
}
