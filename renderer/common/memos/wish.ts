import { create } from 'zustand';
import type { MemoTarget } from '../../../shared/model/index.ts';

type Kind = MemoTarget['kind'];

/** What a memo shall be written on, as soon as the section for it is there; null when nothing is wished. */
export const useMemoWish = create<{ readonly kind: Kind | null }>()(() => ({ kind: null }));

/** Asks for the editor of the memo on what is shown of this kind, or will be shown in a moment. */
export const wishForMemo = (kind: Kind): void => useMemoWish.setState({ kind });
export const forgetMemoWish = (): void => useMemoWish.setState({ kind: null });
