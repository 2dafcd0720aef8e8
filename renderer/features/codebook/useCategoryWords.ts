import type { CategoryPatch } from '../../../shared/contract/codebook.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { useWrite, type ApiError } from '../../api/index.ts';

/** Saves what is said of a category, each field as one commit. */
export function useCategoryWords(id: CategoryId): { save: (patch: CategoryPatch) => void; error: ApiError | null } {
  const { mutate, error } = useWrite('categories.edit');
  return { save: (patch) => mutate({ id, patch }), error };
}
