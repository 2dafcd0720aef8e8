import { useCallback, useMemo, useState } from 'react';
import { EMPTY_FORM, formOf, textOf, type QueryForm } from '../../../shared/query/form.ts';
import { readQuery } from '../../../shared/query/parse.ts';
import { useCall } from '../../api/index.ts';

export interface FormOfQuery {
  readonly form: QueryForm;
  /** Writes the query anew from a form. */
  readonly setForm: (form: QueryForm) => void;
  /** False while the text is not a valid query: the form shows the last valid one, and cannot be changed. */
  readonly isCurrent: boolean;
}

/**
 * The form of a query that is stored as text. As long as the text is the one the form wrote, the form stays as it was filled in, even if
 * the text could also be read as another form.
 */
export function useFormOfQuery(text: string, setText: (text: string) => void): FormOfQuery {
  const dimensions = useCall('codebook.get', {}).data?.dimensions;
  const codes = useMemo(() => (dimensions ?? []).map(({ code }) => code), [dimensions]);
  const [own, setOwn] = useState<{ readonly text: string; readonly form: QueryForm } | null>(null);
  const read = useMemo(() => {
    const { query } = readQuery(text, codes);
    return query === null ? null : formOf(query);
  }, [text, codes]);
  const [last, setLast] = useState<QueryForm>(EMPTY_FORM);
  const now = own?.text === text ? own.form : read;
  if (now !== null && now !== last) setLast(now);
  const setForm = useCallback(
    (form: QueryForm) => {
      const written = textOf(form);
      setOwn({ text: written, form });
      setText(written);
    },
    [setText],
  );
  return { form: now ?? last, setForm, isCurrent: now !== null };
}
