import { useEffect, useRef } from 'react';
import { Button, DropIndicator, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import type { DossierExhibit, DossierPreview, SavedDossier } from '../../../shared/contract/dossier.ts';
import { TEMPLATES } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { announce } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';
import { droppedOrder } from './order.ts';
import { forgetMoved, showExhibit, showMoved, useDossiers } from './state.ts';
import { useDossierActs } from './useDossierActs.ts';

type Group = DossierPreview['groups'][number];

interface BesideProps {
  readonly saved: SavedDossier;
  readonly preview: DossierPreview | undefined;
  readonly group: Group;
}

/** While one exhibit is shown as it will be printed, the exhibits of its group, in a list beside it. Otherwise nothing. */
export function ExhibitsBeside({ preview, ...of }: BesideProps) {
  const { isPaper, exhibit } = useDossiers();
  if (preview === undefined || !isPaper || !of.group.exhibits.includes(exhibit)) return null;
  return <ExhibitList {...of} preview={preview} current={exhibit} />;
}

/** The exhibits in order. Dragging reorders them: with the mouse, or from the grip with Enter, arrows and Enter; Escape cancels. */
function ExhibitList({
  saved,
  preview: { exhibits },
  group,
  current,
}: BesideProps & { readonly preview: DossierPreview; readonly current: number }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const acts = useDossierActs(saved);
  const labelOf = (number: number): string => exhibits[number - 1]?.label ?? '';
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': labelOf(Number(key)) })),
    onReorder: ({ keys, target: { key, dropPosition } }) => {
      const [moved] = keys;
      if (moved === undefined || dropPosition === 'on') return;
      const isByDocument = TEMPLATES[saved.template].exhibits !== 'claims';
      const next = droppedOrder(exhibits, Number(moved), { number: Number(key), at: dropPosition }, isByDocument);
      if (next === null) return;
      const now = (number: number): number => next.findIndex((one) => one.number === number) + 1;
      const words = { number: labelOf(Number(moved)), place: labelOf(Number(key)) };
      acts.change({ order: next.flatMap(({ passages }) => passages) }, () => {
        showMoved({ number: now(Number(moved)), from: exhibits }, now(current));
        announce(t(`dossier.parts.moved.${dropPosition}`, words));
      });
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className="dossier-drop" />,
  });
  const list = useRef<HTMLDivElement>(null);
  const moved = useDossiers((state) => state.moved);
  useEffect(() => {
    if (moved === null || moved.from === exhibits) return;
    // Wait a frame: React Aria renders the rows after the list.
    const frame = requestAnimationFrame(() => {
      const row = list.current?.querySelector<HTMLElement>(`[data-key="${String(moved.number)}"]`);
      if (document.activeElement === document.body) row?.focus();
      forgetMoved();
    });
    return () => cancelAnimationFrame(frame);
  }, [moved, exhibits]);
  const of = group.text === '' ? t('dossier.noClaim') : group.text;
  return (
    <GridList
      // A list that is rendered cannot gain or lose its drag hooks, so read-only has a list of its own.
      key={isReadOnly ? 'read' : 'drag'}
      ref={list}
      aria-label={t('dossier.parts.exhibitsOf', { of })}
      className="dossier-part-exhibits"
      keyboardNavigationBehavior="tab"
      onAction={(key) => showExhibit(Number(key))}
      {...(isReadOnly ? {} : { dragAndDropHooks })}
    >
      {group.exhibits.flatMap((number) => {
        const one = exhibits[number - 1];
        return one === undefined ? (
          []
        ) : (
          <ExhibitEntry
            key={number}
            exhibit={one}
            claim={group.claim}
            isOn={number === current}
            isDraggable={!isReadOnly}
          />
        );
      })}
    </GridList>
  );
}

interface EntryProps {
  readonly exhibit: DossierExhibit;
  readonly claim: string | null;
  readonly isOn: boolean;
  readonly isDraggable: boolean;
}

function ExhibitEntry({ exhibit, claim, isOn, isDraggable }: EntryProps) {
  const { t } = useTranslation();
  const { number, label, quote, kind, language, claims, translation } = exhibit;
  const as = claims.find((one) => one.claim === claim && one.as !== 'supports')?.as;
  const words = quote === null ? t('dossier.area') : quotedWords(quote, kind);
  return (
    <GridListItem
      id={number}
      textValue={`${label} ${words}`}
      className="side-row dossier-part-exhibit"
      data-current={isOn || undefined}
    >
      {isDraggable ? (
        <Button slot="drag" className="dossier-grip" aria-label={t('dossier.parts.drag', { number: label })}>
          <Icon name="grip" size="small" />
        </Button>
      ) : null}
      <span className="code dim">{label}</span>
      <span className="source-words cut grow" lang={language ?? undefined} dir="auto">
        {words}
      </span>
      {isOn ? <span className="unseen">{t('dossier.parts.shown')}</span> : null}
      {as === undefined ? null : (
        <span data-tone={as === 'contradicts' ? 'bad' : undefined}>{t(`dossier.parts.as.${as}`)}</span>
      )}
      {translation === 'working' ? <span data-tone="warn">{t('dossier.parts.notApproved')}</span> : null}
    </GridListItem>
  );
}
