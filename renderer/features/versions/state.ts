import { create } from 'zustand';
import type { SourceId } from '../../../shared/model/index.ts';

/** The source that another is being looked for to pair it with; null while nobody does. */
export const usePairing = create<{ readonly source: SourceId | null }>()(() => ({ source: null }));
