import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Field } from '../../ui/Field.tsx';

/** The query is updated this long after the last key, ms. */
const TYPING_PAUSE = 150;

/** A text field of the form. While it has the focus it keeps what is typed; the query follows after a pause. */
export function FormText({
  label,
  value,
  onChange,
  placeholder = '',
  error = null,
  hint,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  error?: string | null;
  hint?: ReactNode;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const sent = useRef<string | null>(null);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const send = (text: string): void => {
    if (sent.current === text) return;
    sent.current = text;
    latest.current(text);
  };
  useEffect(() => {
    if (draft === null) return undefined;
    const timer = setTimeout(() => send(draft), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [draft]);
  return (
    <Field
      label={label}
      value={draft ?? value}
      placeholder={placeholder}
      error={error}
      hint={hint}
      onChange={(text) => {
        if (draft === null) sent.current = value;
        setDraft(text);
      }}
      onBlur={() => {
        if (draft !== null) send(draft);
        setDraft(null);
      }}
    />
  );
}
