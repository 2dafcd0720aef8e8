import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { isComposing } from '../../common/commands/keys.ts';
import { onGoing } from '../../common/drafts/pending-commits.ts';

export interface RenameFieldProps {
  readonly name: string;
  /** With the new name, or null where it stays; `byKey` where the keyboard goes back to the row. */
  readonly onEnd: (name: string | null, byKey: boolean) => void;
}

/** A name in its row, being changed: Enter and leaving keep it, Escape lets it be. */
export function RenameField({ name, onEnd }: RenameFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  const latest = useRef((_keep: boolean, _byKey: boolean): void => undefined);
  useEffect(() => {
    latest.current = (keep, byKey) => {
      if (ended.current) return;
      ended.current = true;
      const next = text.trim();
      onEnd(keep && next !== '' && next !== name ? next : null, byKey);
    };
  });
  useEffect(() => onGoing(() => latest.current(true, false)), []);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
    // The tree takes arrows and letters from whatever is in its rows, before any row hears them: this field comes first.
    const hear = (event: KeyboardEvent): void => {
      if (event.target !== input.current) return;
      event.stopImmediatePropagation();
      if (isComposing(event)) return;
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.preventDefault();
      latest.current(event.key === 'Enter', true);
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
  return (
    <input
      ref={input}
      className="ledger-rename"
      aria-label={t('codebook.renameField', { name })}
      value={text}
      maxLength={400}
      dir="auto"
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => latest.current(true, false)}
      // A press in the field must not drag or act on the row.
      onPointerDown={(event) => event.stopPropagation()}
    />
  );
}
