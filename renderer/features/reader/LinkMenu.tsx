import { useTranslation } from '../../common/strings/use-translation.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { copyAddress } from '../../common/captures/copy-address.ts';

/** A link of a page that was asked for its address, and where on the screen. */
export interface AskedLink {
  readonly address: string;
  readonly at: { readonly x: number; readonly y: number };
}

/** Where a link of a frozen page leads: it can be read and copied, and is never gone to. */
export function LinkMenu({ link, onClose }: { link: AskedLink; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ContextMenu
      label={t('reader.link')}
      at={link.at}
      onClose={onClose}
      head={<bdi className="mono link-address">{link.address}</bdi>}
      entries={[{ id: 'copy', label: t('reader.copyAddress'), icon: 'copy', run: () => copyAddress(t, link.address) }]}
    />
  );
}
