import { runCommand } from '../../common/commands/registry.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { showFigures, useFiguring } from '../../common/figures/mode.ts';
import { showAsExported, showMasks, useMasking } from '../../common/masks/mode.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useReading } from '../../common/reader/reading-state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';

/** While masks are shown: the way back to passages, what is masked, and whether masks look as they are exported. */
export function MaskBar({ canDraw }: { canDraw: boolean }) {
  const { t } = useTranslation();
  const { isOn, isExported, current } = useMasking();
  const isReadOnly = useReadOnly();
  const isSelecting = useReading((state) => state.selected !== null);
  if (!isOn) return null;
  return (
    <div className="bar mask-bar" role="toolbar" aria-label={t('masks.tools')}>
      <Modes value="masks" />
      {isReadOnly ? null : (
        <>
          <span className="separator" />
          <Button
            kind="quiet"
            icon="edit"
            keys={shownKeysOf('maskWords')}
            isDisabled={!isSelecting && current === null}
            onPress={() => runCommand('maskWords')}
          >
            {t('masks.words')}
          </Button>
          <Button
            kind="quiet"
            icon="area"
            keys={shownKeysOf('markArea')}
            isDisabled={!canDraw}
            onPress={() => runCommand('markArea')}
          >
            {t('masks.areaTool')}
          </Button>
          <Button
            kind="quiet"
            icon="copy"
            keys={shownKeysOf('maskEverywhere')}
            isDisabled={!isSelecting && current === null}
            onPress={() => runCommand('maskEverywhere')}
          >
            {t('masks.everywhere')}
          </Button>
        </>
      )}
      <span className="grow" />
      <Segments
        label={t('masks.look')}
        value={isExported ? 'exported' : 'own'}
        options={[
          { value: 'own', label: t('masks.asItIs') },
          { value: 'exported', label: t('masks.asExported') },
        ]}
        onChange={(look) => showAsExported(look === 'exported')}
      />
    </div>
  );
}

/** While figures are shown: the way back to passages. */
export function FigureBar() {
  const { t } = useTranslation();
  const isOn = useFiguring((state) => state.isOn);
  const isReadOnly = useReadOnly();
  const isSelecting = useReading((state) => state.selected?.marked.kind === 'text');
  if (!isOn) return null;
  return (
    <div className="bar mask-bar" role="toolbar" aria-label={t('figureCards.tools')}>
      <Modes value="figures" />
      {isReadOnly ? null : (
        <>
          <span className="separator" />
          <Button
            kind="quiet"
            icon="hash"
            keys={shownKeysOf('makeFigure')}
            isDisabled={!isSelecting}
            onPress={() => runCommand('makeFigure')}
          >
            {t('figureCards.makeOf')}
          </Button>
        </>
      )}
    </div>
  );
}

/** What is marked in the source: one of them at a time. */
function Modes({ value }: { value: 'passages' | 'figures' | 'masks' }) {
  const { t } = useTranslation();
  return (
    <Segments
      label={t('masks.mode')}
      value={value}
      options={[
        { value: 'passages', label: t('masks.passages') },
        { value: 'figures', label: t('figureCards.title') },
        { value: 'masks', label: t('masks.title') },
      ]}
      onChange={(mode) => {
        showFigures(mode === 'figures');
        showMasks(mode === 'masks');
      }}
    />
  );
}
