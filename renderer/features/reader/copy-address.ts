import { errorDataOf } from '../../api/index.ts';
import { announce, notifyError } from '../../app/state/notices.ts';
import type { Translate } from './commands/useReaderCommands.ts';

/** Where a link leads, onto the clipboard; it is never gone to. */
export function copyAddress(t: Translate, address: string): void {
  navigator.clipboard.writeText(address).then(
    () => announce(t('reader.addressCopied')),
    (thrown: unknown) => notifyError(errorDataOf(thrown)),
  );
}
