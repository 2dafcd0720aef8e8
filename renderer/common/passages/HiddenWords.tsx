import type { Passage, Source } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall } from '../../api/index.ts';
import { Note } from '../../ui/Note.tsx';
import { useTranslation } from '../strings/use-translation.ts';

interface HiddenWordsProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
}

/** Says which words of a passage the PDF has in its text and doesn’t show; nothing if all can be seen. */
export function HiddenWords({ passage: { id, anchor }, source }: HiddenWordsProps) {
  const { t } = useTranslation();
  const isOnText = anchor.kind === 'text' && source?.kind === 'pdf';
  const hidden = useCall('passages.visibility', isOnText ? { id } : null).data?.hidden ?? [];
  if (anchor.kind !== 'text' || hidden.length === 0) return null;
  const language = source?.language ?? null;
  const words = hidden.map(({ start, end }) => `“${quotedWords(anchor.exact.slice(start, end), 'pdf')}”`);
  return (
    <Note tone="warn">
      <p className="strong">{t('hiddenWords.title')}</p>
      <p className="source-words" dir="auto" {...(language === null ? {} : { lang: language })}>
        {words.join(' … ')}
      </p>
      <p>{t('hiddenWords.why')}</p>
    </Note>
  );
}
