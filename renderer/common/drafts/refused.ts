import { create } from 'zustand';

/** A text of a field that could not be saved, as on a full disk, and what was stored then. */
interface RefusedText {
  readonly text: string;
  readonly stored: string;
}

const RECORDS = ['source', 'category', 'claim', 'dossier'] as const;
/** A field of a record: `source <id> author`. */
export type FieldName = `${(typeof RECORDS)[number]} ${string} ${string}`;

/**
 * They are kept here and not in the field, which is gone when another record is chosen or the window is made narrower. Only saving
 * them removes them, or another value that was stored since.
 */
const useTexts = create<{ readonly texts: ReadonlyMap<FieldName, RefusedText> }>()(() => ({ texts: new Map() }));

const set = (field: FieldName, to: RefusedText | null): void =>
  useTexts.setState(({ texts }) => {
    if (to === null && !texts.has(field)) return { texts };
    const others = [...texts].filter(([other]) => other !== field);
    return { texts: new Map(to === null ? others : [...others, [field, to]]) };
  });

/** A hook. */
export const useRefused = (field: FieldName): RefusedText | null => useTexts(({ texts }) => texts.get(field) ?? null);
/** The fields whose text could not be saved. A hook. */
export const useRefusedFields = (): readonly FieldName[] => [...useTexts(({ texts }) => texts).keys()];
export const forgetRefused = (field: FieldName): void => set(field, null);
/** When the project is closed: nothing of it may be shown in the next one. */
export const clearRefused = (): void => useTexts.setState({ texts: new Map() });

/** Keeps a text if it was not stored. */
export const keepUnlessStored = (field: FieldName, isStored: boolean, text: RefusedText): void =>
  set(field, isStored ? null : text);

/** What a field belongs to. */
export function recordOfField(field: FieldName): { readonly kind: (typeof RECORDS)[number]; readonly id: string } {
  const [kind = '', id = ''] = field.split(' ');
  return { kind: RECORDS.find((one) => one === kind) ?? 'source', id };
}

/** Says how saving ended, also to a field that is gone by then. */
export const tellWhether = (
  saving: Promise<unknown>,
  tell: (isStored: boolean) => void,
  onError: (thrown: unknown) => void = () => undefined,
): void =>
  void saving.then(
    () => tell(true),
    (thrown: unknown) => {
      onError(thrown);
      tell(false);
    },
  );
