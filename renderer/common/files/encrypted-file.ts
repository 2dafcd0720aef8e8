import { create } from 'zustand';
import type { Offer } from '../../../shared/contract/app.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { errorDataOf, type Api } from '../../api/index.ts';

/** A project file that waits for its passphrase. `attempt` counts those that did not open it. */
interface Asked {
  readonly name: string;
  readonly attempt: number;
  /** A passphrase was entered and is being tried. */
  readonly isTrying: boolean;
  readonly answer: (passphrase: string | null) => void;
}

/** What the dialog asks for, or null. Passphrases are never stored here. */
export const useEncryptedFile = create<{ readonly asked: Asked | null }>()(() => ({ asked: null }));
const { setState: set, getState: get } = useEncryptedFile;

type OpeningApi = Pick<Api, 'call'>;

/**
 * Opens a project file that was chosen or dropped, asking for its passphrase until it is right. Returns false if the
 * dialog was cancelled.
 */
export async function openProjectFile(api: OpeningApi, offer: Offer): Promise<boolean> {
  return untilOpened(api, offer, () => api.call('app.importProjectFile', { offer: offer.token }));
}

const opening = new Set<string>();

/**
 * Opens the file that the system passed to the app, if it is encrypted and its passphrase is not being asked for
 * already.
 */
export async function openWaitingFile(api: OpeningApi): Promise<void> {
  const { offer } = await api.call('app.waitingFile', {});
  if (offer === null || opening.has(offer.token)) return;
  opening.add(offer.token);
  try {
    await openProjectFile(api, offer);
  } finally {
    opening.delete(offer.token);
  }
}

/** Lets the host’s dialog choose a project; an encrypted file is opened as by {@link openProjectFile}. */
export async function openByDialog(api: OpeningApi): Promise<boolean> {
  return untilOpened(api, null, () => api.call('app.openProject', {}));
}

/** Opens a recent project; one that was closed and encrypted asks for its passphrase. */
export async function openRecent(api: OpeningApi, key: string): Promise<boolean> {
  return untilOpened(api, null, () => api.call('app.openRecent', { key }));
}

async function untilOpened(
  api: OpeningApi,
  chosen: Offer | null,
  open: () => Promise<{ readonly opened: boolean }>,
): Promise<boolean> {
  let attempt = open;
  let offer = chosen;
  const left = async ({ token }: Offer): Promise<false> => {
    await api.call('app.leaveFile', { offer: token });
    return false;
  };
  for (let count = 0; ; count += 1) {
    try {
      const { opened } = await attempt();
      set({ asked: null });
      return opened;
    } catch (thrown) {
      const error = errorDataOf(thrown);
      offer ??= offerIn(error);
      if (offer === null || !isAboutPassphrase(error)) {
        set({ asked: null });
        throw thrown;
      }
      // The dialog was closed while a passphrase was being tried: do not ask again.
      if (count > 0 && get().asked === null) return left(offer);
      const passphrase = await ask(offer.name, count);
      if (passphrase === null) return left(offer);
      const { token } = offer;
      attempt = () => api.call('app.importProjectFile', { offer: token, passphrase });
    }
  }
}

function ask(name: string, attempt: number): Promise<string | null> {
  // Another file was chosen: the earlier one is not opened.
  const before = get().asked;
  if (attempt === 0) before?.answer(null);
  return new Promise((resolve) => {
    const answer = (passphrase: string | null): void => {
      set(({ asked }) => ({ asked: passphrase === null || asked === null ? null : { ...asked, isTrying: true } }));
      resolve(passphrase);
    };
    set({ asked: { name, attempt, isTrying: false, answer } });
  });
}

/** A file encrypted for other people’s keys has no passphrase. */
export const isAboutPassphrase = ({ code, context }: ErrorData): boolean =>
  (code === 'PASSWORD_NEEDED' || code === 'PASSWORD_WRONG') && context?.['opens'] !== 'identity';

/** The error carries the offer of a file that the host’s dialog chose. */
function offerIn({ context }: ErrorData): Offer | null {
  const token = context?.['offer'];
  const name = context?.['name'];
  return typeof token === 'string' && typeof name === 'string' ? { token, name } : null;
}
