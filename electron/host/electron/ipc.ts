import { isAbsolute } from 'node:path';
import { ipcMain, type Session } from 'electron';
import { z } from 'zod';
import { fail, ok } from '../../../shared/errors.ts';
import type { Bytes } from '../bytes.ts';
import { refusal } from '../bytes.ts';
import type { Gate } from '../gate.ts';
import type { OfferedFiles } from '../offered-files.ts';
import { CALL, OFFER, SCHEME, senderOf } from './channels.ts';
import type { Windows } from './windows.ts';

const offeredList = z.array(z.object({ path: z.string().refine(isAbsolute), name: z.string().min(1) })).max(100_000);

const NOT_OURS = fail('NOT_ALLOWED', 'Only Sourcebook itself can request this.');

/** Answers calls by IPC, only from the top frame of a window's page at its own address. */
export function openIpcGate(windows: Pick<Windows, 'of'>, gate: Gate, files: OfferedFiles): void {
  ipcMain.handle(CALL, (event, name: unknown, input: unknown) => {
    const window = senderOf(windows, event);
    return window === null ? NOT_OURS : gate.call(window, name, input);
  });
  ipcMain.handle(OFFER, (event, offered: unknown) => {
    const window = senderOf(windows, event);
    if (window === null) return NOT_OURS;
    const parsed = offeredList.safeParse(offered);
    if (!parsed.success)
      return fail('BAD_INPUT', 'You can only import files on this computer. Save the file first, then drop it again.');
    return ok(parsed.data.map(({ path, name }) => files.add(window, path, { name })));
  });
}

/** Serves `app://<window>/…` from that window's project. */
export function openByteProtocol(session: Session, windows: Pick<Windows, 'get'>, bytes: Bytes): void {
  session.protocol.handle(SCHEME, (request) => {
    const { host, pathname } = new URL(request.url);
    if (windows.get(host) === null)
      return refusal({ code: 'NOT_FOUND', message: 'This window no longer exists.' }, 404);
    return bytes(host, { method: request.method, path: pathname.slice(1), range: request.headers.get('range') });
  });
}
