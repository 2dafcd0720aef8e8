import { useMemo } from 'react';
import type { CallInput, CallOutput } from '../../../shared/contract/index.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { notify, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';

type Input<N extends 'categories.add' | 'categories.move' | 'categories.merge' | 'categories.split'> = CallInput<N>;

/** The actions on the codebook. Each is one commit; on failure a notice is shown and null returned. */
export interface CodebookActs {
  readonly add: (input: Input<'categories.add'>) => Promise<CallOutput<'categories.add'> | null>;
  readonly edit: (input: CallInput<'categories.edit'>) => Promise<unknown>;
  readonly move: (input: Input<'categories.move'>) => Promise<unknown>;
  readonly merge: (input: Input<'categories.merge'>) => Promise<CallOutput<'categories.merge'> | null>;
  readonly split: (input: Input<'categories.split'>) => Promise<CallOutput<'categories.split'> | null>;
  readonly archive: (input: CallInput<'categories.archive'>) => Promise<unknown>;
  readonly remove: (input: CallInput<'categories.remove'>) => Promise<unknown>;
  readonly install: () => Promise<unknown>;
}

/** The actions, stable from render to render. */
export function useCodebookActs(): CodebookActs {
  const api = useApi();
  const { t } = useTranslation();
  return useMemo(() => {
    const orNotify = async <T>(work: Promise<T>): Promise<T | null> => {
      try {
        return await work;
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
        return null;
      }
    };
    return {
      add: (input) => orNotify(api.call('categories.add', input)),
      edit: (input) => orNotify(api.call('categories.edit', input)),
      move: (input) => orNotify(api.call('categories.move', input)),
      merge: async (input) => {
        const done = await orNotify(api.call('categories.merge', input));
        if (done !== null) notify('plain', t('codebook.merge.done', { count: done.moved }));
        return done;
      },
      split: (input) => orNotify(api.call('categories.split', input)),
      archive: (input) => orNotify(api.call('categories.archive', input)),
      remove: (input) => orNotify(api.call('categories.remove', input)),
      install: () => orNotify(api.call('codebook.install', { codebook: 'xinjiang-labour' })),
    };
  }, [api, t]);
}
