import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { KeptPanes } from '../../common/workbench/KeptPanes.tsx';
import { useWorkbench, type SideId, activate } from '../../common/workbench/workbench.ts';
import { tokenPixels } from '../../ui/token.ts';
import { useSideCommands } from './commands/sides.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useAnew, useCall } from '../../api/index.ts';
import { InlineError, Note } from '../../ui/Note.tsx';
import { contentAddress } from '../../viewer/pdf/fetch-page.ts';
import { keptDocuments } from '../../viewer/pdf/kept-documents.ts';
import { SideContext, useIsActive, useSide } from './sides.ts';
import { SourceBody } from './SourceBody.tsx';
import { SourceTabs, TabDrop } from './SourceTabs.tsx';

/** The reader: one side, or two beside each other. Where there is no room for two, the active one is shown. */
export function Reader() {
  const { t } = useTranslation();
  const sides = useWorkbench((state) => state.sides);
  const active = useWorkbench((state) => state.active);
  const frame = useRef<HTMLDivElement>(null);
  const roomy = useRoomForTwo(frame);
  useSideCommands();
  const isSplit = sides.length > 1;
  const shown = isSplit && !roomy ? sides.filter(({ id }) => id === active) : sides;
  const label = (id: SideId): string =>
    isSplit ? t(sides[0]?.id === id ? 'split.first' : 'split.second') : t('panes.reader');
  return (
    <div ref={frame} className="reader-sides" data-split={isSplit || undefined}>
      <KeptPanes
        id="split"
        panes={shown.map(({ id }) => ({
          id,
          label: label(id),
          main: true,
          content: <ReaderSide id={id} label={label(id)} isSplit={isSplit} isFolded={isSplit && !roomy} />,
        }))}
      />
    </div>
  );
}

/** Whether two sides fit beside each other: measured on the reader itself, since panes beside it come and go. */
function useRoomForTwo(frame: RefObject<HTMLElement | null>): boolean {
  const [roomy, setRoomy] = useState(true);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setRoomy(element.clientWidth >= 2 * tokenPixels('--page-least')));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return roomy;
}

interface Props {
  readonly id: SideId;
  readonly label: string;
  readonly isSplit: boolean;
  /** The other side is there, but there is no room for it. */
  readonly isFolded: boolean;
}

/** One side of the reader: its tabs, and the source in front. */
function ReaderSide(props: Props) {
  return (
    <SideContext value={props.id}>
      <SideFrame {...props} />
    </SideContext>
  );
}

function SideFrame({ id, label, isSplit, isFolded }: Props) {
  const { tabs, source } = useSide();
  const isActive = useIsActive();
  const section = useRef<HTMLElement>(null);
  useActivation(section, id);
  return (
    <section
      ref={section}
      className="reader"
      data-side={id}
      data-active={(isSplit && isActive) || undefined}
      aria-label={label}
    >
      {source === null ? null : (
        <>
          <SourceTabs tabs={tabs} front={source} isSplit={isSplit} isFolded={isFolded} />
          <div className="reader-panel" role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}-${source}`}>
            <Front id={source} />
          </div>
        </>
      )}
      <TabDrop isSplit={isSplit} />
    </section>
  );
}

function Front({ id }: { id: SourceId }) {
  const source = useCall('sources.get', { id });
  if (source.error !== null) return <InlineError message={source.error.message} />;
  return (
    <>
      <Integrity id={id} />
      {source.data === undefined ? null : <SourceBody key={id} source={source.data} />}
    </>
  );
}

/** A side becomes the active one as soon as the pointer or the keyboard is in it, or in a frame in it. */
function useActivation(section: React.RefObject<HTMLElement | null>, id: SideId): void {
  useEffect(() => {
    const element = section.current;
    if (element === null) return undefined;
    const take = (): void => activate(id);
    // A frame that takes the keyboard tells its page nothing but that the page has lost it.
    const lost = (): void => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLIFrameElement && element.contains(activeElement)) take();
    };
    element.addEventListener('pointerdown', take, { capture: true });
    element.addEventListener('focusin', take);
    window.addEventListener('blur', lost);
    return () => {
      element.removeEventListener('pointerdown', take, { capture: true });
      element.removeEventListener('focusin', take);
      window.removeEventListener('blur', lost);
    };
  }, [section, id]);
}

/** The original is read and hashed whenever a source is opened; what does not match is said before anything else. */
function Integrity({ id }: { id: SourceId }) {
  const { t } = useTranslation();
  const verified = useAnew('sources.verify', { id });
  const isChanged = verified.data?.ok === false;
  // Nobody is shown what was painted of it before, as if it were what is there.
  useEffect(() => {
    if (isChanged) keptDocuments.distrust(contentAddress(id));
  }, [isChanged, id]);
  if (verified.error !== null) return <InlineError message={verified.error.message} />;
  if (verified.data === undefined || verified.data.ok) return null;
  return (
    <Note tone="bad" role="alert">
      {verified.data.found === null ? t('reader.originalMissing') : t('reader.originalChanged')}
    </Note>
  );
}
