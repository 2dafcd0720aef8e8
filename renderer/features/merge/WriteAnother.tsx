import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Conflict, Keep } from '../../../shared/contract/merge.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { firstDraft } from './conflict-words.ts';
import { GO_KEY } from './keys.ts';

interface Props {
  readonly conflict: Conflict;
  readonly decided: Keep | null;
  readonly onKeep: (value: string) => void;
  readonly onClose: () => void;
}

/** A third value, in place: it begins with what one said oneself. Ctrl Enter keeps it, Escape leaves it. */
export function WriteAnother({ conflict, decided, onKeep, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => {
    const written = decided !== null && typeof decided === 'object' ? decided.value : null;
    return typeof written === 'string' ? written : firstDraft(conflict);
  });
  const isEmpty = text.trim() === '';
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In newer Chromium this answers a promise, which React would take for the effect’s clean-up.
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    // The field inside has the keyboard; what is pressed in it comes up here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={place}
      className="stack"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') onClose();
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isEmpty) onKeep(text);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Field label={t('team.conflicts.another')} value={text} onChange={setText} lines={3} autoFocus />
      <div className="line" data-wrap>
        <Button isDisabled={isEmpty} keys={shownKeys(GO_KEY)} onPress={() => onKeep(text)}>
          {t('team.conflicts.keep.this')}
        </Button>
        <Button kind="quiet" keys={['Esc']} onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  );
}
