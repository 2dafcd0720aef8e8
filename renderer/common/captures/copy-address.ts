import type { Words } from '../strings/use-translation.ts';
import { errorDataOf } from '../../api/index.ts';
import { announce, notifyError } from '../notices/notices.ts';

/** An address onto the clipboard; it is never gone to. */
export function copyAddress(t: Words, address: string): void {
  navigator.clipboard.writeText(address).then(
    () => announce(t('reader.addressCopied')),
    (thrown: unknown) => notifyError(errorDataOf(thrown)),
  );
}
