import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Conflict } from '../../../shared/contract/merge.ts';
import type { Category, Passage, Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { familyStyle, FamilySign, restOf } from '../../ui/FamilySign.tsx';

/** The place of a conflict: source and page, or the codebook. */
export function ConflictPlace({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation();
  const { passage, source } = useHome(conflict);
  if (source !== undefined) {
    const name = source.title ?? source.fileName;
    // A conflict about the source itself begins with its name.
    if (conflict.entity === 'source' && conflict.about === `“${name}”`) return null;
    const hasPages = passage !== undefined && source.kind === 'pdf';
    return (
      <>
        <bdi>{name}</bdi>
        {hasPages ? t('merge.conflicts.page', { page: passage.anchor.page }) : null}
      </>
    );
  }
  return conflict.category === null ? null : t('merge.conflicts.codebook');
}

/** The quotation with its surrounding text, or the category, that a conflict is about. */
export function ConflictContext({ conflict }: { conflict: Conflict }) {
  const { passage, source } = useHome(conflict);
  const categories = useCall('codebook.get', {}).data?.categories;
  if (passage !== undefined) {
    const [first] = passage.tags;
    const category = categories?.find(({ id }) => id === first?.category);
    return <Quote passage={passage} source={source} category={category} />;
  }
  const category = categories?.find(({ id }) => id === conflict.category);
  return category === undefined ? null : <CategoryLine category={category} />;
}

function useHome({ passage: id, source: of }: Conflict): {
  readonly passage: Passage | undefined;
  readonly source: Source | undefined;
} {
  const passage = useCall('passages.get', id === null ? null : { id }).data;
  const home = passage?.source ?? of;
  const source = useCall('sources.get', home === null ? null : { id: home }).data;
  return { passage, source };
}

interface QuoteProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
  readonly category: Category | undefined;
}

function Quote({ passage: { anchor }, source, category }: QuoteProps) {
  const { t } = useTranslation();
  if (anchor.kind === 'area') return <p className="team-context mid">{t('merge.conflicts.area')}</p>;
  const { className, style } = category === undefined ? NO_FAMILY : familyStyle(category.code, category.colour);
  const language = source?.language ?? null;
  const shown = (text: string): string => quotedWords(text, 'pdf');
  return (
    <blockquote className="team-context source-words" dir="auto" {...(language === null ? {} : { lang: language })}>
      <span className="dim">{shown(anchor.prefix)}</span>
      <mark className={`team-quote ${className}`} style={style}>
        {quotedWords(anchor.exact, source?.kind ?? 'text')}
      </mark>
      <span className="dim">{shown(anchor.suffix)}</span>
    </blockquote>
  );
}
const NO_FAMILY = { className: 'f-aim', style: {} };

function CategoryLine({ category }: { category: Category }) {
  const { t } = useTranslation();
  return (
    <p className="team-context line">
      <FamilySign code={category.code} colour={category.colour} />
      <span className="code">{restOf(category.code)}</span>
      <bdi>{category.name}</bdi>
      <span className="dim">{t('merge.conflicts.use', { count: category.passages })}</span>
    </p>
  );
}
