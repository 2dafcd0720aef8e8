import { sha256, type Source } from '../../../shared/model/index.ts';
import { askedPages, type AskedPages } from '../../../shared/contract/sources.ts';

/**
 * A fictional archive with pages to select: every fourth address twice, some with an error status, some not listed as pages.
 */
export function fakeArchive(count: number, over: Partial<AskedPages> = {}): AskedPages {
  return askedPages.parse({
    job: 'j',
    path: 'captures/county-2023.wacz',
    archive: {
      format: 'wacz',
      software: 'ArchiveWeb.page 0.11.3',
      records: count * 14,
      digests: 'wrong',
      signature: {
        state: 'valid',
        by: 'capture.liuquan.example',
        at: '2023-11-07T08:10:00Z',
        note: 'The signature fits the archive. Whether the certificate was good then cannot be checked offline.',
      },
      notes: ['2 records do not match their digests.'],
    },
    pages: Array.from({ length: count }, (_, n) => fakePage(n)),
    ...over,
  });
}

function fakePage(n: number): unknown {
  const number = n % 4 === 3 ? n - 1 : n;
  return {
    key: String(n),
    url:
      n === 4
        ? 'https://liuquan.example/2023/%E5%8A%B3%E5%8A%A1/attachment-of-the-notice-on-organised-transfer.pdf'
        : `https://liuquan.example/2023/11/07/news-of-the-county-and-its-townships-${String(number)}.html?from=list`,
    title: n % 5 === 2 ? null : n % 3 === 0 ? `柳泉县第${String(n)}号公告` : `سۆگەتبۇلاق خەۋەرلىرى ${String(n)}`,
    time: n % 11 === 10 ? null : new Date(Date.UTC(2023, 10, 7, 8, n)).toISOString(),
    status: n % 7 === 5 ? 404 : n % 9 === 8 ? null : 200,
    bytes: 4000 + n * 1713,
    kind: n === 4 ? 'pdf' : 'page',
    listed: n % 2 === 0,
    digest: n === 1 ? 'wrong' : 'held',
  };
}

type CaptureOf = Pick<Source, 'archive' | 'parts' | 'status' | 'redirects' | 'prefilled'> &
  Partial<Pick<Source, 'capture'>>;

const NO_CAPTURE: CaptureOf = { archive: null, parts: [], status: null, redirects: [], prefilled: {} };

/** Details of the fictional sources that are captures: a page of an archive, and one saved with its folder. */
export function fakeCapture(fileName: string): CaptureOf {
  switch (fileName) {
    case 'county-2023.wacz':
      return {
        ...NO_CAPTURE,
        archive: {
          format: 'wacz',
          url: 'https://news.liuquan.example/ug/2023/11/07/1432.html',
          time: '2023-11-07T08:02:11Z',
          digest: 'held',
          digests: 'held',
          signature: fakeArchive(0).archive.signature,
        },
        status: 200,
        redirects: [
          { url: 'http://liuquan.example/news/1432', status: 301 },
          { url: 'https://news.liuquan.example/1432', status: 302 },
        ],
        capture: {
          url: 'https://news.liuquan.example/ug/2023/11/07/1432.html',
          time: '2023-11-07T08:02:11Z',
          tool: 'ArchiveWeb.page 0.11.3',
          collector: 'T. Abliz',
          method: null,
          archiveLink: null,
        },
        prefilled: {
          title: 'title element',
          captureUrl: 'WARC-Target-URI',
          captureTime: 'WARC-Date',
          captureTool: 'warcinfo software',
          dateOfCapture: 'WARC-Date',
        },
      };
    case 'escort.html':
      return {
        ...NO_CAPTURE,
        parts: Array.from({ length: 14 }, (_, n) => ({
          path: `escort_files/picture-${String(n)}.jpg`,
          sha256: sha256.parse(n.toString(16).padStart(64, '9c')),
          bytes: 40_000 + n * 7000,
        })),
        prefilled: { captureUrl: 'saved from comment' },
      };
    default:
      return NO_CAPTURE;
  }
}
