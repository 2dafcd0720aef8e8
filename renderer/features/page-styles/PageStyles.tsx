import { useEffect } from 'react';
import { ApiError, useApi } from '../../api/index.ts';
import { ReadAgain } from './ReadAgain.tsx';
import { readStyles } from './read-styles.ts';

/** While a project is open, this window settles the pages that are brought in, one after the other, unseen; and reads them again. */
export function PageStyles() {
  const api = useApi();
  useEffect(() => {
    let isGone = false;
    let last = Promise.resolve();
    const settle = async (token: string): Promise<void> => {
      if (isGone) return;
      const { mine } = await api.call('settle.take', { token });
      if (mine) await api.call('settle.done', await readStyles(token));
    };
    const stop = api.on('settle.wanted', ({ token }) => {
      last = last.then(() => settle(token)).catch(tell);
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [api]);
  return <ReadAgain />;
}

/** A refusal is no news here: the import has ended or has given the page up, and its report says so. */
function tell(thrown: unknown): void {
  if (!(thrown instanceof ApiError)) reportError(thrown);
}
