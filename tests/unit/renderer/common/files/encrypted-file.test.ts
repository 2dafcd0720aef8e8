import { describe, expect, it, vi } from 'vitest';
import { ApiError, type Api } from '../../../../../renderer/api/index.ts';
import {
  openByDialog,
  openProjectFile,
  openWaitingFile,
  useEncryptedFile,
} from '../../../../../renderer/common/files/encrypted-file.ts';
import type { ErrorCode } from '../../../../../shared/errors.ts';

const OFFER = { token: 'token-of-moreau', name: 'moreau.sbk.age' };

/** A host whose file opens with one passphrase; notes what it was asked. */
function host(passphrase: string, context?: Record<string, string>) {
  const asked: unknown[] = [];
  const refuse = (code: ErrorCode): never => {
    throw new ApiError({ code, message: code, ...(context === undefined ? {} : { context }) });
  };
  const call = async (name: string, input: { passphrase?: string }): Promise<unknown> => {
    asked.push([name, input]);
    if (name === 'app.waitingFile') return { offer: OFFER };
    if (name === 'app.leaveFile') return {};
    if (input.passphrase === undefined) return refuse('PASSWORD_NEEDED');
    return input.passphrase === passphrase ? { opened: true } : refuse('PASSWORD_WRONG');
  };
  return { asked, api: { call: call as Api['call'] } };
}
const question = (attempt: number) =>
  vi.waitFor(() => {
    const { asked } = useEncryptedFile.getState();
    if (asked?.attempt !== attempt || asked.isTrying) throw new Error('It is not asked yet.');
    return asked;
  });

describe('an encrypted project file', () => {
  it('asks until a passphrase opens it, and keeps none', async () => {
    const { api, asked } = host('right');
    const opening = openProjectFile(api, OFFER);
    const first = await question(0);
    expect(first.name).toBe('moreau.sbk.age');
    first.answer('wrong');
    expect(useEncryptedFile.getState().asked?.isTrying).toBe(true);
    (await question(1)).answer('right');
    expect(await opening).toBe(true);
    expect(useEncryptedFile.getState()).toEqual({ asked: null });
    expect(asked.slice(1)).toEqual([
      ['app.importProjectFile', { offer: OFFER.token, passphrase: 'wrong' }],
      ['app.importProjectFile', { offer: OFFER.token, passphrase: 'right' }],
    ]);
  });

  it('is not opened if its dialog is cancelled, and that is no error', async () => {
    const { api, asked } = host('right');
    const opening = openProjectFile(api, OFFER);
    (await question(0)).answer(null);
    expect(await opening).toBe(false);
    expect(useEncryptedFile.getState().asked).toBeNull();
    expect(asked.at(-1)).toEqual(['app.leaveFile', { offer: OFFER.token }]);
  });

  it('that was opened from outside the page is asked for once, however often it is reported', async () => {
    const { api, asked } = host('right');
    const opening = [openWaitingFile(api), openWaitingFile(api)];
    (await question(0)).answer('right');
    await Promise.all(opening);
    expect(useEncryptedFile.getState().asked).toBeNull();
    expect(asked.filter((one) => JSON.stringify(one).includes('passphrase'))).toHaveLength(1);
  });

  it('that is encrypted for other people’s keys asks for no passphrase, and says why it cannot be opened', async () => {
    const { api } = host('right', { opens: 'identity' });
    await expect(openProjectFile(api, OFFER)).rejects.toMatchObject({ code: 'PASSWORD_NEEDED' });
    expect(useEncryptedFile.getState().asked).toBeNull();
  });

  it('chosen in the host’s dialog is opened again by the offer in the error', async () => {
    const { api, asked } = host('right', { offer: 'kept', name: 'moreau.sbk.age' });
    const opening = openByDialog(api);
    (await question(0)).answer('right');
    expect(await opening).toBe(true);
    expect(asked.at(-1)).toEqual(['app.importProjectFile', { offer: 'kept', passphrase: 'right' }]);
  });

  it('that fails otherwise reports the error to its caller, and asks nothing', async () => {
    const { api } = host('right');
    await expect(openByDialog(api)).rejects.toMatchObject({ code: 'PASSWORD_NEEDED' });
    expect(useEncryptedFile.getState().asked).toBeNull();
  });

  it('is replaced by another that is opened in the meantime', async () => {
    const { api } = host('right');
    const first = openProjectFile(api, OFFER);
    await question(0);
    const second = openProjectFile(api, { token: 'another-one', name: 'abliz.sbk.age' });
    expect(await first).toBe(false);
    const asked = await vi.waitFor(() => {
      const now = useEncryptedFile.getState().asked;
      if (now?.name !== 'abliz.sbk.age') throw new Error('It is not asked yet.');
      return now;
    });
    asked.answer('right');
    expect(await second).toBe(true);
  });
});
