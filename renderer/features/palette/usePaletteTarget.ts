import { useTranslation } from 'react-i18next';
import type { Passage, PersonId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import type { TagTarget } from '../../app/state/reading.ts';

/** What the palette is about: the passage if it is one already, its words, and who acts. */
export interface PaletteTarget {
  readonly passage: Passage | null;
  readonly quote: string;
  readonly language: string | null;
  readonly person: PersonId | null;
}

export function usePaletteTarget(target: TagTarget): PaletteTarget {
  const { t } = useTranslation();
  const passage = useCall('passages.get', target.kind === 'passage' ? { id: target.passage } : null).data ?? null;
  const source: SourceId | null = target.kind === 'marked' ? target.span.source : (passage?.source ?? null);
  const language = useCall('sources.get', source === null ? null : { id: source }).data?.language ?? null;
  const person = useCall('app.state', {}).data?.person.id ?? null;
  const quote =
    target.kind === 'marked'
      ? target.span.exact
      : passage === null
        ? ''
        : passage.anchor.kind === 'text'
          ? passage.anchor.exact
          : t('palette.area', { page: passage.anchor.page });
  return { passage, quote, language, person };
}
