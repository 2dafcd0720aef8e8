/* oxlint-disable no-script-url -- these addresses are what is tested */
/** A page with the other files of its capture. `HOST` is replaced by a host of its own. */
export interface CapturedPayload {
  readonly name: string;
  readonly html: string;
  /** Headers that the page itself was answered with. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly parts: readonly { readonly path: string; readonly type: string; readonly body: string }[];
}

/** The content of a part, whatever its type is. */
const BODIES: Readonly<Record<string, string>> = {
  html: '<!doctype html><script>alert(1)</script><meta http-equiv=refresh content="0;url=https://HOST/part"><img src=https://HOST/part.png onerror=alert(1)>',
  svg: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>fetch("https://HOST/svg")</script><image href="https://HOST/svg.png"/><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/></foreignObject><a href="https://HOST/a"><rect width="99" height="99"/></a></svg>',
  script: 'alert(1);fetch("https://HOST/script");new WebSocket("wss://HOST/ws")',
  css: '@import "https://HOST/imported.css";*{background:url(https://HOST/bg.png)!important}a{position:fixed;inset:0;z-index:9}',
  xml: '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="https://HOST/x.xsl"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x xmlns:h="http://www.w3.org/1999/xhtml"><h:script>alert(1)</h:script>&e;</x>',
  gif: 'GIF89a/*<script>alert(1)</script>*/=1;alert(1)',
};

/** Where a page refers to a part, and the type it is declared as there. */
const PLACES: Readonly<Record<string, { readonly type: string; readonly html: string }>> = {
  picture: { type: 'image/png', html: '<img src=part onerror=alert(1)><p>x' },
  style: { type: 'text/css', html: '<link rel=stylesheet href=part><p>x<a href=https://HOST/>y</a>' },
  frame: { type: 'text/html', html: '<iframe src=part onload=alert(1)></iframe><p>x' },
  object: { type: 'application/octet-stream', html: '<object data=part></object><embed src=part><p>x' },
  font: { type: 'font/woff2', html: '<style>@font-face{font-family:f;src:url(part)}p{font-family:f}</style><p>x' },
  background: { type: 'image/svg+xml', html: '<p style="background:url(part);width:99px;height:99px">x' },
  script: { type: 'text/javascript', html: '<script src=part></script><script type=module src=part></script><p>x' },
  'svg use': { type: 'image/svg+xml', html: '<svg><use href="part#a"/><image href=part /></svg><p>x' },
};

const lying: CapturedPayload[] = Object.entries(PLACES).flatMap(([place, { type, html }]) =>
  Object.entries(BODIES).map(([body, text]) => ({
    name: `${body} as ${place}`,
    html,
    parts: [{ path: 'part', type, body: text }],
  })),
);

const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  refresh: { Refresh: '0;url=https://HOST/refresh' },
  'refresh to a script': { Refresh: '0;url=javascript:alert(1)' },
  link: {
    Link: '<https://HOST/l.css>;rel=stylesheet, <https://HOST/>;rel=preconnect, <https://HOST/p.js>;rel=preload;as=script',
  },
  cookie: { 'Set-Cookie': 'a=b; SameSite=None; Secure' },
  'service worker': { 'Service-Worker-Allowed': '/', 'Service-Worker': 'script' },
  'weaker policy': { 'Content-Security-Policy': "default-src * 'unsafe-inline'", 'X-Frame-Options': 'ALLOWALL' },
  reports: { 'Reporting-Endpoints': 'e="https://HOST/r"', NEL: '{"report_to":"e","max_age":9}' },
  attachment: { 'Content-Disposition': 'attachment; filename="../../x.exe"' },
  'content location': { 'Content-Location': 'javascript:alert(1)' },
  speculation: { 'Speculation-Rules': '"https://HOST/rules.json"' },
  clear: { 'Clear-Site-Data': '"*"', 'Origin-Agent-Cluster': '?1' },
};

const answered: CapturedPayload[] = Object.entries(HEADERS).map(([name, headers]) => ({
  name: `header: ${name}`,
  html: '<p>x<script>alert(1)</script><a href=https://HOST/>y</a>',
  headers,
  parts: [],
}));

const names: CapturedPayload[] = [
  '../../../etc/passwd',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:text/html,<script>alert(1)</script>',
  'cid:part@HOST',
  'https://HOST/part.png',
  '//HOST/part.png',
  'part#"><script>alert(1)</script>',
].map((path) => ({
  name: `part called ${path}`,
  html: `<img src='${path}'><iframe src='${path}'></iframe><a href='${path}'>x</a>`,
  parts: [{ path, type: 'text/html', body: BODIES['html'] ?? '' }],
}));

/** Every payload that a capture carries, each with a host of its own. */
export const CAPTURED: readonly CapturedPayload[] = [...lying, ...answered, ...names].map((payload, index) => {
  const named = (text: string): string => text.replaceAll('HOST', `c${String(index)}.evil.test`);
  const { headers } = payload;
  return {
    name: payload.name,
    html: named(payload.html),
    ...(headers === undefined
      ? {}
      : { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, named(value)])) }),
    parts: payload.parts.map(({ path, type, body }) => ({ path: named(path), type, body: named(body) })),
  };
});
