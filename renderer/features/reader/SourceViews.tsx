import { useCallback, useMemo, useRef, useState } from 'react';
import { contentPath, picturePath } from '../../../shared/contract/bytes.ts';
import type { Area, Layer, Source } from '../../../shared/model/index.ts';
import { useAsk, useCall } from '../../api/index.ts';
import { PasswordDialog } from '../../common/files/PasswordForm.tsx';
import { useMaskActs } from '../../common/masks/acts.ts';
import { useWithoutPictures } from '../../common/masks/drawn-masks.ts';
import { useMasking } from '../../common/masks/mode.ts';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { InlineError } from '../../ui/Note.tsx';
import { FrozenPage, ImageSource, PdfSource, TextSource } from '../../viewer/SourceComponents.tsx';
import type { FrozenPageOptions } from '../../viewer/page/frozen-page-view.ts';
import type { PageLayout } from '../../viewer/page/loaded-page.ts';
import type { PdfOptions } from '../../viewer/pdf/options.ts';
import type { TextOptions } from '../../viewer/text/view.ts';
import type { AreaPlace } from '../../viewer/passages/margin.ts';
import type { DrawnPassage, ViewEvents } from '../../viewer/types.ts';
import type { Problem } from './Remarks.tsx';
import { useReaderPane } from './panes.ts';
import type { OpenViews } from './useOpenViews.ts';
import type { ReadingPosition } from './useReadingPosition.ts';

interface SourceViewProps {
  readonly source: Source;
  readonly layer: Layer | null;
  readonly views: OpenViews;
  readonly drawn: readonly DrawnPassage[];
  readonly events: ViewEvents;
  readonly onProblem: (problem: Problem) => void;
  /** The reading position to start at. */
  readonly initial: ReadingPosition;
}

/** Matches are set on the view itself, so that finding does not render the source again. */
const NO_MATCHES = [] as const;

/** A PDF, and the dialog that asks for its password. */
export function PdfBody({ source, layer, views, drawn, events, onProblem, initial }: SourceViewProps) {
  const { t } = useTranslation();
  const ask = useAsk();
  const password = usePassword();
  const labels = useViewLabels(source);
  const current = useReaderPane().passage;
  const loadText = useCallback(
    async () => (source.layer === null ? '' : (await ask('layers.text', { id: source.layer })).text),
    [ask, source.layer],
  );
  const onArea = useOnArea(source, views);
  return (
    <>
      <PdfSource
        source={source.id}
        language={source.language}
        layer={layer}
        loadText={loadText}
        askPassword={password.ask}
        passages={drawn}
        current={current}
        matches={NO_MATCHES}
        firstZoom={initial.zoom}
        firstSpread={initial.spread}
        firstTurn={initial.turn}
        labels={labels.pdf}
        events={{
          ...events,
          onArea,
          onPlace: views.onPlace,
          onAreaTool: views.onAreaTool,
          onUnpaintable: () => onProblem(password.wasCancelled() ? 'locked' : 'unpaintable'),
        }}
        onView={views.setPdf}
        onFailed={() => onProblem('cannotOpen')}
      />
      <PasswordDialog
        title={t('reader.passwordTitle')}
        isOpen={password.asked !== null}
        isPassword
        label={t('reader.password')}
        hint={t('reader.passwordHint')}
        error={password.asked?.wrong === true ? t('reader.passwordWrong') : null}
        openLabel={t('reader.passwordOpen')}
        leaveLabel={t('reader.passwordNone')}
        onOpen={password.answer}
        onLeave={() => password.answer(null)}
      />
    </>
  );
}

/** Returns a function that makes a passage, or while masks are shown a mask, of a drawn area, on the layer that is shown. */
function useOnArea({ id }: Source, { shown: { layer } }: OpenViews): (page: number, area: Area) => void {
  const acts = usePassageActs();
  const masks = useMaskActs();
  const isMasking = useMasking((state) => state.isOn);
  return (page, area) => {
    if (layer === null) return;
    const span = { source: id, layer, marked: { kind: 'area', page, area }, exact: '' } as const;
    if (isMasking) masks.mask(span);
    else void acts.create(span);
  };
}

/** An image, or a page's screenshot. */
export function ImageBody({ source, views, drawn, events, onProblem, initial: first }: SourceViewProps) {
  // Where a page’s screenshot is shown, the page may have moved on since it was opened. Drawn together with the stored position, a
  // view is not told of that yet.
  const [initial] = useState(() => {
    const latest = views.position();
    return latest.at < first.at ? first : latest;
  });
  const labels = useViewLabels(source);
  const current = useReaderPane().passage;
  const onArea = useOnArea(source, views);
  const withoutPictures = useWithoutPictures(source.id);
  const layer = useCall('layers.get', views.shown.layer === null ? null : { id: views.shown.layer });
  if (layer.error !== null) return <InlineError message={layer.error.message} />;
  if (layer.data === undefined) return null;
  return (
    <div className="image-body" data-without-pictures={withoutPictures || undefined}>
      <ImageSource
        path={imagePathOf(source, layer.data)}
        layer={layer.data}
        passages={drawn}
        current={current}
        firstZoom={initial.zoom}
        firstTurn={initial.turn}
        labels={labels.image}
        events={{
          ...events,
          onArea,
          onPlace: views.onPlace,
          onAreaTool: views.onAreaTool,
          onUnpaintable: () => onProblem('noImage'),
        }}
        onView={views.setPdf}
      />
    </div>
  );
}

function imagePathOf({ kind, id }: Source, layer: Layer): string {
  return kind === 'page' ? picturePath(layer.id) : contentPath(id);
}

interface WrittenBodyProps extends SourceViewProps {
  readonly layout: Omit<PageLayout, 'withoutPictures'>;
}

/** A text or a frozen page. */
export function WrittenBody({ source, views, drawn, events, layout }: WrittenBodyProps) {
  const labels = useViewLabels(source);
  const current = useReaderPane().passage;
  const text = useCall('layers.text', source.layer === null ? null : { id: source.layer });
  const withoutPictures = useWithoutPictures(source.id);
  if (text.error !== null) return <InlineError message={text.error.message} />;
  if (text.data === undefined || source.layer === null) return null;
  const shared = { text: text.data.text, passages: drawn, current, matches: NO_MATCHES, events };
  return source.kind === 'text' ? (
    <TextSource {...shared} zoom={views.scale} labels={labels.text} onView={views.setText} />
  ) : (
    <FrozenPage
      {...shared}
      layer={source.layer}
      zoom={views.scale}
      paper={views.paper}
      readable={layout.readable}
      framesInFull={layout.framesInFull}
      withoutPictures={withoutPictures}
      labels={labels.page}
      onView={views.setFrozen}
    />
  );
}

interface ViewLabels {
  readonly pdf: PdfOptions['labels'];
  readonly image: PdfOptions['labels'];
  readonly text: TextOptions['labels'];
  readonly page: FrozenPageOptions['labels'];
}

/** The translated texts that each kind of view needs. */
export function useViewLabels({ title, fileName }: Pick<Source, 'title' | 'fileName'>): ViewLabels {
  const { t } = useTranslation();
  return useMemo(() => {
    const name = title ?? fileName;
    const codesOf = (all: readonly string[]): string => (all.length === 0 ? t('reader.untagged') : all.join(', '));
    const codes = {
      untagged: t('reader.untagged'),
      suggested: (all: readonly string[]) => t('terms.codeName', { codes: codesOf(all) }),
      begins: (all: readonly string[], words: string) => t('reader.passageBegins', { words, codes: codesOf(all) }),
      ends: (all: readonly string[], words: string) => t('reader.passageEnds', { words, codes: codesOf(all) }),
      more: (count: number) => t('reader.passagesMore', { count, list: t('reader.codes') }),
      list: t('reader.codes'),
      code: (all: readonly string[], others: number, area: AreaPlace | null) => {
        const own =
          area === null ? codesOf(all) : t(`reader.areaCode.${area.third}`, { page: area.page, codes: codesOf(all) });
        return others === 0 ? own : t('reader.codeAndOthers', { codes: own, count: others });
      },
    };
    return {
      pdf: {
        ...codes,
        pages: name,
        page: (page) => t('reader.pageName', { page }),
        unpainted: `${t('reader.unpaintedPage')} ${t('picture.unpaintedText')}`,
      },
      image: {
        ...codes,
        pages: name,
        page: () => t('picture.name'),
        unpainted: `${t('picture.unpainted')} ${t('picture.unpaintedText')}`,
      },
      text: { ...codes, text: name },
      page: { ...codes, frame: name, emptyFrame: t('reader.emptyFrame') },
    };
  }, [t, title, fileName]);
}

interface PasswordQuestion {
  /** Null while no password is asked for. */
  readonly asked: { readonly wrong: boolean } | null;
  readonly ask: (wrong: boolean) => Promise<string | null>;
  readonly answer: (password: string | null) => void;
  /** Whether the password was asked for and the dialog cancelled. */
  readonly wasCancelled: () => boolean;
}

/** Asks for the password with which a PDF can be painted. It is not stored. */
function usePassword(): PasswordQuestion {
  const [asked, setAsked] = useState<PasswordQuestion['asked']>(null);
  const respond = useRef<((password: string | null) => void) | null>(null);
  const ask = useCallback(
    (wrong: boolean) =>
      new Promise<string | null>((resolve) => {
        respond.current = resolve;
        setAsked({ wrong });
      }),
    [],
  );
  const cancelled = useRef(false);
  const wasCancelled = useCallback(() => cancelled.current, []);
  const answer = useCallback((password: string | null) => {
    cancelled.current = password === null;
    setAsked(null);
    respond.current?.(password);
    respond.current = null;
  }, []);
  return { asked, ask, answer, wasCancelled };
}
