import { create } from 'zustand';
import { ApiError, type Api } from '../../api/index.ts';

/** Whether the person put off entering their name. They are asked again when something has to be signed. */
export const useNameAsked = create<{ readonly putOff: boolean }>()(() => ({ putOff: false }));

export const askName = (): void => useNameAsked.setState({ putOff: false });
export const putOffName = (): void => useNameAsked.setState({ putOff: true });

/** The api for components: an edit that lacks a name to sign with asks for it. */
export function withNameAsked(api: Api): Api {
  return {
    ...api,
    call: async (name, input) => {
      try {
        return await api.call(name, input);
      } catch (thrown) {
        if (thrown instanceof ApiError && thrown.code === 'NAME_NEEDED') askName();
        throw thrown;
      }
    },
  };
}
