import { create } from 'zustand';
import { ApiError, type Api } from '../../api/index.ts';

/** Whether the person put off entering their name. They are asked again when something has to be signed. */
export const useNameAsked = create<{ readonly putOff: boolean }>()(() => ({ putOff: false }));

/** Calls that wait for the name. */
const waiting = new Set<(given: boolean) => void>();
function answerWaiting(given: boolean): void {
  const all = [...waiting];
  waiting.clear();
  for (const answer of all) answer(given);
}

export const askName = (): void => useNameAsked.setState({ putOff: false });
export function putOffName(): void {
  useNameAsked.setState({ putOff: true });
  answerWaiting(false);
}
/** The name was entered: waiting calls go on. */
export const nameGiven = (): void => answerWaiting(true);

/** The api for components: a call that fails because it needs a name to sign with asks for the name, and is repeated once it is entered. */
export function withNameAsked(api: Api): Api {
  return {
    ...api,
    call: async (name, input) => {
      try {
        return await api.call(name, input);
      } catch (thrown) {
        if (!(thrown instanceof ApiError) || thrown.code !== 'NAME_NEEDED') throw thrown;
        askName();
        // If the host has a name by now, no dialog is shown, so nothing would end the wait.
        const { needsName } = await api.call('app.state', {});
        const given = !needsName || (await new Promise<boolean>((resolve) => waiting.add(resolve)));
        if (!given) throw thrown;
        return await api.call(name, input);
      }
    },
  };
}
