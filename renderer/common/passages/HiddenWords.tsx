import { useEffect, useState } from 'react';
import type { Passage, Source, TextAnchor } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall } from '../../api/index.ts';
import { Note } from '../../ui/Note.tsx';
import type { TextRange } from '../../viewer/types.ts';
import { hiddenOnPage } from '../../viewer/page/unseen-page.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { isMarkedHere, useHungSources, useMarkShowing } from '../workbench/shown-sources.ts';

interface HiddenWordsProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
}

/** A passage on the text of a PDF or a saved page. */
interface OnText {
  readonly id: Passage['id'];
  readonly layer: Passage['layer'];
  readonly anchor: TextAnchor;
  readonly source: Source;
}

/** Names the words of a passage that the PDF or saved page contains but does not show; empty if all are visible. */
export function HiddenWords({ passage: { id, layer, anchor }, source }: HiddenWordsProps) {
  if (anchor.kind !== 'text' || source === undefined) return null;
  const on = { id, layer, anchor, source };
  if (source.kind === 'pdf') return <HiddenInPdf {...on} />;
  return source.kind === 'page' ? <HiddenOnPage {...on} /> : null;
}

function HiddenInPdf({ id, anchor, source }: OnText) {
  const hidden = useCall('passages.visibility', { id }).data?.hidden ?? [];
  return <HiddenNote anchor={anchor} source={source} hidden={hidden} />;
}

/** A page that made the window hang is not laid out again automatically. */
function HiddenOnPage(on: OnText) {
  const hung = useHungSources();
  if (!hung.ready) return null;
  return hung.value.includes(on.source.id) && !isMarkedHere(on.source.id) ? null : (
    <LookedAt key={`${on.layer} ${on.source.id}`} {...on} />
  );
}

function LookedAt({ layer, anchor, source }: OnText) {
  const [found, setFound] = useState<{ readonly of: TextAnchor; readonly hidden: readonly TextRange[] } | null>(null);
  useMarkShowing(source.id, found !== null);
  useEffect(() => {
    let isOver = false;
    hiddenOnPage(layer, anchor, anchor.exact).then(
      (hidden) => isOver || setFound({ of: anchor, hidden: hidden ?? [] }),
      reportError,
    );
    return () => {
      isOver = true;
    };
  }, [layer, anchor]);
  return found?.of !== anchor ? null : <HiddenNote anchor={anchor} source={source} hidden={found.hidden} />;
}

interface HiddenNoteProps extends Pick<OnText, 'anchor' | 'source'> {
  readonly hidden: readonly TextRange[];
}

function HiddenNote({ anchor, source: { kind, language }, hidden }: HiddenNoteProps) {
  const { t } = useTranslation();
  if (hidden.length === 0) return null;
  const words = hidden.map(({ start, end }) => `“${quotedWords(anchor.exact.slice(start, end), kind)}”`);
  return (
    <Note tone="warn">
      <p className="strong">{t('hiddenWords.title')}</p>
      <p className="source-words" dir="auto" {...(language === null ? {} : { lang: language })}>
        {words.join(' … ')}
      </p>
      <p>{t(kind === 'page' ? 'hiddenWords.whyPage' : 'hiddenWords.whyPdf')}</p>
    </Note>
  );
}
