import { isAbsolute } from 'node:path';
import { ipcMain, type Session } from 'electron';
import { z } from 'zod';
import { fail, ok } from '../../../shared/errors.ts';
import type { Bytes } from '../bytes.ts';
import { refusal } from '../bytes.ts';
import type { Gate } from '../gate.ts';
import type { Offers } from '../offers.ts';
import { CALL, OFFER, SCHEME } from './channels.ts';
import { senderOf } from './sender.ts';
import type { Windows } from './windows.ts';

const offeredFiles = z.array(z.object({ path: z.string().refine(isAbsolute), name: z.string().min(1) })).max(100_000);

const STRANGER = fail('NOT_ALLOWED', 'Only Sourcebook itself can request this.');

/** Opens the gate to the windows' pages: their own top frames, at their own address, and nobody else. */
export function openIpcGate(windows: Pick<Windows, 'of'>, gate: Gate, offers: Offers): void {
  ipcMain.handle(CALL, (event, name: unknown, input: unknown) => {
    const window = senderOf(windows, event);
    return window === null ? STRANGER : gate.call(window, name, input);
  });
  ipcMain.handle(OFFER, (event, files: unknown) => {
    const window = senderOf(windows, event);
    if (window === null) return STRANGER;
    const parsed = offeredFiles.safeParse(files);
    if (!parsed.success)
      return fail('BAD_INPUT', 'You can only import files on this computer. Save the file first, then drop it again.');
    return ok(parsed.data.map(({ path, name }) => offers.add(window, path, { name })));
  });
}

/** Answers `app://<window>/…` with the bytes of that window's project. */
export function openByteProtocol(session: Session, windows: Pick<Windows, 'get'>, bytes: Bytes): void {
  session.protocol.handle(SCHEME, (request) => {
    const { host, pathname } = new URL(request.url);
    if (windows.get(host) === null)
      return refusal({ code: 'NOT_FOUND', message: 'This window no longer exists.' }, 404);
    return bytes(host, { method: request.method, path: pathname.slice(1), range: request.headers.get('range') });
  });
}
