/** Names that Windows reserves for devices, with or without a suffix. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file name without suffix, made from a title, that every system accepts: `柳泉县 2023`. At most 80 UTF-16 units, so that
 * a Chinese name stays under the 255 bytes of most file systems.
 */
export function fileNameOf(title: string): string {
  const plain = title
    .normalize('NFC')
    // Control characters, marks that change the reading direction, and what Windows forbids.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .slice(0, 80)
    .replace(/\p{Cs}$/u, '')
    .replace(/^[. ]+|[. ]+$/g, '');
  return plain === '' || DEVICES.test(plain) ? `project ${plain}`.trim() : plain;
}
