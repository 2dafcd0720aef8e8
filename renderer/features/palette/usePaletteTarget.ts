import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CategoryId, Passage, PersonId, SourceId, ValueId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { TagTarget } from '../../common/reader/reading-state.ts';

/** What the palette is about: the passage if it is one already, its words, and who acts. */
export interface PaletteTarget {
  readonly passage: Passage | null;
  readonly quote: string;
  readonly language: string | null;
  readonly person: PersonId | null;
  /** Who else put this category or value on it, by name. */
  readonly othersOn: (id: CategoryId | ValueId) => readonly string[];
}

/** Asks for what the palette says of its target. */
export function usePaletteTarget(target: TagTarget): PaletteTarget {
  const { t } = useTranslation();
  const passage = useCall('passages.get', target.kind === 'passage' ? { id: target.passage } : null).data ?? null;
  const source: SourceId | null = target.kind === 'marked' ? target.span.source : (passage?.source ?? null);
  const { language = null, kind = 'text' } = useCall('sources.get', source === null ? null : { id: source }).data ?? {};
  const person = useCall('app.state', {}).data?.person.id ?? null;
  const quote =
    target.kind === 'marked'
      ? quotedWords(target.span.exact, kind)
      : passage === null
        ? ''
        : passage.anchor.kind === 'text'
          ? quotedWords(passage.anchor.exact, kind)
          : kind === 'pdf'
            ? t('palette.area', { page: passage.anchor.page })
            : t('picture.areaOf');
  const people = useCall('project.info', {}).data?.people ?? [];
  const put = [
    ...(passage?.tags ?? []).map((tag) => ({ what: String(tag.category), by: tag.person })),
    ...(passage?.settings ?? []).map((setting) => ({ what: String(setting.value), by: setting.person })),
  ].filter(({ by }) => by !== person);
  const othersOn = (id: CategoryId | ValueId): string[] =>
    put.filter(({ what }) => what === id).map(({ by }) => people.find((one) => one.id === by)?.name ?? '?');
  return { passage, quote, language, person, othersOn };
}
