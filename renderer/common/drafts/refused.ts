import { create } from 'zustand';

/** A field’s text that could not be saved, for example on a full disk, and the stored text at that time. */
interface RefusedText {
  readonly text: string;
  readonly stored: string;
}

const RECORDS = ['source', 'category', 'claim', 'dossier'] as const;
/** A field of a record: `source <id> author`. */
export type FieldName = `${(typeof RECORDS)[number]} ${string} ${string}`;

/**
 * Kept here and not in the field, since the field disappears when another record is chosen or the window becomes narrower. A text is
 * removed when it is saved, or when another value was stored since.
 */
const useTexts = create<{ readonly texts: ReadonlyMap<FieldName, RefusedText> }>()(() => ({ texts: new Map() }));

const set = (field: FieldName, to: RefusedText | null): void =>
  useTexts.setState(({ texts }) => {
    if (to === null && !texts.has(field)) return { texts };
    const others = [...texts].filter(([other]) => other !== field);
    return { texts: new Map(to === null ? others : [...others, [field, to]]) };
  });

/** The field’s text that could not be saved, or null. A hook. */
export const useRefused = (field: FieldName): RefusedText | null => useTexts(({ texts }) => texts.get(field) ?? null);
/** The fields whose text could not be saved. A hook. */
export const useRefusedFields = (): readonly FieldName[] => [...useTexts(({ texts }) => texts).keys()];
export const forgetRefused = (field: FieldName): void => set(field, null);
/** Called when the project is closed: none of its texts may be shown in the next one. */
export const clearRefused = (): void => useTexts.setState({ texts: new Map() });

/** Keeps a text if it was not stored. */
export const keepUnlessStored = (field: FieldName, isStored: boolean, text: RefusedText): void =>
  set(field, isStored ? null : text);

/** The record that a field belongs to. */
export function recordOfField(field: FieldName): { readonly kind: (typeof RECORDS)[number]; readonly id: string } {
  const [kind = '', id = ''] = field.split(' ');
  return { kind: RECORDS.find((one) => one === kind) ?? 'source', id };
}

/** Reports whether a text was stored, even if the field no longer exists. */
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
