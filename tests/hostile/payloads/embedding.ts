/* oxlint-disable no-script-url -- these addresses are what is tested */
import { dataPage, dataSvg, each, payloads, type Payload } from './payload.ts';

const FRAME_ADDRESSES = [
  'https://HOST/',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'about:srcdoc',
  'blob:https://HOST/1',
  '//HOST/x',
  'file:///etc/passwd',
];
const PICTURES = [
  'https://HOST/i.png',
  '//HOST/pr.png',
  '\\\\HOST\\unc.png',
  'file:///etc/passwd',
  'blob:https://HOST/1',
  'ftp://HOST/x.png',
  'javascript:alert(1)',
  'http://HOST:8080/x',
  'https:HOST/x',
];

/** Everything that embeds or loads. */
export const EMBEDDING: readonly Payload[] = [
  ...each('iframe', FRAME_ADDRESSES, (address) => `<iframe src="${address}"></iframe>`),
  ...each('img', PICTURES, (address) => `<img src="${address}">`),
  ...each(
    'old element',
    [
      'applet archive=https://HOST/a.jar code=A',
      'portal src=https://HOST/',
      'fencedframe src=https://HOST/',
      'bgsound src=https://HOST/b.wav',
      'layer src=https://HOST/l',
      'ilayer src=https://HOST/l',
      'xml src=https://HOST/x',
      'image src=https://HOST/im.png',
      'embed src=https://HOST/e.swf',
      'embed src=javascript:alert(1)',
      'frame src=https://HOST/',
    ],
    (tag) => `<${tag}></${tag.split(' ')[0]}>`,
  ),
  ...payloads('frame', {
    srcdoc: '<iframe srcdoc="<script>alert(1)</script><img src=https://HOST/sd.png>"></iframe>',
    'srcdoc with a link': '<iframe srcdoc="<a target=_top href=https://HOST/>x</a><base href=https://HOST/>"></iframe>',
    'srcdoc in srcdoc':
      '<iframe srcdoc="<iframe srcdoc=&quot;<img src=https://HOST/dd.png onerror=alert(1)>&quot;>"></iframe>',
    'own sandbox':
      '<iframe sandbox="allow-scripts allow-top-navigation allow-popups" src="data:text/html,<script>top.location=\'https://HOST/\'</script>"></iframe>',
    frameset: '<frameset onload=alert(1)><frame src=https://HOST/><frame src=javascript:alert(1)></frameset>',
    lazy: '<iframe loading=lazy src=https://HOST/lazy></iframe>',
    'data sheet in a frame': `<iframe src="${dataPage('<link rel=stylesheet href=https://HOST/f.css><style>body{background:url(https://HOST/fb.png)}</style>x')}"></iframe>`,
    'named to clobber': '<iframe name=defaultView></iframe><iframe name=opener src=https://HOST/></iframe>',
  }),
  ...payloads('object', {
    page: '<object data=https://HOST/o type=text/html></object>',
    'data page': '<object data="data:text/html,<script>alert(1)</script>"></object>',
    'data svg': `<object data="${dataSvg('onload="alert(1)"><script>alert(1)</script>')}"></object>`,
    'embedded data svg': `<embed src="${dataSvg('onload="alert(1)">')}">`,
    plugin:
      '<object classid=clsid:1 codebase=https://HOST/c><param name=movie value=https://HOST/m.swf><embed src=https://HOST/m.swf></object>',
    fallback: '<object data=x><img src=x onerror=alert(1)><script>alert(1)</script></object>',
    pdf: '<embed type=application/pdf src=https://HOST/x.pdf><object type=application/pdf data=https://HOST/y.pdf></object>',
  }),
  ...payloads('picture', {
    srcset: '<img srcset="https://HOST/1.png 1x, https://HOST/2.png 2x">',
    'source set': '<picture><source srcset=https://HOST/s.png><img></picture>',
    'source set by media':
      '<picture><source media="(min-width:1px)" srcset="https://HOST/a.png, //HOST/b.png 2x"><img src=https://HOST/c.png></picture>',
    lazy: '<img loading=lazy src=https://HOST/lz.png>',
    'low source': '<img lowsrc=https://HOST/lo.png dynsrc=https://HOST/dyn.avi longdesc=https://HOST/ld>',
    'svg with script': `<img src="${dataSvg('onload="alert(1)"><image href="https://HOST/in.png"/><script>alert(1)</script>')}">`,
    'svg with foreign content': `<img src="${dataSvg('><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="https://HOST/"/></body></foreignObject>')}">`,
    'svg with an entity':
      '<img src="data:image/svg+xml,%3C!DOCTYPE%20svg%20%5B%3C!ENTITY%20x%20SYSTEM%20%22https://HOST/e%22%3E%5D%3E%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%3E%26x;%3C/svg%3E">',
    'html called a picture': '<img src="data:image/png,<html><script>alert(1)</script>">',
    'body background': '<body background=https://HOST/bb.png>',
    'table backgrounds': '<table background=https://HOST/tb.png><td background=https://HOST/td.png>x',
    'cross origin': '<img crossorigin=use-credentials src=https://HOST/co.png>',
  }),
  ...payloads('media', {
    video: '<video src=https://HOST/v.mp4 poster=https://HOST/p.png autoplay muted></video>',
    'video sources': '<video autoplay><source src=https://HOST/v.webm><track src=https://HOST/t.vtt default></video>',
    audio: '<audio src=https://HOST/a.mp3 autoplay controls></audio>',
    'audio of data':
      '<audio autoplay src="data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA="></audio>',
    canvas: '<canvas width=9 height=9 onclick=alert(1)><img src=https://HOST/cv.png></canvas>',
  }),
  ...payloads('hint', {
    stylesheet: '<link rel=stylesheet href=https://HOST/l.css>',
    'alternate stylesheet': '<link rel="alternate stylesheet" title=x href=https://HOST/al.css>',
    prefetch: '<link rel=prefetch href=https://HOST/p>',
    preload: '<link rel=preload as=image href=https://HOST/q.png>',
    'preload by set': '<link rel=preload as=image imagesrcset="https://HOST/qs.png 1x">',
    modulepreload: '<link rel=modulepreload href=https://HOST/m.js>',
    prerender: '<link rel=prerender href=https://HOST/pr>',
    'dns prefetch': '<link rel=dns-prefetch href=//dns.HOST/>',
    preconnect: '<link rel=preconnect href=https://pre.HOST/ crossorigin>',
    icon: '<link rel=icon href=https://HOST/i.ico><link rel="shortcut icon" href=https://HOST/j.ico>',
    'touch icon': '<link rel=apple-touch-icon href=https://HOST/a.png><link rel=mask-icon href=https://HOST/m.svg>',
    manifest: '<link rel=manifest href=https://HOST/m.json>',
    'compression dictionary': '<link rel=compression-dictionary href=https://HOST/dict>',
    expect: '<link rel=expect href=#x blocking=render>x',
    'search, next, pingback':
      '<link rel=search href=https://HOST/s><link rel=next href=https://HOST/n><link rel=pingback href=https://HOST/pb>',
    'html import': '<link rel=import href=https://HOST/imp.html>',
    'speculation rules':
      '<script type=speculationrules>{"prefetch":[{"source":"list","urls":["https://HOST/spec"]}]}</script>',
    'speculation by selector':
      '<script type=speculationrules>{"prerender":[{"where":{"href_matches":"/*"},"eagerness":"immediate"}]}</script><a href=https://HOST/spa>x</a>',
    'application cache': '<html manifest=https://HOST/app.cache>x',
    profile: '<head profile=https://HOST/p><link rel=profile href=https://HOST/q>',
    'quotes from elsewhere':
      '<blockquote cite=https://HOST/c><q cite=https://HOST/q>x</q><ins cite=https://HOST/i>y</ins></blockquote>',
  }),
];
