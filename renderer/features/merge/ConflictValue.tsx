import { useMemo } from 'react';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { ConflictSide } from '../../../shared/contract/merge.ts';
import type { Category } from '../../../shared/model/index.ts';
import { wordPieces } from '../../../shared/text/diff.ts';
import { useCall } from '../../api/index.ts';
import { formatWhen } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { categoriesIn, taggingOf } from './conflicts.ts';

interface Props {
  readonly title: string;
  readonly side: ConflictSide;
  /** The value to compare with: differing words are marked. */
  readonly against: ConflictSide;
  readonly isOn: boolean;
  /** Given if the card has no button for this value, which is so for all but mine and the first incoming one. */
  readonly onKeep?: () => void;
}

/** One value of a conflict, with who wrote it and when. */
export function ConflictValue({ title, side, against, isOn, onKeep }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <div className="merge-value" data-on={isOn || undefined}>
      <p className="line">
        <span className="strong">{title}</span>
        <span className="hint cut" title={formatMoment(side.at)}>
          <PersonName id={side.personId ?? null} name={side.person} />
          {`, ${formatWhen(side.at, now)}`}
        </span>
        {side.inForce ? <span className="hint">{t('merge.conflicts.inForce')}</span> : null}
        {isOn ? <span className="unseen">{t('merge.conflicts.kept')}</span> : null}
      </p>
      <ValueText side={side} against={against} />
      {onKeep === undefined ? null : (
        <Button size="small" onPress={onKeep}>
          {t('merge.conflicts.keep.this')}
        </Button>
      )}
    </div>
  );
}

function ValueText({ side, against }: Pick<Props, 'side' | 'against'>) {
  const { t } = useTranslation();
  const categories = useCall('codebook.get', {}).data?.categories;
  const known = useMemo(() => new Map((categories ?? []).map((one) => [one.id as string, one])), [categories]);
  if (side.deleted) {
    return (
      <p className="merge-value-text mid">
        <Icon name="close" size="small" />
        <bdi>{side.text === '' ? t('merge.conflicts.gone') : side.text}</bdi>
      </p>
    );
  }
  const tagging = taggingOf(side);
  if (tagging !== null) {
    return (
      <>
        <Tagged how="added" categories={categoriesIn(tagging.added, known)} />
        <Tagged how="removed" categories={categoriesIn(tagging.removed, known)} />
      </>
    );
  }
  const tagged = categoriesIn(side.value, known);
  if (tagged.length > 0) {
    return (
      <div className="line" data-wrap>
        {tagged.map(({ id, code, name, colour }) => (
          <Chip key={id} code={code} name={name} colour={colour} />
        ))}
      </div>
    );
  }
  if (side.text === '') return <p className="dim">{t('records.empty')}</p>;
  return (
    <p className="merge-text" dir="auto">
      <Marked text={side.text} against={against.text} />
    </p>
  );
}

/** Tags added or removed, as chips. */
function Tagged({ how, categories }: { how: 'added' | 'removed'; categories: readonly Category[] }) {
  const { t } = useTranslation();
  if (categories.length === 0) return null;
  return (
    <div className="line" data-wrap>
      <span className="merge-how mid">
        <Icon name={how === 'added' ? 'add' : 'minus'} size="small" />
        {t(`records.hows.${how}`)}
      </span>
      {categories.map(({ id, code, name, colour }) => (
        <Chip key={id} code={code} name={name} colour={colour} />
      ))}
    </div>
  );
}

/** Differences are not marked if both texts together are longer than this, in UTF-16 code units. */
const LONGEST = 20_000;

/** The text of a value. Words that the other value lacks are underlined. */
function Marked({ text, against }: { text: string; against: string }) {
  const pieces = useMemo(
    () => (text.length + against.length > LONGEST ? [] : wordPieces(against, text)),
    [text, against],
  );
  if (!pieces.some(({ kind }) => kind === 'same')) return text;
  return pieces.map(({ kind, text: words }, at) => {
    // The pieces of a text have no identity other than their order.
    const key = String(at);
    if (kind === 'gone') return null;
    return kind === 'new' ? <ins key={key}>{words}</ins> : <span key={key}>{words}</span>;
  });
}
