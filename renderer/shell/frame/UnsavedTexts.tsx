import { useRef } from 'react';
import { categoryId, claimId, dossierId, sourceId } from '../../../shared/model/index.ts';
import { useApi } from '../../api/index.ts';
import { openClaims, showClaim } from '../../common/claims/state.ts';
import { placeOfDraft, useDrafts, useUnsaved, type DraftPlace } from '../../common/drafts/drafts.ts';
import { recordOfField, useRefusedFields, type FieldName } from '../../common/drafts/refused.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { requestMemoFocus } from '../../common/memos/MemoSection.tsx';
import { openInReview, requestFocus } from '../../common/review/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showRecord } from '../../common/workbench/screens.ts';
import { showPane } from '../../common/workbench/side-panes.tsx';
import {
  chooseCategory,
  goTo,
  openDialog,
  openPassage,
  openSource,
  setPassage,
  showInSidebar,
  useWorkbench,
} from '../../common/workbench/workbench.ts';
import { openDossiers, showDossier } from '../../features/dossier/state.ts';
import { showMany } from '../../features/library/library-state.ts';
import { Icon } from '../../ui/Icon.tsx';

/**
 * The number of unsaved texts. Each press leads to the next draft, or to the next field whose text could not be saved; these are kept while
 * the person goes elsewhere. Other unsaved fields are on screen.
 */
export function UnsavedTexts() {
  const { t } = useTranslation();
  const unsaved = useUnsaved();
  const isReadOnly = useReadOnly();
  const drafts = useDrafts((state) => state.drafts);
  const refused = useRefusedFields();
  const show = useShowDraft();
  const last = useRef<string | null>(null);
  if (unsaved === 0) return <span>{t(isReadOnly ? 'status.readOnly' : 'status.saved')}</span>;
  const text = t('status.unsaved', { count: unsaved });
  if (drafts.size + refused.length === 0) return <span>{text}</span>;
  const showNext = (): void => {
    const keys = [...drafts.keys(), ...refused];
    const next = keys[(keys.indexOf(last.current ?? '') + 1) % keys.length] ?? null;
    last.current = next;
    const field = refused.find((one) => one === next);
    if (field !== undefined) return showField(field);
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

/** Shows the record of a field whose text could not be saved. */
function showField(field: FieldName): void {
  const { kind, id } = recordOfField(field);
  switch (kind) {
    case 'source':
      return showRecord(sourceId.parse(id));
    case 'category':
      showInSidebar('codebook');
      return chooseCategory(categoryId.parse(id));
    case 'claim':
      goTo('evidence');
      openClaims();
      return showClaim(claimId.parse(id));
    case 'dossier':
      goTo('evidence');
      openDossiers();
      return showDossier(dossierId.parse(id));
  }
}

/** Returns a function that shows the record of a draft, with the draft’s editor. One passage may have several drafts. */
function useShowDraft(): (place: Exclude<DraftPlace, { kind: 'many' }>) => Promise<void> {
  const api = useApi();
  return async (place) => {
    if (place.kind === 'return') return openInReview(place.passage);
    if (place.kind === 'rating') return showRecord(place.source);
    const passage = await api.call('passages.get', { id: place.passage }).catch(() => null);
    if (passage !== null) {
      const { place: shown, passage: current } = useWorkbench.getState();
      // Going to a passage focuses the page. If the passage is current already, the focus stays for the editor.
      if (shown !== 'read' || current !== passage.id)
        return openPassage({ source: passage.source, passage: passage.id });
      showPane('end');
      return place.kind === 'memo' ? requestMemoFocus('passage') : requestFocus(place.kind);
    }
    if (place.kind !== 'memo') return undefined;
    const source = await api.call('sources.get', { id: place.source }).catch(() => null);
    if (source !== null) {
      openSource(source.id);
      // The source’s memo is shown while no passage is selected.
      return setPassage(null);
    }
    const { categories } = await api.call('codebook.get', {});
    if (!categories.some(({ id }) => id === place.category)) return openDialog('project');
    showInSidebar('codebook');
    return chooseCategory(place.category);
  };
}
