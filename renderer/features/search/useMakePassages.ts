import { useCallback, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { errorDataOf, useApi, useWrite } from '../../api/index.ts';
import { announce, notifyDone, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { placeOf, useLookThrough, type Look } from './look-through.ts';
import { useSearch } from './search-state.ts';

type Refused = CallOutput<'search.makePassages'>['refused'];

export interface MakePassages {
  /** Makes passages of the included hits. */
  readonly run: () => void;
  readonly isPending: boolean;
  /** The hits that the last run could not make into passages. */
  readonly refused: Refused;
  readonly forget: () => void;
}

/** Makes passages of the included hits, as one edit. The hits stay included, so that after an undo nothing has to be decided again. */
export function useMakePassages({ hits, stateOf }: Look): MakePassages {
  const { t } = useTranslation();
  const api = useApi();
  const { mutate, isPending } = useWrite('search.makePassages');
  const [refused, setRefused] = useState<Refused>([]);
  const run = useCallback((): void => {
    if (isPending) return;
    const included = hits.filter((hit) => stateOf(hit) === 'included').map(placeOf);
    if (included.length === 0) {
      announce(t('search.look.nothing'));
      return;
    }
    const { unit, categories } = useLookThrough.getState();
    const { query } = useSearch.getState();
    mutate(
      { hits: included, unit, categories: [...categories], query },
      {
        onSuccess: ({ passages, refused: not }) => {
          setRefused(not);
          void api.read('history.state', {}).then(({ undo }) => {
            if (passages.length > 0 && undo !== null)
              notifyDone(t('search.look.made', { count: passages.length }), undo);
          });
        },
        onError: (thrown) => notifyError(errorDataOf(thrown)),
      },
    );
  }, [api, hits, isPending, mutate, stateOf, t]);
  return { run, isPending, refused, forget: () => setRefused([]) };
}
