import { useRef } from 'react';
import { useApi } from '../../api/index.ts';
import { placeOfDraft, useDrafts, useUnsaved, type DraftPlace } from '../../common/drafts/drafts.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { requestMemoFocus } from '../../common/memos/MemoSection.tsx';
import { openInReview, requestFocus } from '../../common/review/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showRecord } from '../../common/workbench/screens.ts';
import { showPane } from '../../common/workbench/side-panes.tsx';
import {
  chooseCategory,
  openDialog,
  openPassage,
  openSource,
  setPassage,
  showInSidebar,
  useWorkbench,
} from '../../common/workbench/workbench.ts';
import { showMany } from '../../features/library/library-state.ts';
import { Icon } from '../../ui/Icon.tsx';

/**
 * How many texts are not saved yet. Drafts are kept while one reads on, so the count leads to them, to the next one with each
 * press. Fields that are not saved yet are on screen.
 */
export function UnsavedTexts() {
  const { t } = useTranslation();
  const unsaved = useUnsaved();
  const isReadOnly = useReadOnly();
  const drafts = useDrafts((state) => state.drafts);
  const show = useShowDraft();
  const last = useRef<string | null>(null);
  if (unsaved === 0) return <span>{t(isReadOnly ? 'status.readOnly' : 'status.saved')}</span>;
  const text = t('status.unsaved', { count: unsaved });
  if (drafts.size === 0) return <span>{text}</span>;
  const showNext = (): void => {
    const keys = [...drafts.keys()];
    const next = keys[(keys.indexOf(last.current ?? '') + 1) % keys.length] ?? null;
    last.current = next;
    const place = next === null ? null : placeOfDraft(next);
    if (next === null || place === null) return;
    if (place.kind === 'many') showMany(next);
    else void show(place);
  };
  return (
    <button type="button" onClick={showNext} title={t('status.showUnsaved')}>
      <Icon name="edit" size="small" />
      {text}
      <span className="unseen">{`. ${t('status.showUnsaved')}`}</span>
    </button>
  );
}

/** Shows what a draft belongs to, with the draft; one passage may have several. */
function useShowDraft(): (place: Exclude<DraftPlace, { kind: 'many' }>) => Promise<void> {
  const api = useApi();
  return async (place) => {
    if (place.kind === 'return') return openInReview(place.passage);
    if (place.kind === 'rating') return showRecord(place.source);
    const passage = await api.call('passages.get', { id: place.passage }).catch(() => null);
    if (passage !== null) {
      const { place: shown, passage: current } = useWorkbench.getState();
      // Going to a passage gives the keyboard to the page. Of the one that is there already, it goes into the text.
      if (shown !== 'read' || current !== passage.id)
        return openPassage({ source: passage.source, passage: passage.id });
      showPane('end');
      return place.kind === 'memo' ? requestMemoFocus('passage') : requestFocus(place.kind);
    }
    if (place.kind !== 'memo') return undefined;
    const source = await api.call('sources.get', { id: place.source }).catch(() => null);
    if (source !== null) {
      openSource(source.id);
      // Its memo is shown while no passage is selected.
      return setPassage(null);
    }
    const { categories } = await api.call('codebook.get', {});
    if (!categories.some(({ id }) => id === place.category)) return openDialog('project');
    showInSidebar('codebook');
    return chooseCategory(place.category);
  };
}
