import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Assignment } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { settle } from '../../common/drafts/pending-commits.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { useLanguages } from './differences.ts';
import { openUnit, unitKey, useTagged, type SampleUnit } from './sample.ts';
import { goToUnit, useCoding } from './state.ts';
import { useTold } from './useTold.ts';

/** A copy for blind coding: what there is to code, and handing it back when it is done. */
export function HandBack({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const told = useTold();
  const exporting = useWrite('app.exportProject');
  const opened = useCoding((state) => state.unit);
  const { unit, units, coderDone, name } = assignment;
  const tagged = useTagged(units);
  const handBack = async (): Promise<void> => {
    await settle();
    told(exporting.mutateAsync({}));
  };
  return (
    <div className="coding-differences">
      <div className="team-block coding-begin">
        <h3 className="strong">{name === '' ? t('coding.blind') : name}</h3>
        <p className="reading">
          {t('coding.blindMeaning', { units: t(`coding.units.${unit}`, { count: units.length }) })}
        </p>
        {exporting.error === null ? null : <InlineError message={exporting.error.message} />}
        <div className="line" data-wrap>
          <Button kind="primary" icon="export" isPending={exporting.isPending} onPress={() => void handBack()}>
            {t(coderDone ? 'coding.handBackAgain' : 'coding.handBack')}
          </Button>
          <span className="hint" role="status">
            {tagged === undefined ? '' : t('coding.tagged', { count: tagged.size })}
          </span>
        </div>
      </div>
      <div className="coding-sample">
        <VirtualList
          label={t('coding.sample')}
          rows={units}
          keyOf={unitKey}
          current={opened}
          onCurrent={goToUnit}
          onOpen={openUnit}
          rowHeight="--s-6"
        >
          {(row) => <Unit unit={row} number={units.indexOf(row) + 1} isTagged={tagged?.has(unitKey(row)) ?? false} />}
        </VirtualList>
      </div>
    </div>
  );
}

function Unit({ unit, number, isTagged }: { unit: SampleUnit; number: number; isTagged: boolean }) {
  const { t } = useTranslation();
  const { source, layer, start, end } = unit;
  const home = useCall('sources.get', { id: source }).data;
  const text = useCall('layers.text', { id: layer }).data?.text;
  const language = useLanguages().get(source);
  return (
    <span className="coding-sampled">
      <span className="dim number">{number}</span>
      <span className="coding-two-lines">
        <bdi className="coding-quote cut" lang={language}>
          {text === undefined ? '' : quotedWords(text.slice(start, end), 'pdf')}
        </bdi>
        <bdi className="hint cut">{home?.title ?? home?.fileName ?? ''}</bdi>
      </span>
      {isTagged ? (
        <Badge tone="ok" icon="check">
          {t('coding.isTagged')}
        </Badge>
      ) : null}
    </span>
  );
}
