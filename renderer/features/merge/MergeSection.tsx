import { useEffect, useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { MergeProgressBar } from './MergeProgress.tsx';
import { MergeHome } from './MergeHome.tsx';
import { MergePreviewPane } from './MergePreviewPane.tsx';
import { useMerging } from './merge-state.ts';
import { SealedFile } from './SealedFile.tsx';
import { useMergeActs } from './useMergeActs.ts';

/** Merging, from the choice of a file to what it brought. */
export function MergeSection() {
  const stage = useMerging((state) => state.stage);
  const place = useRef<HTMLDivElement>(null);
  const step = stage.at === 'merging' ? 'preview' : stage.at;
  const before = useRef(step);
  useEffect(() => {
    // What one pressed is gone with the step before: the keyboard goes on with the new one.
    if (before.current !== step) place.current?.querySelector<HTMLElement>('[data-begin]')?.focus();
    before.current = step;
  }, [step]);
  return (
    <div ref={place} className="team-part">
      <Step />
    </div>
  );
}

function Step() {
  const stage = useMerging((state) => state.stage);
  switch (stage.at) {
    case 'idle':
      return <MergeHome />;
    case 'looking':
      return <Looking />;
    case 'sealed':
      return <SealedFile wrong={stage.wrong} />;
    case 'preview':
    case 'merging':
      return <MergePreviewPane preview={stage.preview} />;
  }
}

function Looking() {
  const { t } = useTranslation();
  const name = useMerging((state) => state.origin?.name ?? '');
  const { cancel } = useMergeActs();
  return (
    <>
      <header className="bar">
        <h2 className="strong" tabIndex={-1} data-begin>
          {t('team.merge.preview')}
        </h2>
        <bdi className="dim cut grow">{name}</bdi>
      </header>
      <div className="team-middle">
        <MergeProgressBar label={t('team.merge.looking')} />
        <p className="hint">{t('team.merge.nothingYet')}</p>
        <Button onPress={cancel} keys={['Esc']}>
          {t('app.cancel')}
        </Button>
      </div>
    </>
  );
}
