import type { CallOutput } from '../../../shared/contract/index.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatShare } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Option } from '../../ui/Choice.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';

type Side = CallOutput<'copies.compare'>['one'];

interface Props {
  readonly pair: readonly [SourceId, SourceId];
  readonly options: readonly Option<SourceId>[];
  readonly onPair: (pair: readonly [SourceId, SourceId]) => void;
}

/** Two texts side by side. Differences are marked; long parts that are equal are shortened. */
export function SideBySide({ pair, options, onPair }: Props) {
  const { t } = useTranslation();
  const [one, other] = pair;
  const { data, error } = useCall('copies.compare', { one, other });
  return (
    <div className="copies-sides" role="group" aria-label={t('evidence.copies.sides')}>
      <Select
        label={t('evidence.copies.left')}
        value={one}
        options={options.filter(({ value }) => value !== other)}
        none={t('evidence.copies.choose')}
        onChange={(id) => (id === null ? undefined : onPair([id, other]))}
      />
      <Select
        label={t('evidence.copies.right')}
        value={other}
        options={options.filter(({ value }) => value !== one)}
        none={t('evidence.copies.choose')}
        onChange={(id) => (id === null ? undefined : onPair([one, id]))}
      />
      {error === null ? null : <InlineError message={error.message} />}
      {data === undefined ? null : (
        <>
          <TextSide side={data.one} label={t('evidence.copies.left')} />
          <TextSide side={data.other} label={t('evidence.copies.right')} />
        </>
      )}
    </div>
  );
}

function TextSide({ side: { pieces, share, isCut }, label }: { side: Side; label: string }) {
  const { t } = useTranslation();
  return (
    // Focusable, so that it can be scrolled by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll copies-text" role="region" aria-label={label} tabIndex={0}>
      <p className="hint">{t('evidence.copies.shared', { share: formatShare(share) })}</p>
      <p className="source-words" dir="auto">
        {pieces.map(({ isShared, start, text }) =>
          isShared ? (
            <span key={start}>{shortened(text)}</span>
          ) : (
            <mark key={start} className="copies-own">
              {text}
            </mark>
          ),
        )}
      </p>
      {isCut ? <p className="hint">{t('evidence.copies.cut')}</p> : null}
    </div>
  );
}

/** The number of characters shown at each end of a part that both texts have. */
const ENDS = 60;
function shortened(text: string): string {
  const letters = Array.from(text);
  if (letters.length <= ENDS * 3) return text;
  return `${letters.slice(0, ENDS).join('')} … ${letters.slice(-ENDS).join('')}`;
}
