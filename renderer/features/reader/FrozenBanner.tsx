import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import { Address } from '../../common/captures/Address.tsx';
import { runCommand } from '../../common/commands/registry.ts';
import { formatCaptured } from '../../common/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { SourceView } from '../../viewer/types.ts';
import { CaptureFlyout } from './CaptureFlyout.tsx';
import { HiddenPassages } from './HiddenPassages.tsx';

/** What one reads is a frozen copy, not the page as it is: when and from where it was captured, as far as that is known. */
export function FrozenBanner({
  source,
  asPicture,
  view,
}: {
  source: Source;
  asPicture: boolean;
  view: SourceView | null;
}) {
  const { t } = useTranslation();
  const { time, collector, url } = source.capture;
  const known = [
    ...(time === null ? [] : [t('reader.capturedAt', { time: formatCaptured(time) })]),
    ...(collector === null ? [] : [t('reader.capturedBy', { collector })]),
  ].join(', ');
  return (
    <div className="frozen-banner">
      <Icon name="lock" size="small" />
      <span className="cut" title={time === null ? undefined : t('archive.asWritten', { time })}>
        <b>{t(asPicture ? 'picture.ofPage' : 'reader.frozenPage')}</b>
        {known === '' ? null : <bdi>{`, ${known}`}</bdi>}
      </span>
      {url === null ? <span className="grow" /> : <Address url={url} />}
      {asPicture || source.layer === null ? null : <HiddenPassages layer={source.layer} view={view} />}
      <Button kind="quiet" size="small" onPress={() => runCommand('textLayers.readAgain')}>
        {t('textLayers.title')}
      </Button>
      <Flyout label={t('captured.record')}>{(close) => <CaptureFlyout source={source} onClose={close} />}</Flyout>
    </div>
  );
}
