import { useEffect } from 'react';
import { ApiError, useApi } from '../../api/index.ts';
import { ReadAgain } from './ReadAgain.tsx';
import { readStyles } from './read-styles.ts';

/** While a project is open, this window reads the styles of pages that are imported or read again, one after the other, unseen. */
export function PageStyles() {
  const api = useApi();
  useEffect(() => {
    let isGone = false;
    let last = Promise.resolve();
    const readOne = async (token: string): Promise<void> => {
      if (isGone) return;
      const { mine } = await api.call('pageStyles.take', { token });
      if (mine) await api.call('pageStyles.done', await readStyles(token));
    };
    const stop = api.on('pageStyles.wanted', ({ token }) => {
      last = last.then(() => readOne(token)).catch(tell);
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [api]);
  return <ReadAgain />;
}

/** An error needs no message here: the import has ended or has given up on the page, and its report says so. */
function tell(thrown: unknown): void {
  if (!(thrown instanceof ApiError)) reportError(thrown);
}
