import { useEffect } from 'react';
import { useHostEvent } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { closeExchange, EXCHANGE_WAYS, showExchange, type ExchangeWay } from '../../common/workbench/screens.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { focusScreen } from '../../ui/focus-memory.ts';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { ExchangeIn } from './ExchangeIn.tsx';
import { ExchangeOut } from './ExchangeOut.tsx';
import { setProgress } from './exchange-state.ts';

/** The screen that imports and exports files of other programs. It opens from the library. */
export function Exchange({ way, width }: { way: ExchangeWay; width: FrameWidth }) {
  useHostEvent('exchange.progress', setProgress);
  // The button that opened this side is no longer on the screen, so the focus goes to the screen itself.
  useEffect(() => {
    focusScreen(false);
    return () => focusScreen(false);
  }, [way]);
  const head = <ExchangeHead way={way} />;
  return way === 'in' ? <ExchangeIn head={head} width={width} /> : <ExchangeOut head={head} width={width} />;
}

function ExchangeHead({ way }: { way: ExchangeWay }) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton label={t('exchange.back')} icon="back" onPress={closeExchange} />
      <h2 className="strong">{t(`exchange.title.${way}`)}</h2>
      <Segments
        label={t('exchange.way')}
        value={way}
        onChange={showExchange}
        options={EXCHANGE_WAYS.map((value) => ({ value, label: t(`exchange.ways.${value}`) }))}
      />
    </>
  );
}
