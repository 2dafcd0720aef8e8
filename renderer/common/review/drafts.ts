import { z } from 'zod';
import { TRANSLATION_METHODS, type PassageId } from '../../../shared/model/index.ts';
import { discardDraft, draftFailed, draftSaved, keepDraft, useMemoDrafts } from '../drafts/drafts.ts';

/**
 * What is being translated or said of a passage and not saved lies with the memos that are: it is kept with the project's view
 * state, found again where it was written, and gone only when it is saved or thrown away.
 */
const translationDraft = z.object({
  text: z.string(),
  method: z.enum(TRANSLATION_METHODS),
  /** What was saved when one began: whoever saves says what they began with. */
  base: z.string(),
});
export type TranslationDraftKept = z.infer<typeof translationDraft>;

const keyOf = (passage: PassageId, language: string): string => `translation ${passage} ${language}`;

function read(text: string | undefined): TranslationDraftKept | null {
  if (text === undefined) return null;
  try {
    return translationDraft.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The translation of a passage that is being written, and why saving it failed. */
export function useTranslationDraft(
  passage: PassageId,
  language: string,
): { readonly draft: TranslationDraftKept | null; readonly error: string | null } {
  const kept = useMemoDrafts(({ drafts }) => drafts.get(keyOf(passage, language)));
  return { draft: read(kept?.text), error: kept?.error ?? null };
}

export const keepTranslation = (passage: PassageId, language: string, draft: TranslationDraftKept): void =>
  keepDraft(keyOf(passage, language), JSON.stringify(draft), '');
export const discardTranslation = (passage: PassageId, language: string): void =>
  discardDraft(keyOf(passage, language));
/** What was saved needs no keeping; what was typed on meanwhile does, upon what was saved. */
export function translationSaved(passage: PassageId, language: string, saved: TranslationDraftKept): void {
  const key = keyOf(passage, language);
  draftSaved(key, JSON.stringify(saved));
  const left = read(useMemoDrafts.getState().drafts.get(key)?.text);
  if (left !== null) keepTranslation(passage, language, { ...left, base: saved.text });
}
export const translationFailed = (
  passage: PassageId,
  language: string,
  draft: TranslationDraftKept,
  why: string,
): void => draftFailed(keyOf(passage, language), JSON.stringify(draft), why);

/** Words for a passage that are being written: why it is returned, or a comment. */
export type Saying = 'return' | 'comment';
export function useSaying(what: Saying, passage: PassageId): readonly [string, (text: string) => void] {
  const key = `${what} ${passage}`;
  const text = useMemoDrafts(({ drafts }) => drafts.get(key)?.text ?? '');
  return [text, (next) => (next === '' ? discardDraft(key) : keepDraft(key, next, ''))];
}
