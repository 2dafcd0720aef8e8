import { dimensionOf } from '../../../shared/contract/evidence-facets.ts';
import type { EvidenceColumn, EvidenceRow } from '../../../shared/contract/evidence.ts';
import type { EvidencePlace } from '../../../shared/contract/evidence-places.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { directionOf } from '../../common/review/languages.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useCall } from '../../api/index.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useNames } from '../../common/people/use-names.ts';
import { StateBadge } from '../../common/review/InspectorReview.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** A passage's words above its translation. Without a translation the words have both lines. */
export function QuoteCell({ row }: { row: EvidenceRow }) {
  const { t } = useTranslation();
  const words = row.quote === null ? t('evidence.area', { page: row.page }) : quotedWords(row.quote, 'pdf');
  if (row.translation === null)
    return (
      <bdi className="source-words column-words evidence-quote-alone" lang={row.language ?? undefined}>
        {words}
      </bdi>
    );
  return (
    <div className="two-lines evidence-quote">
      <bdi className="cut source-words column-words" lang={row.language ?? undefined}>
        {words}
      </bdi>
      <span className="cut" {...translationProps(row)}>
        {row.translation.text}
      </span>
    </div>
  );
}

function translationProps({ translation }: EvidenceRow) {
  return translation === null ? {} : { lang: translation.language, dir: directionOf(translation.language) };
}

/** The first category with its sign, and the number of others. */
export function CategoriesCell({ categories }: { categories: readonly { readonly category: CategoryId }[] }) {
  const { t } = useTranslation();
  const known = useCategories();
  const all = categories.flatMap(({ category }) => known.get(category) ?? []);
  const [first, ...others] = all;
  if (first === undefined) return <span className="dim">{t('evidence.untagged')}</span>;
  return (
    <span className="line evidence-code" title={all.map(({ name }) => name).join('\n')}>
      <FamilySign code={first.code} colour={first.colour} />
      <span className="code cut">{restOf(first.code)}</span>
      {others.length === 0 ? null : <span className="dim">+{others.length}</span>}
    </span>
  );
}

const None = () => <span className="dim">–</span>;

/** What a column shows of a passage. */
export function Cell({ row, column }: { row: EvidenceRow; column: EvidenceColumn }) {
  const { t } = useTranslation();
  const names = useNames();
  switch (column) {
    case 'quote':
      return <QuoteCell row={row} />;
    case 'translation':
      return row.translation === null ? <None /> : <span className="cut">{row.translation.text}</span>;
    case 'category':
      return <CategoriesCell categories={row.categories} />;
    case 'source':
      return (
        <div className="two-lines">
          <bdi className="cut column-words" lang={row.language ?? undefined}>
            {row.sourceTitle}
          </bdi>
          <span className="cut">{t('evidence.page', { page: row.page })}</span>
        </div>
      );
    case 'place':
      return <span className="cut">{t('evidence.page', { page: row.page })}</span>;
    case 'origin':
      return <OriginCell row={row} />;
    case 'places':
      return <PlacesCell places={row.places ?? []} />;
    case 'publisher':
      return row.publisher === null ? <None /> : <bdi className="cut">{row.publisher}</bdi>;
    case 'type':
      return <TypeCell code={row.type} />;
    case 'language':
      return row.language === null ? <None /> : <span>{row.language}</span>;
    case 'grade':
      return row.grade === null ? <None /> : <span className="grade">{row.grade}</span>;
    case 'act':
    case 'document':
    case 'published':
    case 'captured':
      return row.dates[column] === null ? <None /> : <DateEdtf edtf={row.dates[column]} spoken={row.dates[column]} />;
    case 'state':
      return <StateBadge state={row.state} />;
    case 'person':
      return <PersonName id={row.person} name={names?.get(row.person) ?? '?'} isInRow />;
    case 'created':
      return <span className="cut mid">{formatMoment(row.createdAt)}</span>;
    case 'memo':
      return row.memo ? (
        <span>
          <Icon name="check" size="small" />
          <span className="unseen">{t('evidence.hasMemo')}</span>
        </span>
      ) : (
        <None />
      );
    default:
      return <DimensionCell row={row} code={dimensionOf(column)} />;
  }
}

/** The source that a copy comes from, and the number of other copies. */
function OriginCell({ row: { copies, source } }: { row: EvidenceRow }) {
  const { t } = useTranslation();
  if (copies === null) return <None />;
  const { origin, others } = copies;
  const words =
    origin === null
      ? t('evidence.copies.unknown')
      : origin.source === source
        ? t('evidence.copies.isOrigin')
        : t('evidence.copies.of', { title: origin.title });
  return (
    <div className="two-lines">
      <bdi className="cut">{words}</bdi>
      <span className="cut">{t('evidence.copies.others', { count: others })}</span>
    </div>
  );
}

/** The places that a passage names. Unsure ones are in italics; the place of the source is dimmed. */
function PlacesCell({ places }: { places: readonly EvidencePlace[] }) {
  const { t } = useTranslation();
  if (places.length === 0) return <None />;
  const title = places.map(({ name, kind }) => `${name} (${t(`evidence.placeKinds.${kind}`)})`).join('\n');
  return (
    <span className="cut" title={title}>
      {places.map(({ place, name, kind }, at) => (
        <span key={place} className="evidence-place" data-kind={kind}>
          {at === 0 ? '' : ', '}
          <bdi>{name}</bdi>
          {kind === 'likely' || kind === 'among' ? '?' : ''}
          <span className="unseen"> {t(`evidence.placeKinds.${kind}`)}</span>
        </span>
      ))}
    </span>
  );
}

function TypeCell({ code }: { code: string | null }) {
  const types = useCall('codebook.get', {}).data?.dimensions.find((one) => one.code === 'doctype')?.values;
  if (code === null) return <None />;
  return <span className="cut">{types?.find((one) => one.code === code)?.label ?? code}</span>;
}

function DimensionCell({ row, code }: { row: EvidenceRow; code: string }) {
  const dimension = useCall('codebook.get', {}).data?.dimensions.find((one) => one.code === code);
  const labels = row.settings
    .filter((one) => one.dimension === dimension?.id)
    .flatMap(({ value }) => dimension?.values.find(({ id }) => id === value)?.label ?? []);
  return labels.length === 0 ? <None /> : <span className="cut">{[...new Set(labels)].join(', ')}</span>;
}
