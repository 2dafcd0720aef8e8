/** A page like those of news sites: lists of links with images, some styles, Chinese and English text; `bytes` in total. */
export function makePage(bytes: number, pictures: number): Buffer {
  const head =
    '<!doctype html><html lang=zh><head><meta charset=utf-8><title>News</title><link rel=stylesheet href="/site.css">' +
    `<style>${'.nav li{display:inline-block;padding:0 8px}.nav a:hover{color:#c00}'.repeat(40)}</style></head><body>`;
  const items: string[] = [];
  let length = head.length;
  for (let index = 0; length < bytes; index++) {
    const item = newsItem(index, pictures);
    items.push(item);
    length += Buffer.byteLength(item);
  }
  return Buffer.from(`${head}${items.join('')}</body></html>`);
}

const newsItem = (index: number, pictures: number): string =>
  `<div class="item" id="n${index}" data-x="${index % 7}"><h3><a href="/2023/01/05/content_${index}.htm" target="_blank" title="t">` +
  `柳泉县农村劳动力转移就业工作 ${index}</a></h3><p style="color:#333;margin:0 4px">${'过去一年,全县坚持稳中求进工作总基调,城镇新增就业3,210人。'.repeat(6)}` +
  `<b>organised</b> ${'transfer of labour to other provinces, with contracts. '.repeat(8)}</p>` +
  `<img src="/p${index % pictures}.png" alt="x" onclick="open(this)"><script>track(${index})</script></div>\n`;

/** Bytes that begin like a PNG, different for each `index`. */
export function makePngLike(index: number, length: number): Buffer {
  const bytes = Buffer.alloc(length, index);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes);
  return bytes;
}
