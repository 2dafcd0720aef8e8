/** What a file that is called a page really is, by its first bytes; null if it may be a page. */
export function notHtml(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (/^\s*%PDF-/.test(head)) return 'a PDF';
  if (head.startsWith('PK\u0003\u0004')) return 'a ZIP archive';
  if (head.startsWith('WARC/')) return 'a web archive';
  if (head.startsWith('\u001f\u008b')) return 'compressed (gzip)';
  if (head.startsWith('\u0089PNG') || head.startsWith('\u00ff\u00d8\u00ff') || head.startsWith('GIF8'))
    return 'a picture';
  if (/^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?(?:mime-version:|content-type:\s*multipart)/i.test(head))
    return 'an MHTML archive';
  return null;
}

/** Whether it begins like a web page: by the list in the MIME Sniffing standard, 7.1, and the elements of a head. */
export function beginsLikeHtml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return /^(?:\u00ef\u00bb\u00bf)?\s*(?:<!doctype html[\s>]|<!--|<(?:html|head|meta|link|script|style|title|base|body|frameset|iframe|h1|div|font|table|a|b|br|p)[\s>])/i.test(
    head,
  );
}
